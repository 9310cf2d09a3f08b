import type { PatchRecord, TargetRow } from '@axion/register/doctor'
import type { Finding } from './finding.js'

/**
 * Says why the modules of a library that were loaded are not patched.
 *
 * @param target - The library.
 * @param records - What became of its modules.
 * @returns `undefined` if nothing is wrong with them.
 */
export function patchFault(
  target: TargetRow,
  records: readonly PatchRecord[],
): Pick<Finding, 'status' | 'text' | 'fix'> | undefined {
  const of = (outcome: PatchRecord['outcome']): PatchRecord | undefined =>
    records.find((record) => record.outcome === outcome)
  const failed = of('failed')
  if (failed) {
    return {
      status: 'problem',
      text: `${failed.version} cannot be patched: ${failed.file}: ${failed.reason}`,
      fix: 'report it, with the version; instrument(client) of @axion/register may work meanwhile',
    }
  }
  const unsupported = of('unsupported_version')
  if (unsupported) {
    return {
      status: 'problem',
      text: `${unsupported.version || 'an unknown version'} is not supported, and left alone (${folderOf(unsupported)})`,
      fix: `install a version from ${target.from} and below ${target.below} of ${target.library}`,
    }
  }
  const disabled = of('disabled')
  if (disabled) {
    return {
      status: 'note',
      text: `${disabled.version} is not to be traced, says AXION_INSTRUMENTATIONS or AXION_DISABLED_INSTRUMENTATIONS, or register()`,
    }
  }
  return undefined
}

/**
 * The folder of a library that was loaded.
 *
 * @param record - What became of one of its modules.
 */
export function folderOf({ root }: PatchRecord): string {
  return root.startsWith('file:') ? decodeURIComponent(new URL(root).pathname) : root
}
