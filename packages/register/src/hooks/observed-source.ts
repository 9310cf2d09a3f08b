import { findTarget } from '../targets/find-target.js'
import { announcement } from './announcement.js'

/** What a load hook gives, as far as it matters here. */
interface Loaded {
  readonly format?: string | null | undefined
  readonly source?: unknown
}

/**
 * Lets an ES module of a traced library tell what it exports once it has run.
 *
 * A line is appended by which the module imports itself and hands its namespace over. Other than a module in front of it, that keeps the module's
 * identity, its bindings, its line numbers and its place in the graph. Mostly classes in it are changed; functions are replaced where they stand.
 *
 * @param url - The module's.
 * @param loaded - What was loaded from there.
 * @returns The source to use; `undefined` for a module that is left alone.
 */
export function observedSource(url: string, { format, source }: Loaded): string | undefined {
  // A module with a query is another hook's wrapper around the one without.
  if (!url.startsWith('file:') || url.includes('?') || format !== 'module') return undefined
  const found = findTarget(url)
  if (!found) return undefined
  const text = textOf(source)
  // Node preloads what `--require` names in the thread of the hooks as well, where this package then hooks in a second time.
  if (text === undefined || text.includes(SELF)) return undefined
  // On one line.
  return `${text}\nimport * as ${SELF} from ${JSON.stringify(url)};${announcement(url, SELF, found.target.bindings)}\n`
}

/** A name that nobody has, and that says whose it is. */
const SELF = '__axionRegisterSelf'

function textOf(source: unknown): string | undefined {
  if (typeof source === 'string') return source
  return source instanceof Uint8Array || source instanceof ArrayBuffer ? new TextDecoder().decode(source) : undefined
}
