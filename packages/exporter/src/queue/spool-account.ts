import type { DropReason, SpanLedger } from '../delivery/span-ledger.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { Spool } from '../spool/spool.js'
import { SpooledBacklog } from './spooled-backlog.js'

/** What this process has on disk, and the books about it: the ledger's, and those a flush waits by. */
export class SpoolAccount {
  readonly #spool: Spool | undefined
  readonly #ledger: SpanLedger
  readonly #backlog = new SpooledBacklog()
  #vanished = 0
  #damaged = 0

  /**
   * @param spool - The disk, if there is one.
   * @param ledger - Its column `spooled` is kept here.
   */
  constructor(spool: Spool | undefined, ledger: SpanLedger) {
    this.#spool = spool
    this.#ledger = ledger
  }

  /**
   * Puts a batch on disk.
   *
   * @returns Whether it took it.
   */
  store(batch: EncodedBatch): boolean {
    if (this.#spool?.append(batch) !== 'stored') return false
    this.#ledger.spooled(batch.spanCount)
    this.#backlog.stored(batch.spanCount)
    return true
  }

  /** Spans that came from there are booked elsewhere. */
  returned(count: number): void {
    this.#ledger.spooled(-count)
    this.#backlog.returned(count)
  }

  /** Spans the spool has thrown away for newer ones. */
  evicted(count: number): void {
    this.#lost(count, 'evicted')
  }

  /** Books what the spool has found to be gone or damaged since. Cheap. */
  reconcile(): void {
    const { vanished = 0, damaged = 0 } = this.#spool?.lost() ?? {}
    this.#lost(vanished - this.#vanished, 'spool_vanished')
    this.#lost(damaged - this.#damaged, 'spool_damaged')
    this.#vanished = vanished
    this.#damaged = damaged
  }

  /** There is nothing to be had from the disk now, whatever the books say: another process may be sending it. */
  exhausted(): void {
    this.#backlog.exhausted()
  }

  /** Resolves when everything that is there now was settled, or cannot be had. */
  emptied(): Promise<void> {
    return this.#backlog.emptied()
  }

  #lost(count: number, reason: DropReason): void {
    if (count === 0) return
    this.returned(count)
    this.#ledger.dropped(count, reason)
  }
}
