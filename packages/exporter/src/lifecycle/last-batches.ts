import { BackOff } from '../delivery/back-off.js'
import type { SendOutcome } from '../delivery/batch-sender.js'
import { Evidence } from '../delivery/evidence.js'
import { judgeOutcome } from '../delivery/judge-outcome.js'
import { readAnswer } from '../delivery/read-answer.js'
import { SpanLedger } from '../delivery/span-ledger.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { Holdings } from '../queue/holdings.js'
import type { Parcel } from '../queue/parcel.js'
import { ParcelQueue } from '../queue/parcel-queue.js'
import type { LastSendOutcome } from './send-synchronously.js'

/** What became of a batch, or of a part of one, in the end. */
export interface LastResult {
  readonly outcome: LastSendOutcome
  readonly spanCount: number
}

/**
 * What a pipeline still holds when the process ends, sent in rounds: what is too large or refused is divided for the next round, as a courier
 * does it, and a server that is busy is asked once more. A connection that fails is not tried again. Knows nothing of threads and network.
 */
export class LastBatches {
  readonly #backOff: BackOff
  readonly #evidence: Evidence
  readonly #holdings: Holdings
  readonly #results: LastResult[] = []
  /** What became of those that are to be sent again. */
  readonly #latest = new WeakMap<Parcel, LastSendOutcome>()
  #round: readonly Parcel[] = []
  #startedMillis = 0
  #isGivenUp = false

  /**
   * @param batches - What is held.
   * @param now - The present in milliseconds, from any start; it must not go back.
   */
  constructor(batches: readonly EncodedBatch[], now: () => number = () => performance.now()) {
    this.#backOff = new BackOff(now)
    this.#evidence = new Evidence(now, false)
    this.#evidence.beginShutdown()
    this.#holdings = new Holdings({
      queue: new ParcelQueue({ maxBytes: Number.POSITIVE_INFINITY, maxSpans: Number.POSITIVE_INFINITY }),
      spool: undefined,
      // Who gave the batches up keeps the books.
      ledger: new SpanLedger(),
      onOverflow: () => {},
      onPressure: () => {},
    })
    for (const batch of batches) this.#holdings.store(batch, false)
  }

  /** How long to wait before the next round, in milliseconds; infinite when there is none. */
  waitMillis(): number {
    return this.#isGivenUp || this.#holdings.isMemoryEmpty ? Number.POSITIVE_INFINITY : this.#backOff.remainingMillis()
  }

  /** Begins a round: what is to be sent now. One alone when the server was busy, to see whether it still is. */
  next(): readonly EncodedBatch[] {
    const round: Parcel[] = []
    const most = this.#backOff.isFailing ? 1 : Number.POSITIVE_INFINITY
    if (this.waitMillis() > 0) return round
    for (let parcel = this.#next(); parcel; parcel = round.length < most ? this.#next() : undefined) round.push(parcel)
    this.#round = round
    this.#startedMillis = this.#backOff.now()
    return round
  }

  /**
   * Ends the round.
   *
   * @param outcomes - What became of each of its batches.
   */
  settle(outcomes: readonly LastSendOutcome[]): void {
    const isSecondTry = this.#backOff.isFailing
    for (const [at, parcel] of this.#round.entries()) {
      this.#judge(parcel, outcomes[at] ?? { status: 'unanswered' }, isSecondTry)
    }
    this.#round = []
  }

  /** What became of everything. */
  results(): readonly LastResult[] {
    const left = this.#holdings.surrender().map((parcel) => {
      return { outcome: this.#latest.get(parcel) ?? { status: 'unanswered' as const }, spanCount: parcel.spanCount }
    })
    return [...this.#results, ...left]
  }

  #next(): Parcel | undefined {
    const parcel = this.#holdings.next()
    if (!parcel?.search?.givenUp) return parcel
    // What was refused last stands for what need not be sent.
    const outcome = this.#results.at(-1)?.outcome ?? { status: 'unanswered' }
    this.#end(parcel, outcome)
    return this.#next()
  }

  #judge(parcel: Parcel, outcome: LastSendOutcome, isSecondTry: boolean): void {
    const sent = outcomeOf(outcome, parcel.spanCount)
    if (!sent) {
      this.#end(parcel, outcome)
      return
    }
    if (sent.status === 'sent') this.#evidence.accepted(this.#startedMillis)
    const verdict = judgeOutcome(parcel, sent, this.#evidence.moment(this.#startedMillis))
    if (verdict.kind === 'postponed') {
      this.#backOff.failed(this.#startedMillis, verdict.afterMillis)
      this.#isGivenUp ||= isSecondTry
      this.#latest.set(parcel, outcome)
      this.#holdings.postponed(parcel, false, verdict.isLast)
      return
    }
    if (verdict.kind === 'divided' && verdict.doubt) this.#evidence.dividedByDoubt()
    else this.#backOff.succeeded(this.#startedMillis)
    if (verdict.kind === 'divided') this.#holdings.divided(parcel, verdict)
    else this.#end(parcel, outcome)
  }

  #end(parcel: Parcel, outcome: LastSendOutcome): void {
    this.#results.push({ outcome, spanCount: parcel.spanCount })
    this.#holdings.settled(parcel, 0, 0)
  }
}

function outcomeOf(outcome: LastSendOutcome, spanCount: number): SendOutcome | undefined {
  return outcome.status === 'answered' ? readAnswer(outcome.answer, spanCount, Date.now()) : undefined
}
