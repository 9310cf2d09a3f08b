import type { Resource } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { member } from '../member.js'
import { DetectorPatience } from './detector-patience.js'
import { estimateSpanBytes } from './estimate-span-bytes.js'

/** When spans that wait to be encoded have waited long enough. */
export interface SpanBufferBounds {
  readonly maxSpans: number
  /** Estimated, since nothing is encoded yet. */
  readonly maxBytes: number
  readonly intervalMillis: number
  readonly detectors: DetectorBounds
}

/** How long, and how much, waits for what resource detectors find. */
export interface DetectorBounds {
  readonly patienceMillis: number
  /** Whether this many spans and estimated bytes are more than may wait. */
  readonly isTooMuch: (spans: number, bytes: number) => boolean
  /** Told when spans go on without what a detector looks for. */
  readonly onOverdue: () => void
}

interface Batch {
  readonly spans: readonly ReadableSpan[]
  /** Those of the spans, read once: a getter that fails later would do so in a timer of ours. */
  readonly resources: ReadonlySet<Resource>
  readonly bytes: number
}

/**
 * Collects spans that ended until they make a batch, or have waited long enough. They are encoded together and later: what ends a span
 * is the application's own call.
 */
export class SpanBuffer {
  readonly #bounds: SpanBufferBounds
  readonly #onBatch: (spans: readonly ReadableSpan[]) => void
  readonly #patience: DetectorPatience
  #spans: ReadableSpan[] = []
  #resources = new Set<Resource>()
  #bytes = 0
  #timer: NodeJS.Timeout | undefined
  /** Batches that wait for what a resource detector finds, each with the end of its wait. */
  readonly #detecting = new Map<Batch, Promise<void>>()
  #detectingSpans = 0
  #detectingBytes = 0

  /**
   * @param bounds - When a batch is complete.
   * @param onBatch - Takes a batch over; must not throw.
   */
  constructor(bounds: SpanBufferBounds, onBatch: (spans: readonly ReadableSpan[]) => void) {
    this.#bounds = bounds
    this.#onBatch = onBatch
    this.#patience = new DetectorPatience(bounds.detectors.patienceMillis, bounds.detectors.onOverdue)
  }

  /**
   * Takes in a span that ended.
   *
   * @param span - The span.
   * @returns False if it has no resource to be sent under, and was not taken.
   * @throws What a getter of it throws; it was not taken then either.
   */
  add(span: ReadableSpan): boolean {
    const { resource } = span
    if (!isResource(resource)) return false
    const bytes = estimateSpanBytes(span)
    if (this.#spans.length > 0 && this.#bytes + bytes > this.#bounds.maxBytes) this.#complete()
    this.#spans.push(span)
    this.#bytes += bytes
    this.#resources.add(resource)
    // From the first span on, so that little is left of the wait when somebody flushes.
    this.#patience.isDetecting(resource)
    if (this.#spans.length >= this.#bounds.maxSpans || this.#bytes >= this.#bounds.maxBytes) this.#complete()
    // It does not keep the process alive: what waits is looked after when the process ends.
    else this.#timer ??= setTimeout(() => this.#complete(), this.#bounds.intervalMillis).unref()
    return true
  }

  /** Hands over what is there; resolves when it was, which waits for resource detectors as long as there is patience. */
  async flush(): Promise<void> {
    this.#complete()
    if (this.#detecting.size > 0) await this.#patience.hold(Promise.all(this.#detecting.values()))
  }

  /** Hands over what is there now, with what is known of its resource. */
  flushNow(): void {
    this.#stopDetecting()
    const { spans } = this.#empty()
    if (spans.length > 0) this.#onBatch(spans)
  }

  /** Whether nothing waits, for a batch or for a resource detector. */
  get isEmpty(): boolean {
    return this.#spans.length === 0 && this.#detecting.size === 0
  }

  #complete(): void {
    const batch = this.#empty()
    const { spans, resources, bytes } = batch
    if (spans.length === 0) return
    const pending = [...resources].filter((resource) => this.#patience.isDetecting(resource))
    if (pending.length === 0) {
      this.#onBatch(spans)
      return
    }
    const detected = Promise.all(pending.map((resource) => this.#patience.detected(resource)))
    this.#detecting.set(
      batch,
      detected.then(() => this.#handOver(batch)),
    )
    this.#detectingSpans += spans.length
    this.#detectingBytes += bytes
    // They go where what waits is bounded.
    if (this.#bounds.detectors.isTooMuch(this.#detectingSpans, this.#detectingBytes)) this.#stopDetecting()
  }

  #stopDetecting(): void {
    for (const batch of this.#detecting.keys()) this.#handOver(batch)
  }

  // Once: some do not wait to the end.
  #handOver(batch: Batch): void {
    if (!this.#detecting.delete(batch)) return
    this.#detectingSpans -= batch.spans.length
    this.#detectingBytes -= batch.bytes
    this.#onBatch(batch.spans)
  }

  #empty(): Batch {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batch = { spans: this.#spans, resources: this.#resources, bytes: this.#bytes }
    this.#spans = []
    this.#resources = new Set()
    this.#bytes = 0
    return batch
  }
}

/**
 * Whether a span's resource is one, which types bind nobody to at run time.
 *
 * @param value - What stands there.
 * @throws What a getter of it throws.
 */
export function isResource(value: unknown): value is Resource {
  const pending = member(value, 'asyncAttributesPending')
  return typeof value === 'object' && value !== null && (pending === undefined || typeof pending === 'boolean')
}
