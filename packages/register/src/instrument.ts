import { report } from './report.js'
import { TARGETS } from './targets/registry.js'
import type { ModuleExports, Target } from './targets/target.js'

/**
 * Traces the calls of one client. For bundled applications, whose modules no hook sees.
 *
 * @param client - A client of a library that is traced: `new OpenAI()`.
 * @returns The same object. One that no target knows is left as it is, and a line says so.
 */
export function instrument<T extends object>(client: T): T {
  const isKnown = TARGETS.some(({ load }) => attempt(() => (load() as Target).instrument?.(client)) === true)
  if (!isKnown) report('warn', `instrument() does not know this client: expected one of ${libraries()}`)
  return client
}

/**
 * Traces the calls of every client that is made of a module. For bundled applications: `wrap(await import('openai'))`.
 *
 * @param module - What `import * as` or `require` of a traced library gives.
 * @returns The same object. One that no target knows is left as it is, and a line says so.
 */
export function wrap<T extends object>(module: T): T {
  // A namespace is an object with names for keys; what is under them is checked by the targets.
  const isKnown = TARGETS.some(({ load }) => attempt(() => (load() as Target).wrap?.(module as ModuleExports)) === true)
  if (!isKnown) report('warn', `wrap() does not know this module: expected one of ${libraries()}`)
  return module
}

function libraries(): string {
  return TARGETS.map(({ library }) => library).join(', ')
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
