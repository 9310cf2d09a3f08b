import { findTarget } from '../targets/find-target.js'

/** What a load hook gives, as far as it matters here. */
interface Loaded {
  readonly format?: string | null | undefined
  readonly source?: unknown
}

/**
 * Lets an ES module of a traced library tell what it exports once it has run.
 *
 * A line is appended by which the module imports itself and hands its namespace over. Other than a module in front of it, that keeps the module's
 * identity, its bindings, its line numbers and its place in the graph; and as only classes in it are changed, its bindings need not be replaced.
 *
 * @param url - The module's.
 * @param loaded - What was loaded from there.
 * @returns The source to use; `undefined` for a module that is left alone.
 */
export function observedSource(url: string, { format, source }: Loaded): string | undefined {
  // A module with a query is another hook's wrapper around the one without.
  if (!url.startsWith('file:') || url.includes('?') || format !== 'module' || !findTarget(url)) return undefined
  const text = textOf(source)
  return text === undefined ? undefined : `${text}\n${announcement(url)}`
}

// In one statement with names that nobody has. The slot may be gone in another realm; a library must load all the same.
function announcement(url: string): string {
  const own = JSON.stringify(url)
  return (
    `import * as __axionRegisterSelf from ${own};` +
    `try{globalThis[Symbol.for("axion.register")]?.loaded?.(${own},__axionRegisterSelf)}catch{}\n`
  )
}

function textOf(source: unknown): string | undefined {
  if (typeof source === 'string') return source
  return source instanceof Uint8Array || source instanceof ArrayBuffer ? new TextDecoder().decode(source) : undefined
}
