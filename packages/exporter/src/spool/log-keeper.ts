import { existsSync, rmdirSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { listSegments } from './list-segments.js'
import { parseLogFolderName } from './log-name.js'
import type { ProblemLog } from './problem-log.js'
import { Segment } from './segment.js'
import { newSegmentName } from './segment-name.js'
import type { SegmentStore } from './segment-store.js'
import type { Survey, Tenancy } from './tenancy.js'

/** What a keeper works with. */
export interface LogKeeperOptions {
  readonly tenancy: Tenancy
  readonly store: SegmentStore
  readonly problems: ProblemLog
  /** Whether acknowledgements are to survive a power failure. */
  readonly isSynced: boolean
}

/** Keeps the store in step with the folder: adds the segments of logs that were taken over, and forgets those of logs that are gone. */
export class LogKeeper {
  readonly #tenancy: Tenancy
  readonly #store: SegmentStore
  readonly #problems: ProblemLog
  readonly #isSynced: boolean
  readonly #logs = new Set<string>()
  /** The log that this spool writes. */
  #current: string | undefined
  #sequence = 0
  #theirBytes = 0

  constructor({ tenancy, store, problems, isSynced }: LogKeeperOptions) {
    this.#tenancy = tenancy
    this.#store = store
    this.#problems = problems
    this.#isSynced = isSynced
  }

  /** What the segments of other living processes take, as last seen. */
  get theirBytes(): number {
    return this.#theirBytes
  }

  /**
   * Looks who has what, and takes over what was left.
   *
   * @throws If the folder cannot be used.
   */
  survey(): void {
    const survey = this.#tenancy.survey()
    this.#theirBytes = survey.theirBytes
    this.#sequence = Math.max(this.#sequence, survey.theirHighestSequence)
    for (const folder of this.#logs) {
      // A folder's list may lack what is there, if others move things in it meanwhile.
      if (!survey.ours.has(folder) && !existsSync(folder)) this.#lose(folder, survey)
    }
    for (const folder of survey.ours) if (!this.#logs.has(folder)) this.#adopt(folder)
  }

  /** Something is not where it was: finds out what is left. Never throws. */
  reconcile(): void {
    try {
      this.survey()
    } catch (error) {
      this.#problems.failed('use its folder', error)
    }
    try {
      for (const segment of this.#store.list()) if (!segment.isThere()) this.#forget(segment, 'nobody')
    } catch (error) {
      this.#problems.failed('use its folder', error)
    }
  }

  /**
   * Begins a segment, younger than all that were seen. Its file is not made yet.
   *
   * @throws If its folder cannot be made.
   */
  newSegment(): Segment {
    if (this.#current === undefined) {
      this.#current = this.#tenancy.createLog()
      this.#logs.add(this.#current)
    }
    const name = newSegmentName(++this.#sequence)
    return new Segment({ folder: this.#current, name, own: true, isSynced: this.#isSynced, bytes: 0 })
  }

  /** Removes the folders of logs that are all delivered. Never throws. */
  removeEmptyLogs(): void {
    const inUse = new Set(this.#store.list().map(({ folder }) => folder))
    for (const folder of this.#logs) {
      if (inUse.has(folder)) continue
      try {
        rmdirSync(folder)
      } catch {
        // Something else lies in it. It is left as it is.
        continue
      }
      this.#logs.delete(folder)
      if (folder === this.#current) this.#current = undefined
    }
  }

  #adopt(folder: string): void {
    const { segments, leftovers } = listSegments(folder)
    this.#logs.add(folder)
    for (const { name, bytes } of segments) {
      this.#sequence = Math.max(this.#sequence, name.sequence)
      this.#store.add(new Segment({ folder, name, own: false, isSynced: this.#isSynced, bytes }))
    }
    for (const path of leftovers) rmSync(path, { force: true })
  }

  #lose(folder: string, { theirs }: Survey): void {
    this.#logs.delete(folder)
    if (folder === this.#current) this.#current = undefined
    const log = parseLogFolderName(basename(folder))?.log
    const holder = log !== undefined && theirs.has(log) ? 'others' : 'nobody'
    for (const segment of this.#store.list()) if (segment.folder === folder) this.#forget(segment, holder)
  }

  #forget(segment: Segment, holder: 'others' | 'nobody'): void {
    this.#store.forget(segment, holder)
    if (holder === 'others') this.#problems.takenOver()
    else this.#problems.vanished()
  }
}
