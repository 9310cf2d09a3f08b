import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { estimateSpanBytes } from './estimate-span-bytes.js'

/** When spans that wait to be encoded have waited long enough. */
export interface SpanBufferBounds {
  readonly maxSpans: number
  /** Estimated, since nothing is encoded yet. */
  readonly maxBytes: number
  readonly intervalMillis: number
}

/**
 * Collects spans that ended until they make a batch, or have waited long enough. They are encoded together and later: what ends a span
 * is the application's own call.
 */
export class SpanBuffer {
  readonly #bounds: SpanBufferBounds
  readonly #onBatch: (spans: readonly ReadableSpan[]) => void
  #spans: ReadableSpan[] = []
  #bytes = 0
  #timer: NodeJS.Timeout | undefined
  /** Spans that wait for what a resource detector finds. */
  readonly #detecting = new Map<readonly ReadableSpan[], Promise<void>>()

  /**
   * @param bounds - When a batch is complete.
   * @param onBatch - Takes a batch over; must not throw.
   */
  constructor(bounds: SpanBufferBounds, onBatch: (spans: readonly ReadableSpan[]) => void) {
    this.#bounds = bounds
    this.#onBatch = onBatch
  }

  /** Takes in a span that ended. */
  add(span: ReadableSpan): void {
    const bytes = estimateSpanBytes(span)
    if (this.#spans.length > 0 && this.#bytes + bytes > this.#bounds.maxBytes) this.#complete()
    this.#spans.push(span)
    this.#bytes += bytes
    if (this.#spans.length >= this.#bounds.maxSpans || this.#bytes >= this.#bounds.maxBytes) this.#complete()
    // It does not keep the process alive: what waits is looked after when the process ends.
    else this.#timer ??= setTimeout(() => this.#complete(), this.#bounds.intervalMillis).unref()
  }

  /** Hands over what is there; resolves when it was, which waits for resource detectors. */
  async flush(): Promise<void> {
    this.#complete()
    await Promise.all(this.#detecting.values())
  }

  /** Hands over what is there now, with what is known of its resource. */
  flushNow(): void {
    for (const spans of this.#detecting.keys()) this.#handOver(spans)
    const spans = this.#empty()
    if (spans.length > 0) this.#onBatch(spans)
  }

  /** Whether nothing waits, for a batch or for a resource detector. */
  get isEmpty(): boolean {
    return this.#spans.length === 0 && this.#detecting.size === 0
  }

  #complete(): void {
    const isDetecting = this.#spans.some(({ resource }) => resource.asyncAttributesPending)
    const spans = this.#empty()
    if (!isDetecting) {
      if (spans.length > 0) this.#onBatch(spans)
      return
    }
    const detected = Promise.allSettled(spans.map(({ resource }) => resource.waitForAsyncAttributes?.()))
    this.#detecting.set(
      spans,
      detected.then(() => this.#handOver(spans)),
    )
  }

  // Once: when the process ends, spans do not wait for detectors.
  #handOver(spans: readonly ReadableSpan[]): void {
    if (this.#detecting.delete(spans)) this.#onBatch(spans)
  }

  #empty(): readonly ReadableSpan[] {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const spans = this.#spans
    this.#spans = []
    this.#bytes = 0
    return spans
  }
}
