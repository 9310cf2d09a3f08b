import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import type { DeliveryReport } from './delivery-report.js'

/** Spans that ended between two flushes. */
interface Period {
  /** Accepted, and not yet handed to the exporter. */
  waiting: number
  settled: boolean
}

/**
 * Counts what becomes of every accepted span.
 *
 * The batch processor in between drops silently when its queue is full. So a loss is found by subtraction: once a flush has emptied
 * the queue, an accepted span that the exporter has not seen is gone. Periods keep spans that end during the flush out of it.
 */
export class SpanLedger {
  // Weak, and only a reference to the period: dropped spans must not be kept in memory in order to be counted.
  readonly #periodOf = new WeakMap<ReadableSpan, Period>()
  #open: Period = { waiting: 0, settled: false }
  #unsettled: Period[] = [this.#open]
  #closed = false
  #accepted = 0
  #exported = 0
  #failed = 0
  #dropped = 0

  /** A span ended and is to be sent. */
  accept(span: ReadableSpan): void {
    this.#accepted++
    if (this.#closed) {
      this.#dropped++
      return
    }
    this.#open.waiting++
    this.#periodOf.set(span, this.#open)
  }

  /** The exporter has received these spans. */
  handOver(spans: readonly ReadableSpan[]): void {
    for (const span of spans) {
      const period = this.#periodOf.get(span)
      if (!period) continue
      this.#periodOf.delete(span)
      period.waiting--
      // The queue was emptied without it, and still it came: a resource whose attributes took their time. It was not lost.
      if (period.settled) this.#dropped--
    }
  }

  /** The server has accepted this many. */
  exported(count: number): void {
    this.#exported += count
  }

  /** The server has not accepted this many. */
  failed(count: number): void {
    this.#failed += count
  }

  /**
   * Begins a flush.
   *
   * @returns To be called when the queue holds nothing that was accepted before: settles what never came through, and says how many
   *   that were.
   */
  beginFlush(): () => number {
    const flushed = this.#unsettled
    this.#open = { waiting: 0, settled: false }
    this.#unsettled = [this.#open]
    return () => {
      let lost = 0
      for (const period of flushed) {
        period.settled = true
        lost += period.waiting
      }
      this.#dropped += lost
      return lost
    }
  }

  /** Nobody is left to send anything: what still waits is lost, and so is what is accepted from now on. */
  close(): void {
    this.#closed = true
    this.beginFlush()()
  }

  /** The counts so far. */
  report(): DeliveryReport {
    const settled = this.#exported + this.#failed + this.#dropped
    return {
      exported: this.#exported,
      failed: this.#failed,
      dropped: this.#dropped,
      spooled: 0,
      pending: this.#accepted - settled,
    }
  }
}
