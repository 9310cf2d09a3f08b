import type { SpoolTally } from './spool.js'
import { MutableTally, tallyOf } from './tally.js'

const WAITING = 0
const LEASED = 1
const DONE = 2

/** Where a record stands and what it holds. */
export interface RecordEntry {
  readonly offset: number
  readonly bodyBytes: number
  readonly spanCount: number
}

/**
 * Which records a segment has, and what is to be done with each. Thirteen bytes a record, not an object: what small batches a long outage
 * leaves can be many.
 */
export class RecordIndex {
  #offsets = new Uint32Array(16)
  #bodyBytes = new Uint32Array(16)
  #spanCounts = new Uint32Array(16)
  #states = new Uint8Array(16)
  #length = 0
  /** No row before this one waits, but for those that are passed over. */
  #firstWaiting = 0
  #firstPassedOver = Number.POSITIVE_INFINITY
  readonly #tallies = [new MutableTally(), new MutableTally(), new MutableTally()] as const

  /** How many records there are, whatever their state. */
  get length(): number {
    return this.#length
  }

  get waiting(): SpoolTally {
    return this.#tallies[WAITING]
  }

  get leased(): SpoolTally {
    return this.#tallies[LEASED]
  }

  /** Nothing is left to do with any of them. */
  get isDone(): boolean {
    return this.#tallies[DONE].batches === this.#length
  }

  /**
   * Adds a record that waits.
   *
   * @param entry - Stands behind all others.
   */
  add({ offset, bodyBytes, spanCount }: RecordEntry): void {
    if (this.#length === this.#states.length) this.#grow()
    const row = this.#length++
    this.#offsets[row] = offset
    this.#bodyBytes[row] = bodyBytes
    this.#spanCounts[row] = spanCount
    this.#tallies[WAITING].add(tallyOf(this.at(row)))
  }

  /**
   * Leases the oldest record that waits.
   *
   * @returns Its row.
   */
  lease(): number | undefined {
    while (this.#firstWaiting < this.#length) {
      const row = this.#firstWaiting++
      if (this.#states[row] !== WAITING) continue
      this.#move(row, LEASED)
      return row
    }
    return undefined
  }

  /**
   * Lets a leased record wait again.
   *
   * @param row - Its row.
   * @param isLast - Whether it is passed over until `recall`.
   */
  release(row: number, isLast = false): void {
    this.#move(row, WAITING)
    if (isLast) this.#firstPassedOver = Math.min(this.#firstPassedOver, row)
    else this.#firstWaiting = Math.min(this.#firstWaiting, row)
  }

  /**
   * Records that are passed over can be leased again.
   *
   * @returns Whether there was one.
   */
  recall(): boolean {
    if (this.#firstPassedOver === Number.POSITIVE_INFINITY) return false
    this.#firstWaiting = Math.min(this.#firstWaiting, this.#firstPassedOver)
    this.#firstPassedOver = Number.POSITIVE_INFINITY
    return true
  }

  /** Nothing is left to do with this one. */
  finish(row: number): void {
    this.#move(row, DONE)
  }

  /**
   * Nothing is left to do with the record at this place.
   *
   * @param offset - Where it begins. If no record does, nothing happens.
   */
  finishAt(offset: number): void {
    let low = 0
    let high = this.#length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = this.#offsets[middle] ?? 0
      if (found === offset) this.finish(middle)
      if (found <= offset) low = middle + 1
      else high = middle - 1
    }
  }

  /** What a row says. */
  at(row: number): RecordEntry {
    return {
      offset: this.#offsets[row] ?? 0,
      bodyBytes: this.#bodyBytes[row] ?? 0,
      spanCount: this.#spanCounts[row] ?? 0,
    }
  }

  #move(row: number, to: typeof WAITING | typeof LEASED | typeof DONE): void {
    const from = this.#states[row]
    if (from !== WAITING && from !== LEASED) return
    const tally = tallyOf(this.at(row))
    this.#tallies[from].subtract(tally)
    this.#tallies[to].add(tally)
    this.#states[row] = to
  }

  #grow(): void {
    const capacity = this.#states.length * 2
    this.#offsets = copyOf(this.#offsets, new Uint32Array(capacity))
    this.#bodyBytes = copyOf(this.#bodyBytes, new Uint32Array(capacity))
    this.#spanCounts = copyOf(this.#spanCounts, new Uint32Array(capacity))
    this.#states = copyOf(this.#states, new Uint8Array(capacity))
  }
}

function copyOf<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
