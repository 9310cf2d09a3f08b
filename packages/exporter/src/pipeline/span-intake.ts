import type { Context } from '@opentelemetry/api'
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace-base'
import { type TailRule, TailWindow } from '../sample/tail-window.js'
import { neverThrow } from './never-throw.js'
import type { FilterReason, SpanRoute } from './span-route.js'

/** Decides about spans that end, and counts those that are left out and why. Nothing here throws. */
export class SpanIntake {
  readonly #route: SpanRoute
  readonly #accept: (span: ReadableSpan) => void
  readonly #tail: TailWindow | undefined
  readonly #filteredBy: Record<FilterReason, number> = { filter: 0, sampling: 0, elsewhere: 0 }

  /**
   * @param route - How spans are treated.
   * @param tailRule - Which traces are kept although sampling leaves them out, if any.
   * @param accept - Takes a span that is to be sent.
   */
  constructor(route: SpanRoute, tailRule: TailRule | undefined, accept: (span: ReadableSpan) => void) {
    this.#route = route
    this.#accept = accept
    const leave = (count: number): void => {
      this.#filteredBy.sampling += count
    }
    this.#tail = tailRule && new TailWindow(tailRule, { keep: accept, leave })
  }

  /** A span starts. */
  started(span: Span, parentContext: Context): void {
    neverThrow(() => this.#route.started(span, parentContext), undefined)
  }

  /** A span ended. */
  ended(span: ReadableSpan): void {
    const decision = neverThrow(() => this.#route.decide(span), 'filter')
    if (decision === 'kept') this.#accept(span)
    else if (decision !== 'undecided') this.#filteredBy[decision]++
    else if (this.#tail) this.#tail.add(span, this.#isFirst(span))
    else this.#filteredBy.sampling++
  }

  /** Leaves out the traces that are not decided: nobody will decide about them any more. */
  close(): void {
    this.#tail?.close()
  }

  /** Spans that were left out, by reason. */
  filteredBy(): Readonly<Record<FilterReason, number>> {
    return { ...this.#filteredBy }
  }

  /** Spans that wait for their trace to be decided. */
  get undecided(): number {
    return this.#tail?.waiting ?? 0
  }

  #isFirst(span: ReadableSpan): boolean {
    return neverThrow(() => this.#route.isFirst(span), true)
  }
}
