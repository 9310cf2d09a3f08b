import type { DatasetItem } from '../dataset/dataset-item.js'
import { invalidOption } from '../options/invalid-option.js'
import { readListener } from '../options/read-listener.js'
import { readSignal } from '../options/read-signal.js'
import { refuseUnknown } from '../options/refuse-unknown.js'
import type { Evaluator, NamedEvaluator } from './evaluator.js'

/** What a task is given besides the item. */
export interface TaskRun {
  /** Fires when the result is not wanted any more: the time is up, or the caller stopped. */
  readonly signal: AbortSignal
  /**
   * Says in which trace the output is being made, so that scores can be published there: with `@axion/core`
   * `linkTrace({ traceId: span.traceId, observationId: span.id })`.
   */
  readonly linkTrace: (trace: { readonly traceId: string; readonly observationId?: string | null }) => void
}

/** Makes an output for an item: the system under test. */
export type Task<Output> = (item: DatasetItem, run: TaskRun) => Output | Promise<Output>

/** How far an evaluation is. */
export interface EvaluationProgress {
  readonly done: number
  readonly total: number
}

/** How to evaluate. */
export interface EvaluateOptions<Output = string> {
  /**
   * What judges the outputs: a list, whose scores are called as they say or as the functions are, or a record, whose keys are the names
   * of scores that have none.
   */
  evaluators: readonly Evaluator<NoInfer<Output>>[] | Readonly<Record<string, Evaluator<NoInfer<Output>>>>
  /** Makes the outputs. @default the items' actual outputs are judged */
  task?: Task<Output>
  /** How many items are worked on at once. @default 8 */
  concurrency?: number
  /** How long one call of the task, or of an evaluator, may take, in milliseconds. @default any time */
  timeoutMillis?: number
  /** Called after each item. What it throws ends the evaluation. */
  onProgress?: (progress: EvaluationProgress) => void
  /** Ends the evaluation with a `LoaderError` of code `aborted`. */
  signal?: AbortSignal
}

/** {@link EvaluateOptions} after the defaults were put in. */
export interface ResolvedEvaluateOptions<Output> {
  readonly evaluators: readonly NamedEvaluator<Output>[]
  readonly task: Task<Output> | undefined
  readonly concurrency: number
  readonly timeoutMillis: number
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof EvaluateOptions>([
  'evaluators',
  'task',
  'concurrency',
  'timeoutMillis',
  'onProgress',
  'signal',
])

const DEFAULT_CONCURRENCY = 8

/**
 * Checks the options of an evaluation.
 *
 * @param options - What the caller passed.
 * @returns Complete, checked options.
 * @throws {LoaderError} `invalid_options` naming the option.
 */
export function resolveEvaluateOptions<Output>(options: EvaluateOptions<Output>): ResolvedEvaluateOptions<Output> {
  refuseUnknown(options, OPTION_NAMES)
  const { task, concurrency = DEFAULT_CONCURRENCY, timeoutMillis = Number.POSITIVE_INFINITY } = options
  if (task !== undefined && typeof task !== 'function')
    throw invalidOption('task', `it is a ${typeof task}`, 'expected a function')
  if (!Number.isSafeInteger(concurrency) || concurrency < 1)
    throw invalidOption('concurrency', `it is ${String(concurrency)}`, 'expected a whole number of 1 or more')
  if (!(timeoutMillis > 0))
    throw invalidOption('timeoutMillis', `it is ${String(timeoutMillis)}`, 'expected more than 0')
  readListener(options.onProgress, 'onProgress')
  readSignal(options.signal)
  return { evaluators: readEvaluators<Output>(options.evaluators), task, concurrency, timeoutMillis }
}

function readEvaluators<Output>(given: EvaluateOptions<Output>['evaluators']): readonly NamedEvaluator<Output>[] {
  if (typeof given !== 'object' || given === null)
    throw invalidOption(
      'evaluators',
      `it is ${given === null ? 'null' : typeof given}`,
      'expected a list or a record of functions',
    )
  const named = Array.isArray(given)
    ? given.map((evaluator: Evaluator<Output>, index) => ({
        name: evaluator?.name || `evaluator_${index + 1}`,
        evaluator,
      }))
    : Object.entries<Evaluator<Output>>(given as Readonly<Record<string, Evaluator<Output>>>).map(
        ([name, evaluator]) => ({ name, evaluator }),
      )
  for (const { name, evaluator } of named) {
    if (typeof evaluator !== 'function')
      throw invalidOption('evaluators', `${name} is a ${typeof evaluator}`, 'expected functions')
  }
  if (named.length === 0) throw invalidOption('evaluators', 'it is empty', 'expected one or more functions')
  return named
}
