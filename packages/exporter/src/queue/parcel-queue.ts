import type { Parcel, PartsTurn } from './parcel.js'

/** How much a queue may hold. */
export interface QueueBounds {
  /** Encoded bytes. */
  readonly maxBytes: number
  readonly maxSpans: number
}

/**
 * Holds what waits to be sent, first in, first out. What was taken out counts until it is released: a request on its way still takes its memory.
 */
export class ParcelQueue {
  readonly #bounds: QueueBounds
  // What was taken out leaves a hole: a body must not stay in memory until the array is shifted.
  #waiting: (Parcel | undefined)[] = []
  #head = 0
  #bytes = 0
  #spans = 0

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds
  }

  /** Whether a batch of this size may come in. One that exceeds the bounds alone may when there is nothing else. */
  hasRoom(bytes: number, spans: number): boolean {
    if (this.#spans === 0) return true
    return this.#bytes + bytes <= this.#bounds.maxBytes && this.#spans + spans <= this.#bounds.maxSpans
  }

  /** Takes a parcel in, whatever the bounds. */
  add(parcel: Parcel): void {
    this.#count(parcel, 1)
    this.#waiting.push(parcel)
  }

  /** Counts a parcel that came from elsewhere and is on its way already. */
  adopt(parcel: Parcel): void {
    this.#count(parcel, 1)
  }

  /**
   * Takes parcels in that come before all others: parts of one that was sent.
   *
   * @param parcels - Parts of one batch.
   * @param turn - Whether other parts of the same search come before them.
   */
  addFirst(parcels: readonly Parcel[], turn: PartsTurn = 'next'): void {
    for (const parcel of parcels) this.#count(parcel, 1)
    const search = parcels[0]?.search
    let at = this.#head
    while (turn === 'after_siblings' && search && this.#waiting[at]?.search === search) at++
    this.#beginWith([...this.#waiting.slice(this.#head, at), ...parcels], at)
  }

  /** Puts back what was taken out and not released, before all others. */
  putBack(parcels: readonly Parcel[]): void {
    this.#beginWith(parcels, this.#head)
  }

  /** Puts one back that was taken out and not released, behind all others. */
  putLast(parcel: Parcel): void {
    this.#waiting.push(parcel)
  }

  /**
   * Takes the first one out that may go; it counts until it is released.
   *
   * @param mayGo - Which may: those that may not are few.
   */
  take(mayGo: (parcel: Parcel) => boolean = () => true): Parcel | undefined {
    let at = this.#head
    let parcel = this.#waiting[at]
    while (parcel && !mayGo(parcel)) parcel = this.#waiting[++at]
    if (!parcel) return undefined
    if (at > this.#head) {
      this.#waiting.splice(at, 1)
      return parcel
    }
    this.#waiting[this.#head++] = undefined
    // Now and then rather than each time: shifting an array moves what is behind.
    if (this.#head > 1024 || this.#head === this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head)
      this.#head = 0
    }
    return parcel
  }

  /** Gives up the memory of one that was taken out. */
  release(parcel: Parcel): void {
    this.#count(parcel, -1)
  }

  /** Takes all that wait out, and releases them. */
  takeAll(): Parcel[] {
    const parcels = this.#waiting.filter((parcel) => parcel !== undefined)
    for (const parcel of parcels) this.#count(parcel, -1)
    this.#waiting = []
    this.#head = 0
    return parcels
  }

  /** Encoded bytes, on their way included. */
  get bytes(): number {
    return this.#bytes
  }

  /** Spans, on their way included. */
  get spans(): number {
    return this.#spans
  }

  /** The share of the bounds that is taken, 0 to 1. */
  get load(): number {
    return Math.max(this.#bytes / this.#bounds.maxBytes, this.#spans / this.#bounds.maxSpans)
  }

  /** Whether nothing waits. */
  get isEmpty(): boolean {
    return this.#head === this.#waiting.length
  }

  #beginWith(parcels: readonly (Parcel | undefined)[], inPlaceOf: number): void {
    this.#waiting.splice(0, inPlaceOf, ...parcels)
    this.#head = 0
  }

  #count({ body, spanCount }: Parcel, sign: 1 | -1): void {
    this.#bytes += sign * body.byteLength
    this.#spans += sign * spanCount
  }
}
