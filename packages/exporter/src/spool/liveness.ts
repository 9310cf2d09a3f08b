import { type OwnerSighting, readOwnerFile } from './owner-file.js'
import { isPidInUse, type ProcessIdentity, startTicksOf } from './process-identity.js'
import type { SpoolClock } from './spool-clock.js'

/** How often an owner gives a sign of life. */
export const BEAT_MILLIS = 5_000

/** How long an owner that cannot be looked at may give none. Longer than a busy event loop or a paused container usually takes. */
export const SILENCE_MILLIS = 30_000

/**
 * Tells owners that are dead from those that live.
 *
 * Of a process in our own pid namespace the kernel knows at once, and exactly. Any other can only be told by its silence, which is measured
 * by the best clock that both have: the kernel's monotonic one in containers of one machine; the file system's own on different machines,
 * or after a restart; and where that was set back, by how long we ourselves have seen nothing change. The wall clock of this machine is
 * never asked. A verdict that is wrong all the same (a process that was stopped for long) costs a batch that is sent twice, never one that
 * is lost: see `SegmentWriter.append`.
 */
export class Liveness {
  readonly #self: ProcessIdentity
  readonly #clock: SpoolClock
  readonly #sightings = new Map<string, { readonly sign: string; readonly sinceMillis: number }>()

  /**
   * @param self - This process.
   * @param clock - The time.
   */
  constructor(self: ProcessIdentity, clock: SpoolClock) {
    this.#self = self
    this.#clock = clock
  }

  /**
   * Whether nobody will come back to what an owner has left.
   *
   * @param ownerPath - Of the owner's file.
   * @param fileSystemMillis - What the clock of the file system says now.
   * @throws If the file cannot be read.
   */
  isDead(ownerPath: string, fileSystemMillis: number): boolean {
    const sighting = readOwnerFile(ownerPath)
    // It comes before all else that an owner makes, and goes last.
    if (!sighting) return true
    return this.#fromKernel(sighting) ?? this.#fromSilence(ownerPath, sighting, fileSystemMillis)
  }

  /**
   * Forgets owners that are not there any more.
   *
   * @param ownerPaths - Of those that are.
   */
  retain(ownerPaths: ReadonlySet<string>): void {
    for (const path of this.#sightings.keys()) if (!ownerPaths.has(path)) this.#sightings.delete(path)
  }

  #fromKernel({ entry }: OwnerSighting): boolean | undefined {
    if (!entry) return undefined
    const { pid, host, kernel, pidNamespace, startTicks } = entry.identity
    if (kernel === undefined || this.#self.kernel === undefined) {
      // Its number may have gone to another process since: only that there is none says something.
      const isHere = host !== undefined && host === this.#self.host
      return isHere && !isPidInUse(pid) ? true : undefined
    }
    if (kernel !== this.#self.kernel) return undefined
    if (pidNamespace === this.#self.pidNamespace) return startTicksOf(pid) !== startTicks
    return this.#clock.monotonicMillis() - entry.beatMillis >= SILENCE_MILLIS
  }

  #fromSilence(ownerPath: string, { modifiedMillis, entry }: OwnerSighting, fileSystemMillis: number): boolean {
    if (fileSystemMillis - modifiedMillis >= SILENCE_MILLIS) return true
    const nowMillis = this.#clock.monotonicMillis()
    const sign = `${modifiedMillis} ${entry?.beatMillis}`
    const last = this.#sightings.get(ownerPath)
    if (last?.sign === sign) return nowMillis - last.sinceMillis >= SILENCE_MILLIS
    this.#sightings.set(ownerPath, { sign, sinceMillis: nowMillis })
    return false
  }
}
