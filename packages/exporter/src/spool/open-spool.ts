import { FileSpool } from './file-spool.js'
import type { Spool } from './spool.js'
import type { SpoolOptions } from './spool-options.js'

/**
 * Opens a spool in a folder, and takes over what processes that are gone have left there for the same destination.
 *
 * Never throws. A folder that cannot be used makes every append `unavailable` and is reported once; it is tried again all the time, so it
 * needs no new spool when it can be used again.
 *
 * @param options - Where, how much and how safely.
 */
export function openSpool(options: SpoolOptions): Spool {
  return new FileSpool(options)
}
