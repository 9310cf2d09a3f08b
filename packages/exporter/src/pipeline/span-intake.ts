import type { Context } from '@opentelemetry/api'
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace-base'
import { type TailRule, TailWindow } from '../sample/tail-window.js'
import { neverThrow } from './never-throw.js'
import type { FilterReason, SpanRoute } from './span-route.js'

/** Decides about spans that end, and counts those that are left out and why. Nothing here throws. */
export class SpanIntake {
  readonly #route: SpanRoute
  readonly #takeIn: (span: ReadableSpan) => void
  readonly #tail: TailWindow | undefined
  readonly #filteredBy: Record<FilterReason, number> = { filter: 0, sampling: 0, elsewhere: 0 }

  /**
   * @param route - How spans are treated.
   * @param tailRule - Which traces are kept although sampling leaves them out, if any.
   * @param accept - Takes a span that is to be sent; must not throw.
   */
  constructor(route: SpanRoute, tailRule: TailRule | undefined, accept: (span: ReadableSpan) => void) {
    this.#route = route
    this.#takeIn = accept
    const leave = (count: number): void => {
      this.#filteredBy.sampling += count
    }
    this.#tail = tailRule && new TailWindow(tailRule, { keep: (span) => this.#keep(span), leave })
  }

  /** A span starts. */
  started(span: Span, parentContext: Context): void {
    neverThrow(() => this.#route.started(span, parentContext), undefined)
  }

  /** A span ended. */
  ended(span: ReadableSpan): void {
    const decision = neverThrow(() => this.#route.decide(span), 'filter')
    if (decision === 'kept') this.#keep(span)
    else if (decision !== 'undecided') this.#filteredBy[decision]++
    else if (!this.#wait(span)) this.#filteredBy.sampling++
  }

  /** Leaves out the traces that are not decided: nobody will decide about them any more. */
  close(): void {
    this.#tail?.close()
  }

  /** Spans that were left out, by reason. */
  filteredBy(): Readonly<Record<FilterReason, number>> {
    return { ...this.#filteredBy }
  }

  /** Spans that were left out. */
  get filtered(): number {
    const { filter, sampling, elsewhere } = this.#filteredBy
    return filter + sampling + elsewhere
  }

  /** Spans that wait for their trace to be decided. */
  get undecided(): number {
    return this.#tail?.waiting ?? 0
  }

  // Last of all: a span that is left out here may be somebody else's to send.
  #keep(span: ReadableSpan): void {
    if (neverThrow(() => this.#route.claim(span), true)) this.#takeIn(span)
    else this.#filteredBy.elsewhere++
  }

  // Whether it waits for its trace to be decided, or was decided about with it.
  #wait(span: ReadableSpan): boolean {
    const tail = this.#tail
    if (!tail) return false
    return neverThrow(() => {
      tail.add(span, this.#isFirst(span))
      return true
    }, false)
  }

  #isFirst(span: ReadableSpan): boolean {
    return neverThrow(() => this.#route.isFirst(span), true)
  }
}
