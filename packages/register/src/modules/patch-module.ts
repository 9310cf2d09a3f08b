import { processSlot } from '../process-slot.js'
import { report } from '../report.js'
import type { TargetFile } from '../targets/find-target.js'
import type { ModuleExports } from '../targets/target.js'
import type { ModuleSystem, PatchOutcome, PatchRecord } from './patch-record.js'
import { isVersionWithin } from './version-range.js'

/**
 * Patches a module of a library that can be traced, and notes what came of it. Never throws: tracing must not keep a library from loading.
 *
 * @param found - Which module of which library.
 * @param exports - What the module exports.
 * @param moduleSystem - How it was loaded.
 * @param bindings - Functions inside it that can be replaced, where the target asks for any.
 */
export function patchModule(
  found: TargetFile,
  exports: object,
  moduleSystem: ModuleSystem,
  bindings?: Record<string, unknown>,
): void {
  const { target, root, version, file } = found
  const note = (outcome: PatchOutcome, reason?: string): PatchRecord => {
    const record = { library: target.library, version, root, file, moduleSystem, outcome, ...(reason && { reason }) }
    processSlot().patches.push(record)
    processSlot().onPatch?.(record)
    return record
  }
  try {
    const { only, except } = processSlot()
    if (except.includes(target.name) || (only && !only.includes(target.name))) {
      note('disabled')
    } else if (!isVersionWithin(version, target.from, target.below)) {
      // Each library once, whatever the number of its files.
      const isNews = !processSlot().patches.some((other) => other.root === root)
      note('unsupported_version')
      if (isNews) report('warn', unsupported(found))
    } else {
      // A namespace's bindings cannot be written, and those of `module.exports` need not be.
      note(target.load().patch(exports as ModuleExports, file, bindings) ? 'patched' : 'absent')
    }
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : typeof error
    note('failed', reason)
    report('warn', `Calls of ${target.library} ${version} are not traced: patching ${file} failed with ${reason}`)
  }
}

function unsupported({ target, version }: TargetFile): string {
  const { library, from, below } = target
  const found = version === '' ? 'its version cannot be read' : `it is version ${version}`
  return `Calls of ${library} are not traced: ${found}, expected one from ${from} and below ${below}`
}
