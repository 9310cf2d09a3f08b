import { type ApiCopy, findApiCopies, findLibrary, TARGETS, type WatchedProcess } from '@axion/register/doctor'
import { checkApiCopies } from './check-api-copies.js'
import { checkCommand } from './check-command.js'
import { checkDelivery } from './check-delivery.js'
import { checkHooks } from './check-hooks.js'
import { checkLibraries } from './check-libraries.js'
import { checkProviders } from './check-providers.js'
import { checkUsedLibraries } from './check-used-libraries.js'
import type { Finding } from './finding.js'
import { loadInstalled } from './load-installed.js'
import { locateRegister } from './locate-register.js'
import { runWatched } from './run-watched.js'
import { sendTestSpan } from './send-test-span.js'
import { timeLimit } from './time-limit.js'

/** What to look at. */
export interface Examination {
  /** The application's folder. */
  readonly cwd: string
  /** A command of the application's and its arguments; empty to look at what is installed. */
  readonly command: readonly string[]
  /** For the server, and for what is loaded; a command takes as long as it takes. */
  readonly timeoutMillis: number
  readonly stop: AbortSignal
}

/**
 * Looks at everything that traces depend on.
 *
 * @param examination - What to look at.
 */
export async function examine({ cwd, command, timeoutMillis, stop }: Examination): Promise<Finding[]> {
  const register = locateRegister(cwd)
  const libraries = TARGETS.map((target) => ({ target, installed: findLibrary(target.library, cwd) }))
  const installed = libraries.filter((library) => library.installed).map(({ target }) => target.library)
  const [program, ...args] = command
  if (program !== undefined) {
    const run = await runWatched({ command: program, args, cwd, probeUrl: register.probeUrl, isAttached: true, stop })
    const wasStopped = stop.aborted
    const { processes } = run
    // Whoever stops the command still wants the report.
    const limit = timeLimit(timeoutMillis, undefined)
    const testSpan = await sendTestSpan(cwd, register, limit)
    return [
      ...checkHooks(register, cwd, processes),
      ...once(checkUsedLibraries(libraries, processes)),
      ...checkLoadedCopies(processes),
      ...checkProviders(processes),
      ...(await checkDelivery({ testSpan, run, limit })),
      ...checkCommand(run, wasStopped),
    ]
  }
  const limit = timeLimit(timeoutMillis, stop)
  const [loaded, testSpan] = await Promise.all([
    loadInstalled(installed, cwd, register, limit),
    sendTestSpan(cwd, register, limit),
  ])
  const processes = [...loaded.esm.processes, ...loaded.commonjs.processes]
  const own = ownCopy(processes)
  const copies = findApiCopies(cwd).filter(({ folder }) => folder !== own?.folder)
  return [
    ...checkHooks(register, cwd, processes),
    ...once(checkLibraries(libraries, loaded)),
    ...checkApiCopies(own, copies, false),
    ...(await checkDelivery({ testSpan, run: undefined, limit })),
  ]
}

/** Several packages can go by one name, of which an application has one: that the others are missing is no news. */
function once(libraries: readonly Finding[]): Finding[] {
  const isMissing = ({ text }: Finding): boolean => text === 'not installed'
  return libraries.filter((finding, at) => {
    const isSaid = libraries.some(
      (other, index) => other.check === finding.check && (index < at || !isMissing(other)) && other !== finding,
    )
    return !isMissing(finding) || !isSaid
  })
}

function ownCopy(processes: readonly WatchedProcess[]): ApiCopy | undefined {
  return processes.flatMap(({ end }) => end?.apiCopies[0] ?? [])[0]
}

function checkLoadedCopies(processes: readonly WatchedProcess[]): Finding[] {
  const others = processes.flatMap(({ end }) => end?.apiCopies.slice(1) ?? [])
  const byFolder = new Map(others.map((copy) => [copy.folder, copy]))
  return checkApiCopies(ownCopy(processes), [...byFolder.values()], true)
}
