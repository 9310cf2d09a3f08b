import { writeEvent } from './write-event.js'

/** Where a library's root exports nothing, or not what is traced. */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  '@langchain/core': ['@langchain/core/callbacks/manager', '@langchain/core/language_models/chat_models'],
  '@modelcontextprotocol/sdk': ['@modelcontextprotocol/sdk/client/index.js'],
}

/**
 * Loads libraries, so that the hooks see them, and writes why one cannot be loaded. For a process of its own, under the probe.
 *
 * @param libraries - npm packages.
 * @param moduleSystem - How `load` loads them.
 * @param load - `import` or `require`, as seen from the application.
 */
export async function loadLibraries(
  libraries: readonly string[],
  moduleSystem: 'esm' | 'commonjs',
  load: (specifier: string) => unknown,
): Promise<void> {
  for (const library of libraries) {
    for (const specifier of ENTRIES[library] ?? [library]) {
      try {
        await load(specifier)
      } catch (error) {
        writeEvent({ kind: 'not_loaded', library, moduleSystem, reason: reasonOf(error) })
      }
    }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : error.name
  return `${code}: ${error.message.split('\n', 1)[0]}`
}
