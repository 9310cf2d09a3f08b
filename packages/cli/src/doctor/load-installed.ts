import process from 'node:process'
import type { ModuleSystem } from '@axion/register/doctor'
import type { RegisterCopy } from './locate-register.js'
import { runWatched, type WatchedRun } from './run-watched.js'

/** What happens when each library is loaded in each module system. */
export type LoadedInstalled = Readonly<Record<ModuleSystem, WatchedRun>>

/**
 * Loads the libraries that an application has under the hook, once with `import` and once with `require`, each in a process of its own.
 *
 * @param libraries - npm packages.
 * @param cwd - The application's folder.
 * @param register - What to watch with.
 * @param limit - Gives up.
 */
export async function loadInstalled(
  libraries: readonly string[],
  cwd: string,
  register: RegisterCopy,
  limit: AbortSignal,
): Promise<LoadedInstalled> {
  const names = JSON.stringify(libraries)
  const from = JSON.stringify(register.doctorUrl)
  const load = (type: string, text: string): Promise<WatchedRun> =>
    runWatched({
      command: process.execPath,
      // Text, because it is resolved as if it stood in the application's folder.
      args: [`--input-type=${type}`, '--eval', text],
      cwd,
      probeUrl: register.probeUrl,
      isAttached: false,
      limit,
    })
  const [esm, commonjs] = await Promise.all([
    load(
      'module',
      `const { loadLibraries } = await import(${from})
      await loadLibraries(${names}, 'esm', (name) => import(name))
      process.exit()`,
    ),
    load(
      'commonjs',
      `import(${from})
      .then(({ loadLibraries }) => loadLibraries(${names}, 'commonjs', require))
      .then(() => process.exit())`,
    ),
  ])
  return { esm, commonjs }
}
