import { type Context, diag, SpanStatusCode } from '@opentelemetry/api'
import { hrTimeDuration, hrTimeToMilliseconds, hrTimeToTimeStamp } from '@opentelemetry/core'
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace-base'
import { describeFailure } from '../delivery/describe-failure.js'
import type { Destination } from '../delivery/destination.js'
import { SpanLedger } from '../delivery/span-ledger.js'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { waitAtMost } from '../lifecycle/wait-at-most.js'
import type { Reporter } from '../report.js'
import type { TailRule } from '../sample/tail-window.js'
import { type LineSink, writeLine } from '../write-line.js'
import type { AccountedProcessor } from './accounted-processor.js'
import { NO_STATS, type PipelineStats } from './pipeline-stats.js'
import { SpanIntake } from './span-intake.js'
import type { SpanRoute } from './span-route.js'

/** What a line processor works with. */
export interface LineProcessorParts {
  readonly route: SpanRoute
  /** Which traces are kept although sampling leaves them out, if any. */
  readonly tailRule: TailRule | undefined
  /** What spans go through last. */
  readonly protect: (spans: readonly OutgoingSpan[]) => readonly OutgoingSpan[]
  /** Where lines go; it is the process's, not ours to close. */
  readonly sink: LineSink
  readonly destination: Destination
  readonly reporter: Reporter
}

/** Writes each span that ended as a line of JSON, at once: small enough to read, complete enough to grep. */
export class LineProcessor implements AccountedProcessor {
  readonly #parts: LineProcessorParts
  readonly #ledger = new SpanLedger()
  readonly #unwritten = new Set<Promise<void>>()
  readonly #intake: SpanIntake
  #isStopped = false

  constructor(parts: LineProcessorParts) {
    this.#parts = parts
    this.#intake = new SpanIntake(parts.route, parts.tailRule, (span) => this.#accept(span))
  }

  onStart(span: Span, parentContext: Context): void {
    this.#intake.started(span, parentContext)
  }

  onEnd(span: ReadableSpan): void {
    this.#intake.ended(span)
  }

  async forceFlush(): Promise<void> {
    // Whoever reads the other end of a pipe may have stopped to.
    await waitAtMost(this.#parts.destination.timeoutMillis, Promise.all(this.#unwritten))
  }

  async shutdown(): Promise<void> {
    await this.forceFlush()
    this.#intake.close()
    this.#isStopped = true
    this.#ledger.failed(this.#ledger.report().pending)
  }

  stats(): PipelineStats {
    return {
      ...NO_STATS,
      ...this.#ledger.report(),
      droppedBy: this.#ledger.droppedBy(),
      filtered: this.#intake.filtered,
      filteredBy: this.#intake.filteredBy(),
      undecided: this.#intake.undecided,
    }
  }

  #accept(span: ReadableSpan): void {
    this.#ledger.accept()
    if (this.#isStopped) {
      this.#ledger.dropped(1, 'after_shutdown')
      return
    }
    const written = this.#write(span).finally(() => this.#unwritten.delete(written))
    this.#unwritten.add(written)
  }

  async #write(span: ReadableSpan): Promise<void> {
    try {
      const { route, protect, sink } = this.#parts
      const lines = protect([route.outgoing(span)]).map((outgoing) => `${JSON.stringify(toRecord(outgoing))}\n`)
      const error = await new Promise<Error | undefined>((resolve) => writeLine(sink, lines.join(''), resolve))
      if (this.#isStopped) return
      if (error) this.#failed(error)
      else this.#ledger.exported(1)
    } catch (error) {
      diag.error('@axion/exporter: a span could not be written', error)
      this.#ledger.dropped(1, 'unencodable')
    }
  }

  #failed(error: Error): void {
    const { destination, reporter } = this.#parts
    this.#ledger.failed(1)
    const { reason, detail, message } = describeFailure(error, destination)
    reporter.once({ level: 'error', code: 'delivery_failed', message }, `${reason}:${detail}`)
  }
}

// What is undefined or empty is left out of the line.
function toRecord(span: OutgoingSpan): Record<string, unknown> {
  return {
    name: span.name,
    traceId: span.context.traceId,
    spanId: span.context.spanId,
    parentSpanId: span.parent?.spanId,
    scope: span.scope.name,
    start: hrTimeToTimeStamp(span.startTime),
    durationMillis: hrTimeToMilliseconds(hrTimeDuration(span.startTime, span.endTime)),
    status: span.status.code === SpanStatusCode.UNSET ? undefined : SpanStatusCode[span.status.code],
    statusMessage: span.status.message,
    attributes: span.attributes,
    events: span.events.length > 0 ? span.events.map(({ name, attributes }) => ({ name, attributes })) : undefined,
  }
}
