import type { SpanLedger } from '../delivery/span-ledger.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { Spool } from '../spool/spool.js'
import { Generations } from './generations.js'
import { giveBackLeases } from './give-back-leases.js'
import type { Division, Parcel } from './parcel.js'
import type { ParcelQueue } from './parcel-queue.js'
import { SpoolAccount } from './spool-account.js'

/** The load of the queue from which on it is worth a word. */
const PRESSURE = 0.75

/** What holdings work with. */
export interface HoldingsParts {
  readonly queue: ParcelQueue
  /** Where batches go that memory does not hold, if there is such a place. */
  readonly spool: Spool | undefined
  readonly ledger: SpanLedger
  /** Told when spans had to be dropped because neither memory nor disk took them. */
  readonly onOverflow: () => void
  /** Told when most of memory's room is taken. */
  readonly onPressure: () => void
}

/**
 * Everything that waits for the server, in memory and on disk, and the books about it: a batch leaves only by being settled, divided or
 * surrendered.
 */
export class Holdings {
  readonly #queue: ParcelQueue
  readonly #spool: Spool | undefined
  readonly #ledger: SpanLedger
  readonly #onOverflow: () => void
  readonly #onPressure: () => void
  readonly #generations = new Generations()
  readonly #account: SpoolAccount
  /** Taken out of memory, not settled. */
  readonly #out = new Set<Parcel>()
  #replayed = 0

  constructor({ queue, spool, ledger, onOverflow, onPressure }: HoldingsParts) {
    this.#queue = queue
    this.#spool = spool
    this.#ledger = ledger
    this.#account = new SpoolAccount(spool, ledger)
    this.#onOverflow = onOverflow
    this.#onPressure = onPressure
  }

  /**
   * Takes in a batch of accepted spans: in memory while there is room, else on disk; what neither holds is dropped and counted.
   *
   * @param batch - The batch.
   * @param preferDisk - The server is away: on disk the batch survives the process.
   */
  store(batch: EncodedBatch, preferDisk: boolean): void {
    if (preferDisk && this.#account.store(batch)) return
    if (this.#queue.hasRoom(batch.body.byteLength, batch.spanCount)) {
      const { body, spanCount } = batch
      const generation = this.#generations.enter()
      this.#queue.add({ body, spanCount, generation, doubt: undefined, leased: undefined, search: undefined })
      if (this.#queue.load > PRESSURE) this.#onPressure()
      return
    }
    if (this.#account.store(batch)) return
    this.#ledger.dropped(batch.spanCount, 'queue_full')
    this.#onOverflow()
  }

  /** The next parcel in memory. */
  next(): Parcel | undefined {
    const parcel = this.#queue.take((candidate) => this.#mayGo(candidate))
    if (parcel) this.#out.add(parcel)
    return parcel
  }

  /** The next parcel on disk, of this process or of one that ended. */
  async nextFromDisk(): Promise<Parcel | undefined> {
    const batch = await this.#spool?.lease()
    this.reconcile()
    if (!batch) {
      if (![...this.#out].some(({ leased }) => leased?.batch.own)) this.#account.exhausted()
      return undefined
    }
    const { body, spanCount } = batch
    const generation = this.#generations.enter()
    const leased = { batch, parts: 1, spansLeft: spanCount }
    const parcel = { body, spanCount, generation, doubt: undefined, leased, search: undefined }
    this.#queue.adopt(parcel)
    this.#out.add(parcel)
    return parcel
  }

  /** A parcel's spans came to their end, this many each way. */
  settled(parcel: Parcel, exported: number, failed: number): void {
    const { leased } = parcel
    if (leased && !leased.batch.own) {
      this.#replayed += exported
    } else {
      if (leased) this.#account.returned(parcel.spanCount)
      this.#ledger.exported(exported)
      this.#ledger.failed(failed)
    }
    this.#leave(parcel)
    if (!leased) return
    leased.spansLeft -= parcel.spanCount
    if (--leased.parts === 0) leased.batch.acknowledge()
  }

  /** A parcel is sent in parts instead, before what is not part of it. */
  divided(parcel: Parcel, { parts, search, turn, doubt }: Division): void {
    const { generation, leased } = parcel
    if (search) search.parts += parts.length
    if (leased) leased.parts += parts.length - 1
    for (const _ of parts) this.#generations.stay(generation)
    this.#queue.addFirst(
      parts.map(({ body, spanCount }) => ({
        body,
        spanCount,
        generation,
        doubt: doubt && { ...doubt },
        leased,
        search,
      })),
      turn,
    )
    this.#leave(parcel)
  }

  /**
   * A parcel is to be sent again later.
   *
   * @param parcel - The parcel.
   * @param mayMove - Whether it may wait on disk, where what is known of it is forgotten.
   * @param isLast - Whether everything else comes first.
   */
  postponed(parcel: Parcel, mayMove: boolean, isLast = false): void {
    const { leased } = parcel
    if (mayMove && leased?.parts === 1 && leased.batch.spanCount === parcel.spanCount) {
      leased.batch.release(isLast)
      this.#leave(parcel)
    } else if (mayMove && !leased && this.#account.store(parcel)) {
      this.#leave(parcel)
    } else {
      this.#out.delete(parcel)
      if (isLast) this.#queue.putLast(parcel)
      else this.#queue.putBack([parcel])
    }
  }

  /**
   * Moves the next parcel in memory to disk.
   *
   * @returns Whether it was: there is one, and the disk takes it.
   */
  moveToDisk(): boolean {
    const parcel = this.next()
    if (!parcel) return false
    // What is known of a parcel that came from there, or of a search, would be forgotten.
    if (!parcel.leased && !parcel.search && this.#account.store(parcel)) {
      this.#leave(parcel)
      return true
    }
    this.#out.delete(parcel)
    this.#queue.putBack([parcel])
    return false
  }

  /** Resolves when everything that memory holds now was settled, or is on disk. */
  emptied(): Promise<void> {
    return this.#generations.gone()
  }

  /** Resolves when everything that this process has on disk now was settled, or cannot be had. */
  diskEmptied(): Promise<void> {
    return this.#account.emptied()
  }

  /** Whether a parcel that was taken out is still to be settled: it was not surrendered since. */
  isOut(parcel: Parcel): boolean {
    return this.#out.has(parcel)
  }

  /** Whether there is a disk, which outlives the process. */
  get hasDisk(): boolean {
    return this.#spool !== undefined
  }

  /** Whether memory holds nothing, on its way or waiting. */
  get isMemoryEmpty(): boolean {
    return this.#out.size === 0 && this.#queue.isEmpty
  }

  /** Spans of processes that ended, sent by this one. */
  get replayed(): number {
    return this.#replayed
  }

  /** Spans the spool has thrown away, of those this process gave it. */
  evicted(count: number): void {
    this.#account.evicted(count)
  }

  /** Books what the spool has lost of what this process gave it. Cheap. */
  reconcile(): void {
    this.#account.reconcile()
  }

  /**
   * Gives up all that is in memory, on its way or waiting. Leases go back to the disk; of a batch that is settled in part, what is left takes
   * its place there.
   *
   * @returns What is not on disk.
   */
  surrender(): readonly Parcel[] {
    for (const parcel of this.#out) this.#queue.release(parcel)
    const all = [...this.#out, ...this.#queue.takeAll()]
    this.#out.clear()
    for (const parcel of all) this.#generations.leave(parcel.generation)
    giveBackLeases(all, this.#spool)
    return all.filter(({ leased }) => !leased)
  }

  /**
   * Stores what was surrendered on disk, as far as it takes it.
   *
   * @returns What it does not take.
   */
  spoolSurrendered(batches: readonly EncodedBatch[]): readonly EncodedBatch[] {
    return batches.filter((batch) => !this.#account.store(batch))
  }

  // Until the server takes a part, one at a time: whether there is any hope is found out with few requests.
  #mayGo({ search }: Parcel): boolean {
    if (!search || search.accepted) return true
    for (const out of this.#out) if (out.search === search) return false
    return true
  }

  #leave(parcel: Parcel): void {
    if (parcel.search) parcel.search.parts--
    this.#out.delete(parcel)
    this.#queue.release(parcel)
    this.#generations.leave(parcel.generation)
  }
}
