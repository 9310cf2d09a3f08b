import { SpanStatusCode } from '@opentelemetry/api'
import { hrTimeToMilliseconds } from '@opentelemetry/core'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { estimateSpanBytes } from '../queue/estimate-span-bytes.js'

/** Which traces are kept after all, and how much may wait for the decision. */
export interface TailRule {
  /** Traces in which a span fails. */
  readonly errors: boolean
  /** Traces whose first span here takes at least this long, in milliseconds. */
  readonly slowerThanMillis: number | undefined
  /** How long the spans of an undecided trace wait, in milliseconds. */
  readonly windowMillis: number
  /** How many spans wait at most; the oldest traces give way. */
  readonly maxSpans: number
}

/** How many bytes of spans wait at most, estimated: half of what the queue holds by default. */
const MOST_BYTES = 64 * 2 ** 20

/** Langfuse's name for how serious a span is, https://langfuse.com/docs/observability/features/log-levels. */
const LEVEL = 'langfuse.observation.level'

/** A trace that head sampling has left out. */
interface Candidate {
  readonly sinceMillis: number
  /** Those that wait; empty once the trace is kept, and its spans need not. */
  spans: ReadableSpan[]
  /** Theirs, estimated. */
  bytes: number
  isKept: boolean
}

/** What a window does with spans it decided about. */
export interface TailOutlets {
  readonly keep: (span: ReadableSpan) => void
  /** These many are left out. */
  readonly leave: (count: number) => void
}

/**
 * Holds the spans of traces that head sampling has left out until it is known whether something in them is worth keeping: a failure, or a
 * first span that took long. Bounded in time, in spans and in bytes.
 */
export class TailWindow {
  readonly #rule: TailRule
  readonly #outlets: TailOutlets
  readonly #now: () => number
  // In the order in which traces began to wait.
  readonly #candidates = new Map<string, Candidate>()
  readonly #mostBytes: number
  #waiting = 0
  #bytes = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  /**
   * @param rule - What is kept.
   * @param outlets - Where spans go.
   * @param now - The present in milliseconds, from any start; it must not go back.
   * @param mostBytes - How many bytes of spans wait at most.
   */
  constructor(
    rule: TailRule,
    outlets: TailOutlets,
    now: () => number = () => performance.now(),
    mostBytes: number = MOST_BYTES,
  ) {
    this.#mostBytes = mostBytes
    this.#rule = rule
    this.#outlets = outlets
    this.#now = now
  }

  /**
   * A span of such a trace ended.
   *
   * @param span - The span.
   * @param isFirst - Whether it is the first of its trace in this process: with it, the trace ends here.
   */
  add(span: ReadableSpan, isFirst: boolean): void {
    if (this.#isClosed) {
      this.#outlets.leave(1)
      return
    }
    this.#expire()
    const { traceId } = span.spanContext()
    const candidate = this.#candidates.get(traceId) ?? this.#begin(traceId)
    if (!candidate.isKept && this.#isWorthKeeping(span, isFirst)) this.#release(candidate)
    if (candidate.isKept) {
      this.#outlets.keep(span)
    } else {
      const bytes = estimateSpanBytes(span)
      candidate.spans.push(span)
      candidate.bytes += bytes
      this.#waiting++
      this.#bytes += bytes
    }
    // One that is kept is remembered to the end of the window: a child may end after its root.
    if (isFirst && !candidate.isKept) this.#end(traceId, candidate)
    this.#makeRoom()
    this.#expireInTime()
  }

  /** Leaves out all that waits, and all that comes: nobody will decide about it any more. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    for (const [traceId, candidate] of this.#candidates) this.#end(traceId, candidate)
  }

  /** How many spans wait for a decision. */
  get waiting(): number {
    return this.#waiting
  }

  #begin(traceId: string): Candidate {
    const candidate: Candidate = { sinceMillis: this.#now(), spans: [], bytes: 0, isKept: false }
    this.#candidates.set(traceId, candidate)
    return candidate
  }

  #isWorthKeeping(span: ReadableSpan, isFirst: boolean): boolean {
    const { errors, slowerThanMillis } = this.#rule
    const fails = span.status.code === SpanStatusCode.ERROR || span.attributes[LEVEL] === 'ERROR'
    if (errors && fails) return true
    return isFirst && slowerThanMillis !== undefined && hrTimeToMilliseconds(span.duration) >= slowerThanMillis
  }

  #release(candidate: Candidate): void {
    candidate.isKept = true
    const { spans } = candidate
    this.#forget(candidate)
    for (const span of spans) this.#outlets.keep(span)
  }

  #end(traceId: string, candidate: Candidate): void {
    const { spans } = candidate
    this.#candidates.delete(traceId)
    this.#forget(candidate)
    if (spans.length > 0) this.#outlets.leave(spans.length)
  }

  #forget(candidate: Candidate): void {
    this.#waiting -= candidate.spans.length
    this.#bytes -= candidate.bytes
    candidate.spans = []
    candidate.bytes = 0
  }

  #expire(): void {
    const eldest = this.#now() - this.#rule.windowMillis
    for (const [traceId, candidate] of this.#candidates) {
      if (candidate.sinceMillis > eldest) return
      this.#end(traceId, candidate)
    }
  }

  // The last spans must not wait for others to come.
  #expireInTime(): void {
    const [eldest] = this.#candidates.values()
    if (!eldest || this.#timer) return
    const remainingMillis = eldest.sinceMillis + this.#rule.windowMillis - this.#now()
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        this.#expire()
        this.#expireInTime()
      },
      Math.max(1, Math.ceil(remainingMillis)),
    ).unref()
  }

  #makeRoom(): void {
    for (const [traceId, candidate] of this.#candidates) {
      // Traces that are kept hold no spans, but there may be too many of them as well.
      const most = Math.max(this.#waiting, this.#candidates.size)
      if (most <= this.#rule.maxSpans && this.#bytes <= this.#mostBytes) return
      this.#end(traceId, candidate)
    }
  }
}
