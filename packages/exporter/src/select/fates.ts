import { type Context, type SpanContext, trace } from '@opentelemetry/api'
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace-base'
import { createPrivateSlot } from './private-slot.js'
import type { Select } from './should-export.js'

/** What is known of a span that started here: whether it is sent, and whom its children turn to when it is not. */
interface Fate {
  readonly parentContext: SpanContext | undefined
  readonly parent: Fate | undefined
  /** As expected while it runs; final when it ended. */
  isKept: boolean
  /** Whether another service sends the first span of its trace. */
  readonly isClaimed: boolean
  /** While it runs: what is set on it later may change the expectation. */
  running: ReadableSpan | undefined
}

/** Where a span that is sent hangs. */
export interface Place {
  /** The nearest ancestor that is sent, or the one in another process. */
  readonly parent: SpanContext | undefined
  /** Whether it is the first of its trace that is sent from here. */
  readonly isFirst: boolean
}

/**
 * Remembers whether spans are sent, so that children of those that are not can hang on the nearest ancestor that is.
 *
 * A child mostly ends before its parent; what becomes of the parent is then judged by what it carries so far.
 */
export class Fates {
  // On the span: one that never ends must not stay in memory because of this. Of an ancestor only the fate is kept, not the span.
  readonly #fates = createPrivateSlot<Fate>()
  readonly #select: Select
  readonly #isClaimed: (parentContext: Context, traceId: string) => boolean

  /**
   * @param select - Decides about one span.
   * @param isClaimed - Whether another service sends the first span of a trace.
   */
  constructor(select: Select, isClaimed: (parentContext: Context, traceId: string) => boolean) {
    this.#select = select
    this.#isClaimed = isClaimed
  }

  /** A span starts. */
  started(span: Span, parentContext: Context): void {
    const parentSpan = trace.getSpan(parentContext)
    const parent = parentSpan && this.#fates.get(parentSpan)
    this.#fates.set(span, {
      parentContext: span.parentSpanContext,
      parent,
      isClaimed: this.#isClaimed(parentContext, span.spanContext().traceId),
      isKept: this.#select(span),
      running: span,
    })
  }

  /** A span ends; whether it is sent. */
  ended(span: ReadableSpan): boolean {
    const isKept = this.#select(span)
    const fate = this.#fates.get(span)
    if (fate) {
      fate.isKept = isKept
      fate.running = undefined
    }
    return isKept
  }

  /** Where a span that ended hangs. */
  placeOf(span: ReadableSpan): Place {
    const fate = this.#fates.get(span)
    let above = fate?.parent
    let parent = span.parentSpanContext
    while (above && !this.#isKept(above)) {
      parent = above.parentContext
      above = above.parent
    }
    return { parent, isFirst: above === undefined && fate?.isClaimed !== true }
  }

  #isKept(fate: Fate): boolean {
    if (!fate.isKept && fate.running) fate.isKept = this.#select(fate.running)
    return fate.isKept
  }
}
