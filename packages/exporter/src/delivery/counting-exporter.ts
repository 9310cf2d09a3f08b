import { context } from '@opentelemetry/api'
import { type ExportResult, ExportResultCode, globalErrorHandler, suppressTracing } from '@opentelemetry/core'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'
import { startDeadline } from './deadline.js'
import { RejectedSpans } from './delivery-errors.js'
import type { SpanLedger } from './span-ledger.js'
import type { SendOutcome, SpanSender } from './span-sender.js'
import { splitBatch } from './split-batch.js'
import { Turns } from './turns.js'

/** What the counting exporter works with. */
export interface CountingExporterParts {
  readonly sender: SpanSender
  readonly ledger: SpanLedger
  /** The most requests at a time; more wait their turn. */
  readonly concurrency: number
  /** The largest request, in bytes. */
  readonly maxBatchBytes: number
  /** The time one request may take, in milliseconds. */
  readonly timeoutMillis: number
  /** Told about every request that failed, in whole or in part. */
  readonly onFailure: (error: unknown) => void
}

/**
 * Sits between a batch processor and the sender: cuts batches into requests that fit, bounds how many run, and writes what becomes of their
 * spans into the ledger.
 *
 * The batch processor's flush does not wait for a batch that its timer has sent off before: `settled` does.
 */
export class CountingExporter implements SpanExporter {
  readonly #parts: CountingExporterParts
  readonly #turns: Turns
  readonly #unsettled = new Set<Promise<unknown>>()

  constructor(parts: CountingExporterParts) {
    this.#parts = parts
    this.#turns = new Turns(parts.concurrency)
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const { ledger, maxBatchBytes } = this.#parts
    ledger.handOver(spans)
    const settled = Promise.all(splitBatch(spans, maxBatchBytes).map((part) => this.#deliver(part)))
      .then((delivered) => done(resultOf(delivered)))
      .catch((error: unknown) => globalErrorHandler(error instanceof Error ? error : String(error)))
      .finally(() => this.#unsettled.delete(settled))
    this.#unsettled.add(settled)
  }

  /** Resolves when every export that was asked for before has its result. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#unsettled)
  }

  async forceFlush(): Promise<void> {
    await this.settled()
  }

  async shutdown(): Promise<void> {
    await this.settled()
    this.#parts.sender.close()
  }

  /** Whether all of it arrived. Halves what is too large, until it passes or is a single span. */
  async #deliver(spans: readonly ReadableSpan[]): Promise<boolean> {
    const outcome = await this.#turns.run(() => this.#send(spans))
    if (outcome.status !== 'too_large' || spans.length === 1) return this.#account(spans.length, outcome)
    const middle = Math.ceil(spans.length / 2)
    const halves = [spans.slice(0, middle), spans.slice(middle)]
    return (await Promise.all(halves.map((half) => this.#deliver(half)))).every((delivered) => delivered)
  }

  async #send(spans: readonly ReadableSpan[]): Promise<SendOutcome> {
    const { sender, timeoutMillis } = this.#parts
    const deadline = startDeadline(timeoutMillis)
    try {
      // Requests must not be traced, and a queued one runs in the context of the one that made room for it.
      return await context.with(suppressTracing(context.active()), () => sender.send(spans, deadline))
    } catch (error) {
      return { status: 'failed', error }
    } finally {
      deadline.clear()
    }
  }

  #account(count: number, outcome: SendOutcome): boolean {
    const { ledger, onFailure } = this.#parts
    const lost = outcome.status === 'sent' ? outcome.rejectedSpans : count
    ledger.exported(count - lost)
    ledger.failed(lost)
    if (lost > 0) onFailure(outcome.status === 'sent' ? new RejectedSpans() : outcome.error)
    return lost === 0
  }
}

// The processor only logs it; why is said by `onFailure`.
function resultOf(delivered: readonly boolean[]): ExportResult {
  if (delivered.every((all) => all)) return { code: ExportResultCode.SUCCESS }
  return { code: ExportResultCode.FAILED, error: new Error('@axion/exporter: not every span of a batch was delivered') }
}
