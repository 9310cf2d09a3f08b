import type { EvictionPolicy, FsyncPolicy } from '../spool/spool-options.js'
import { OptionGroup } from './option-group.js'
import { refuseOption } from './refuse-option.js'

/** Where spans go that cannot be sent now. */
export interface SpoolSettings {
  /** The folder; processes and projects may share it. Environment: `AXION_SPOOL_DIR`. */
  readonly dir?: string | undefined
  /** The most that all processes together keep for one project, in bytes. @default 1 GiB */
  readonly maxBytes?: number | undefined
  /**
   * What survives a power failure: `none` nothing for sure, `batch` every batch that counts as spooled, `always` also that it is not sent
   * again once it was sent. A killed process loses nothing with any of them.
   * @default 'batch'
   */
  readonly fsync?: FsyncPolicy | undefined
  /** Who gives way when it is full: the oldest batches, or the newest, which is then dropped. @default 'oldest' */
  readonly evict?: EvictionPolicy | undefined
}

/** Settings after argument, environment and default were consulted. */
export interface ResolvedSpoolSettings {
  readonly dir: string
  readonly maxBytes: number
  readonly fsync: FsyncPolicy
  readonly evict: EvictionPolicy
}

/** The least holds a batch of the default size. */
const SIZE = { least: 8 * 2 ** 20, most: Number.MAX_SAFE_INTEGER, integer: true }

/**
 * Settles the spool.
 *
 * @param given - The argument; `false` wants none, whatever the environment says.
 * @param environmentDir - What `AXION_SPOOL_DIR` says.
 * @returns Undefined when there is to be none.
 * @throws {ExporterError} `invalid_options` if the argument cannot be used.
 */
export function resolveSpool(given: unknown, environmentDir: string | undefined): ResolvedSpoolSettings | undefined {
  if (given === false) return undefined
  const isGiven = given !== undefined && given !== null
  const group = new OptionGroup('spool', isGiven ? given : {}, ['dir', 'maxBytes', 'fsync', 'evict'])
  const dir = group.text('dir') ?? environmentDir
  if (dir === undefined) {
    return isGiven ? refuseOption('spool.dir', 'missing', 'a folder, here or in AXION_SPOOL_DIR') : undefined
  }
  return {
    dir,
    maxBytes: group.number('maxBytes', SIZE) ?? 2 ** 30,
    fsync: group.choice('fsync', ['none', 'batch', 'always']) ?? 'batch',
    evict: group.choice('evict', ['oldest', 'newest']) ?? 'oldest',
  }
}
