import type { InstalledLibrary, ModuleSystem, PatchRecord, TargetRow } from '@axion/register/doctor'
import type { Finding } from './finding.js'
import type { LoadedInstalled } from './load-installed.js'
import { patchFault } from './patch-fault.js'

/** A library that can be traced, and the copy that the application has. */
export interface LibraryOfApplication {
  readonly target: TargetRow
  readonly installed: InstalledLibrary | undefined
}

/**
 * Says of each library what becomes of it under the hook.
 *
 * @param libraries - All that can be traced.
 * @param loaded - What happened when they were loaded.
 */
export function checkLibraries(libraries: readonly LibraryOfApplication[], loaded: LoadedInstalled): Finding[] {
  return libraries.map(({ target, installed }) => {
    const { name: check, library } = target
    if (!installed) {
      // Several packages may be one library, such as the former and the present one.
      const isAlone = libraries.every((other) => other.target === target || other.target.name !== check)
      const text = isAlone ? 'not installed' : `${library} not installed`
      return { check, status: 'note', text, details: { library } }
    }
    if (!hasHooks(loaded)) {
      const text = `${installed.version}, not tried without hooks (${installed.folder})`
      return { check, status: 'note', text, details: { library, ...installed } }
    }
    const esm = becameOf(library, 'esm', loaded)
    const commonjs = becameOf(library, 'commonjs', loaded)
    const details = { library, ...installed, esm: esm.became, commonjs: commonjs.became }
    const base = { check, details }
    const fault = patchFault(target, [...esm.records, ...commonjs.records])
    if (fault) return { ...base, ...fault }
    const systems = [esm, commonjs].filter(({ isPatched }) => isPatched).map(({ name }) => name)
    const text = `${installed.version} patched in ${systems.join(' and ')} (${installed.folder})`
    if (systems.length === 2) return { ...base, status: 'ok', text }
    const [missing] = [esm, commonjs].filter(({ isPatched }) => !isPatched)
    const reason = `${missing?.name}: ${missing?.became}`
    if (systems.length === 1) return { ...base, status: 'note', text: `${text}; ${reason}` }
    return {
      ...base,
      status: 'warning',
      text: `${installed.version} is not patched: ${reason} (${installed.folder})`,
      fix: `load it in a program of yours: axion doctor -- node app.js`,
    }
  })
}

function hasHooks({ esm, commonjs }: LoadedInstalled): boolean {
  return [...esm.processes, ...commonjs.processes].some(({ start }) => start.hooks !== null)
}

const NAMES: Readonly<Record<ModuleSystem, string>> = { esm: 'ES modules', commonjs: 'CommonJS' }

interface Became {
  readonly name: string
  readonly isPatched: boolean
  readonly became: string
  readonly records: readonly PatchRecord[]
}

function becameOf(library: string, system: ModuleSystem, loaded: LoadedInstalled): Became {
  const { processes, outcome } = loaded[system]
  const records = processes.flatMap(({ patches }) => patches).filter((record) => record.library === library)
  const failed = processes.flatMap(({ notLoaded }) => notLoaded).find((each) => each.library === library)
  const isPatched = records.some((record) => record.outcome === 'patched')
  const [other] = records
  const became = isPatched
    ? 'patched'
    : (other?.outcome ??
      failed?.reason ??
      (outcome.kind === 'ended' ? 'its modules were not seen' : 'it took too long'))
  return { name: NAMES[system], isPatched, became, records }
}
