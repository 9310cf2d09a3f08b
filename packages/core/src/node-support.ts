import type { Step } from './result-lifecycle/keep-yielded.js'
import type { HashBudget } from './serialize/describe-bytes.js'

/** What needs Node, or code that is not minified, and so stays out of bundles for browsers and edge runtimes. */
export interface NodeSupport {
  /** Names the arguments of a call, as far as the function's source says them. */
  readonly nameArguments: (
    fn: (...args: never[]) => unknown,
    args: readonly unknown[],
  ) => readonly (readonly [name: string, value: unknown])[]
  /** What tells binary data from other data of the same size; empty when the budget is spent. */
  readonly hashOf: (bytes: ArrayBufferView | ArrayBufferLike, budget: HashBudget) => string
  /** Whether a value is a Node stream. */
  readonly isStream: (value: object) => boolean
  /** Ends a span with a Node stream. @returns The stream; `undefined` for one that is done. */
  readonly settleStream: (stream: object, step: Step) => object | undefined
}
