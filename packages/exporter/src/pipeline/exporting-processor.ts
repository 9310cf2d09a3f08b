import type { Context } from '@opentelemetry/api'
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace-base'
import type { Courier } from '../delivery/courier.js'
import type { SpanLedger } from '../delivery/span-ledger.js'
import { countSpans } from '../encode/count-spans.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { waitAtMost } from '../lifecycle/wait-at-most.js'
import { findWaitUntil } from '../lifecycle/wait-until.js'
import { MediaStage, type MediaStageParts } from '../media/media-stage.js'
import { BatchEncoder } from '../queue/batch-encoder.js'
import type { Holdings } from '../queue/holdings.js'
import type { ParcelQueue } from '../queue/parcel-queue.js'
import { isResource, SpanBuffer, type SpanBufferBounds } from '../queue/span-buffer.js'
import type { TailRule } from '../sample/tail-window.js'
import type { Spool } from '../spool/spool.js'
import type { AccountedProcessor } from './accounted-processor.js'
import { neverThrow } from './never-throw.js'
import type { PipelineStats } from './pipeline-stats.js'
import { type ComponentIdentity, SelfMetrics } from './self-metrics.js'
import { SpanIntake } from './span-intake.js'
import type { SpanRoute } from './span-route.js'

/** What an exporting processor works with. */
export interface ExportingProcessorParts {
  readonly route: SpanRoute
  readonly bounds: SpanBufferBounds
  /** What spans go through before their media are taken out: a rule may be about a file. Must not throw. */
  readonly protect: (spans: readonly OutgoingSpan[]) => readonly OutgoingSpan[]
  /** How media are uploaded, if they are. */
  readonly media: MediaStageParts | undefined
  /** Which traces are kept although sampling leaves them out, if any. */
  readonly tailRule: TailRule | undefined
  readonly ledger: SpanLedger
  readonly queue: ParcelQueue
  readonly holdings: Holdings
  readonly courier: Courier
  readonly spool: Spool | undefined
  /** How long a flush goes on without an answer of the server, in milliseconds. */
  readonly patienceMillis: number
  /** Who it is in metrics. */
  readonly component: ComponentIdentity
  /** Told how many spans the shutdown found unsent. */
  readonly onLost: (count: number) => void
  /** Called when everything has stopped. */
  readonly onStopped: () => void
}

/**
 * The pipeline as OpenTelemetry's SDK sees it: spans that ended are collected, encoded together, and given to the courier. It runs inside
 * the application's own calls: what reads spans, which may be anything, is guarded.
 */
export class ExportingProcessor implements AccountedProcessor {
  readonly #parts: ExportingProcessorParts
  readonly #buffer: SpanBuffer
  readonly #encoder: BatchEncoder
  readonly #media: MediaStage | undefined
  readonly #intake: SpanIntake
  readonly #metrics: SelfMetrics
  #shutdown: Promise<void> | undefined
  #isStopped = false

  constructor(parts: ExportingProcessorParts) {
    this.#parts = parts
    const { bounds, courier, ledger } = parts
    this.#encoder = new BatchEncoder(bounds.maxBytes, {
      carry: (batch) => courier.carry(batch),
      onUnencodable: () => ledger.dropped(1, 'unencodable'),
    })
    this.#buffer = new SpanBuffer(bounds, (spans) => this.#encode(spans))
    this.#media = parts.media && new MediaStage(parts.media)
    this.#metrics = new SelfMetrics(parts.component, () => this.stats())
    this.#metrics.connect()
    this.#intake = new SpanIntake(parts.route, parts.tailRule, (span) => this.#accept(span))
  }

  onStart(span: Span, parentContext: Context): void {
    this.#intake.started(span, parentContext)
  }

  onEnd(span: ReadableSpan): void {
    this.#intake.ended(span)
    if (isLocalRoot(span)) this.#holdFunction()
  }

  async forceFlush(): Promise<void> {
    await this.#buffer.flush()
    await this.#flushEncoded()
  }

  shutdown(): Promise<void> {
    this.#shutdown ??= this.#stop()
    return this.#shutdown
  }

  stats(): PipelineStats {
    const { ledger, holdings, queue, spool } = this.#parts
    holdings.reconcile()
    return {
      ...ledger.report(),
      droppedBy: ledger.droppedBy(),
      filtered: this.#intake.filtered,
      filteredBy: this.#intake.filteredBy(),
      undecided: this.#intake.undecided,
      replayed: holdings.replayed,
      queue: { spans: queue.spans, bytes: queue.bytes },
      ...(spool && { spool: spool.stats() }),
    }
  }

  // A serverless platform freezes the process when a request is answered, unless it is told to wait. With its first span the trace is complete.
  #holdFunction(): void {
    if (this.isEmpty) return
    findWaitUntil()?.(this.forceFlush())
  }

  /** Whether nothing is held in memory, neither waiting nor on its way. */
  get isEmpty(): boolean {
    return this.#buffer.isEmpty && (this.#media?.isEmpty ?? true) && this.#parts.holdings.isMemoryEmpty
  }

  /**
   * Sends what is held, and ends the requests that are not answered by then.
   *
   * @param deadlineMillis - How long it may take.
   */
  async drain(deadlineMillis: number): Promise<void> {
    const { courier } = this.#parts
    const flush = async (): Promise<void> => {
      await this.#buffer.flush()
      await Promise.all([courier.flush(deadlineMillis, 'memory'), this.#media?.flush()])
    }
    await waitAtMost(deadlineMillis, flush())
    courier.endRequests()
    await this.#media?.endUploads()
  }

  /** Gives up everything that is held in memory, and forgets it. Returns what is not on disk. */
  takeRemaining(): readonly EncodedBatch[] {
    // Uploads need the event loop.
    void this.#media?.end()
    this.#buffer.flushNow()
    return this.#parts.courier.surrender()
  }

  /** Books what became of spans that were given up. */
  settleRemaining(exported: number, spooled: number, lost: number): void {
    const { ledger } = this.#parts
    ledger.exported(exported)
    ledger.spooled(spooled)
    ledger.dropped(lost, 'process_ended')
  }

  #accept(span: ReadableSpan): void {
    const { ledger } = this.#parts
    ledger.accept()
    if (this.#isStopped) ledger.dropped(1, 'after_shutdown')
    else if (!neverThrow(() => this.#buffer.add(span), false)) ledger.dropped(1, 'unencodable')
  }

  async #stop(): Promise<void> {
    const { courier, holdings, ledger, spool, onLost, onStopped } = this.#parts
    courier.beginShutdown()
    await this.forceFlush()
    this.#intake.close()
    this.#isStopped = true
    // Those that ended during the flush; a server that took nothing is not waited for twice.
    const isTaking = holdings.isMemoryEmpty
    const isLate = !this.#buffer.isEmpty
    if (!isTaking) await this.#media?.end()
    this.#buffer.flushNow()
    if (isTaking && isLate) await this.#flushEncoded()
    const left = holdings.spoolSurrendered(courier.surrender())
    courier.stop()
    await this.#media?.close()
    const count = countSpans(left)
    ledger.failed(count)
    if (count > 0) onLost(count)
    spool?.close()
    this.#metrics.disconnect()
    onStopped()
  }

  async #flushEncoded(): Promise<void> {
    const { courier, patienceMillis } = this.#parts
    const uploads = this.#media && waitAtMost(patienceMillis, this.#media.flush())
    await Promise.all([courier.flush(patienceMillis), uploads])
  }

  #encode(spans: readonly ReadableSpan[]): void {
    this.#metrics.connect()
    const { ledger, route, protect } = this.#parts
    const outgoing = spans.flatMap((span) => neverThrow(() => [route.outgoing(span)], []))
    // What has no resource or no scope has nothing to be sent under.
    const whole = outgoing.filter((span) => neverThrow(() => isResource(span.resource) && isObject(span.scope), false))
    const ready = protect(whole).flatMap((span) => neverThrow(() => [this.#withoutMedia(span)], []))
    const unencodable = spans.length - ready.length
    if (unencodable > 0) ledger.dropped(unencodable, 'unencodable')
    for (const span of ready) this.#encoder.add(span)
    this.#encoder.finish()
  }

  #withoutMedia(span: OutgoingSpan): OutgoingSpan {
    return this.#media ? this.#media.pass(span) : span
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function isLocalRoot({ parentSpanContext }: ReadableSpan): boolean {
  return parentSpanContext === undefined || parentSpanContext.isRemote === true
}
