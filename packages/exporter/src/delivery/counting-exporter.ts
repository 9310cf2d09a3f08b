import { context } from '@opentelemetry/api'
import { type ExportResult, ExportResultCode, globalErrorHandler, suppressTracing } from '@opentelemetry/core'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'
import { DeliveryTimeout } from './describe-failure.js'
import type { SpanLedger } from './span-ledger.js'

/** What the counting exporter works with. */
export interface CountingExporterParts {
  /** Sends. */
  readonly inner: SpanExporter
  readonly ledger: SpanLedger
  /** The most exports at a time; more wait their turn. */
  readonly concurrency: number
  /** When an export without a result counts as failed. */
  readonly timeoutMillis: number
  /** Told about every export that failed. */
  readonly onFailure: (error: unknown) => void
}

/**
 * Sits between a batch processor and the exporter that sends: writes what happens into the ledger and bounds how much happens at once.
 *
 * The OTLP exporter fails exports beyond its own limit at once, and a flush of many small batches starts them all together. And the batch
 * processor's flush does not wait for a batch that its timer has sent off before: `settled` does.
 */
export class CountingExporter implements SpanExporter {
  readonly #parts: CountingExporterParts
  readonly #queue: (() => void)[] = []
  readonly #unsettled = new Set<Promise<unknown>>()
  #running = 0

  constructor(parts: CountingExporterParts) {
    this.#parts = parts
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#parts.ledger.handOver(spans)
    const settled = this.#turn()
      .then(() => this.#send(spans))
      .then((result) => {
        this.#account(spans.length, result)
        this.#next()
        done(result)
      })
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
    await this.#parts.inner.shutdown()
  }

  async #turn(): Promise<void> {
    if (this.#running >= this.#parts.concurrency) await new Promise<void>((resolve) => this.#queue.push(resolve))
    else this.#running++
  }

  // Hands this export's place on, so that nobody can take it in between.
  #next(): void {
    const waiting = this.#queue.shift()
    if (waiting) waiting()
    else this.#running--
  }

  #send(spans: ReadableSpan[]): Promise<ExportResult> {
    const { inner, timeoutMillis } = this.#parts
    return new Promise((resolve) => {
      // A server that sends a byte now and then keeps the exporter's own time-out from ever firing.
      const timer = setTimeout(
        () => resolve({ code: ExportResultCode.FAILED, error: new DeliveryTimeout() }),
        timeoutMillis,
      )
      const finish = (result: ExportResult): void => {
        clearTimeout(timer)
        resolve(result)
      }
      // Requests must not be traced, and a queued one runs in the context of the one that made room for it.
      context.with(suppressTracing(context.active()), () => {
        try {
          inner.export(spans, finish)
        } catch (error) {
          finish({ code: ExportResultCode.FAILED, error: error instanceof Error ? error : new Error(String(error)) })
        }
      })
    })
  }

  #account(count: number, result: ExportResult): void {
    const { ledger, onFailure } = this.#parts
    if (result.code === ExportResultCode.SUCCESS) {
      ledger.exported(count)
      return
    }
    ledger.failed(count)
    onFailure(result.error)
  }
}
