import type { Step } from './result-lifecycle/keep-yielded.js'
import type { HashBudget } from './serialize/describe-bytes.js'
import type { Span } from './span.js'

/** What needs Node, or code that is not minified, and so stays out of bundles for browsers and edge runtimes. */
export interface NodeSupport {
  /** The names of a function's parameters. */
  readonly parametersOf: (fn: (...args: never[]) => unknown) => readonly string[]
  /** What tells binary data from other data of the same size; empty when the budget is spent. */
  readonly hashOf: (bytes: ArrayBufferView | ArrayBufferLike, budget: HashBudget) => string
  /** Whether a value is a Node stream. */
  readonly isStream: (value: object) => boolean
  /** Ends a span with a Node stream. */
  readonly settleStream: (stream: object, step: Step) => object | undefined
  /** Ends a span whose result nobody will read any more. @returns Stops waiting for that. */
  readonly endIfAbandoned: (result: object, span: Span) => () => void
}
