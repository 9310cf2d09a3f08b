import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isMissing } from './error-code.js'
import { listSegments } from './list-segments.js'
import { Liveness } from './liveness.js'
import { logFolderName, newId, ownerFileName, parseLogFolderName, parseOwnerFileName } from './log-name.js'
import { writeOwnerFile } from './owner-file.js'
import { makePrivateFolder } from './private-files.js'
import { type ProcessIdentity, readProcessIdentity } from './process-identity.js'
import type { SpoolProblem } from './spool.js'
import type { SpoolClock } from './spool-clock.js'
import { prepareSpoolFolder } from './spool-folder.js'

/** Where a spool lives. */
export interface TenancyOptions {
  readonly dir: string
  readonly destination: string
  readonly clock: SpoolClock
  /** Whether new folders are to survive a power failure. */
  readonly isSynced: boolean
  /** Is told what is wrong with the folder, if it can be used all the same. */
  readonly onProblem: (problem: SpoolProblem) => void
}

/** Who has which logs in a folder. */
export interface Survey {
  /** Folders of the logs that are ours, those of dead owners included: they were taken over. */
  readonly ours: ReadonlySet<string>
  /** The logs that others have. */
  readonly theirs: ReadonlySet<string>
  /** What those take. */
  readonly theirBytes: number
  /** The highest sequence number that they use. */
  readonly theirHighestSequence: number
}

/** The place of one spool in a folder that it shares with those of other processes. */
export class Tenancy {
  readonly #options: TenancyOptions
  readonly #identity: ProcessIdentity = readProcessIdentity()
  readonly #liveness: Liveness
  readonly #id = newId()
  #path: string | undefined

  constructor(options: TenancyOptions) {
    this.#options = options
    this.#liveness = new Liveness(this.#identity, options.clock)
  }

  /**
   * Gives a sign of life. Makes the folder if it is not there, or not any more.
   *
   * @returns What the clock of the file system says.
   * @throws If the folder cannot be used.
   */
  beat(): number {
    try {
      return this.#writeOwnerFile()
    } catch (error) {
      if (!isMissing(error)) throw error
      this.#path = undefined
      return this.#writeOwnerFile()
    }
  }

  /**
   * Finds out who has what, and takes over what dead owners have left.
   *
   * @throws If the folder cannot be used.
   */
  survey(): Survey {
    const fileSystemMillis = this.beat()
    const path = this.#enter()
    const names = readdirSync(path)
    const ours = new Set<string>()
    const theirs = new Set<string>()
    const living = new Set<string>()
    let theirBytes = 0
    let theirHighestSequence = 0
    for (const name of names) {
      const log = parseLogFolderName(name)
      if (!log) continue
      const folder = join(path, logFolderName({ owner: this.#id, log: log.log }))
      if (log.owner === this.#id || (this.#isDead(log.owner, fileSystemMillis) && move(join(path, name), folder))) {
        ours.add(folder)
        continue
      }
      living.add(log.owner)
      theirs.add(log.log)
      for (const { name: segment, bytes } of listIfThere(join(path, name))) {
        theirBytes += bytes
        theirHighestSequence = Math.max(theirHighestSequence, segment.sequence)
      }
    }
    this.#clearUp(names, living, fileSystemMillis)
    return { ours, theirs, theirBytes, theirHighestSequence }
  }

  /**
   * Makes a folder for segments.
   *
   * @throws If it cannot be made.
   */
  createLog(): string {
    // A log without an owner's file would be taken for one that was left.
    this.beat()
    const path = this.#enter()
    const folder = join(path, logFolderName({ owner: this.#id, log: newId() }))
    makePrivateFolder(folder, this.#options.isSynced)
    return folder
  }

  /** Leaves all logs to whoever comes next. Never throws. */
  leave(): void {
    if (this.#path !== undefined) remove(join(this.#path, ownerFileName(this.#id)))
  }

  #enter(): string {
    if (this.#path !== undefined) return this.#path
    const { dir, destination, isSynced, onProblem } = this.#options
    const { path, problem } = prepareSpoolFolder(dir, destination, isSynced)
    if (problem) onProblem(problem)
    this.#path = path
    return path
  }

  #writeOwnerFile(): number {
    const path = join(this.#enter(), ownerFileName(this.#id))
    return writeOwnerFile(path, { identity: this.#identity, beatMillis: this.#options.clock.monotonicMillis() })
  }

  #isDead(owner: string, fileSystemMillis: number): boolean {
    if (this.#path === undefined) return false
    try {
      return this.#liveness.isDead(join(this.#path, ownerFileName(owner)), fileSystemMillis)
    } catch {
      // Nobody who cannot be looked at is robbed.
      return false
    }
  }

  /** Deletes the files of dead owners that have nothing any more. */
  #clearUp(names: readonly string[], living: ReadonlySet<string>, fileSystemMillis: number): void {
    if (this.#path === undefined) return
    const seen = new Set<string>()
    for (const name of names) {
      const owner = parseOwnerFileName(name)
      if (owner === undefined || owner === this.#id) continue
      const path = join(this.#path, name)
      seen.add(path)
      if (!living.has(owner) && this.#isDead(owner, fileSystemMillis)) remove(path)
    }
    this.#liveness.retain(seen)
  }
}

/** The file system lets only one of several processes move a folder. */
function move(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch {
    return false
  }
}

/** If it stays, nothing is wrong: it says what it said before. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {}
}

function listIfThere(folder: string): ReturnType<typeof listSegments>['segments'] {
  try {
    return listSegments(folder).segments
  } catch {
    return []
  }
}
