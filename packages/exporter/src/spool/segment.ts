import { closeSync, fstatSync, openSync, rmSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { ACKNOWLEDGEMENT_BYTES, Acknowledgements } from './acknowledgements.js'
import { isMissing } from './error-code.js'
import { RecordIndex } from './record-index.js'
import { type Damage, scanRecords } from './scan-records.js'
import { acknowledgementFileName, type SegmentName, segmentFileName } from './segment-name.js'
import { syncFolder } from './sync-folder.js'

/** How a segment is found or made. */
export interface SegmentOptions {
  /** The folder it lies in. */
  readonly folder: string
  readonly name: SegmentName
  /** It was written by this spool. */
  readonly own: boolean
  /** Whether acknowledgements are to survive a power failure. */
  readonly isSynced: boolean
  /** Of its files. */
  readonly bytes: number
}

/** One file of records that this process may read, with the file beside it that says which of them are done with. */
export class Segment {
  readonly folder: string
  readonly path: string
  readonly name: SegmentName
  readonly own: boolean
  readonly acknowledgements: Acknowledgements
  /** What is known of its records. */
  index: RecordIndex | undefined
  /** Of its file of records; of both files before those of another process were read. */
  bytes: number
  /** Who has it. What nobody has is not on disk any more. If it is not ours, nothing is to be written about it. */
  holder: 'us' | 'others' | 'nobody' = 'us'
  readonly #acknowledgementPath: string
  readonly #isSynced: boolean
  #endWriting: (() => void) | undefined

  constructor({ folder, name, own, isSynced, bytes }: SegmentOptions) {
    this.folder = folder
    this.path = join(folder, segmentFileName(name))
    this.#acknowledgementPath = join(folder, acknowledgementFileName(name))
    this.name = name
    this.own = own
    this.bytes = bytes
    this.#isSynced = isSynced
    this.acknowledgements = new Acknowledgements(this.#acknowledgementPath, name.marker, isSynced)
  }

  /** What it takes of the spool's bound: with the acknowledgements that are still to come, so that those never exceed it. */
  get occupiedBytes(): number {
    return this.bytes + (this.index?.length ?? 0) * ACKNOWLEDGEMENT_BYTES
  }

  /** Whether records can still be appended. */
  get isSealed(): boolean {
    return this.#endWriting === undefined
  }

  /** Somebody begins to append records. */
  open(endWriting: () => void): void {
    this.#endWriting = endWriting
  }

  /** No more records are appended. */
  seal(): void {
    this.#endWriting?.()
    this.#endWriting = undefined
  }

  /**
   * Finds out what another process left in it.
   *
   * @returns Its records, and what of it is none.
   * @throws If it cannot be read.
   */
  load(): { readonly index: RecordIndex; readonly damage: Damage } {
    const index = new RecordIndex()
    const file = openSync(this.path, 'r')
    try {
      const { size } = fstatSync(file)
      const damage = scanRecords(file, size, this.name.marker, (record) => index.add(record))
      for (const offset of this.acknowledgements.read()) index.finishAt(offset)
      this.index = index
      this.bytes = size
      return { index, damage }
    } finally {
      closeSync(file)
    }
  }

  /** Whether its file is where it was made. */
  isThere(): boolean {
    try {
      return statSync(this.path, { throwIfNoEntry: false }) !== undefined
    } catch (error) {
      // A file where its folder was.
      if (isMissing(error)) return false
      throw error
    }
  }

  /**
   * Seals and deletes it.
   *
   * @throws If it cannot be deleted. If it is not there, that is fine.
   */
  delete(): void {
    this.seal()
    if (this.isThere()) unlinkSync(this.path)
    // The records must be gone before what says that they are done with.
    if (this.#isSynced) syncFolder(this.folder)
    rmSync(this.#acknowledgementPath, { force: true })
    this.holder = 'nobody'
  }
}
