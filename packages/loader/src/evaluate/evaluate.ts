import type { Dataset } from '../dataset/dataset.js'
import { LoaderError } from '../loader-error.js'
import { invalidOption } from '../options/invalid-option.js'
import { mapInOrder } from '../plan/map-in-order.js'
import { evaluateItem } from './evaluate-item.js'
import { type EvaluateOptions, resolveEvaluateOptions } from './evaluate-options.js'
import { EvaluationResult } from './evaluation-result.js'
import type { ItemResult } from './item-result.js'

/**
 * Judges the outputs of a dataset, or those that a task makes of its items.
 *
 * A task or an evaluator that throws costs only the item or the score it was working on, which says so.
 *
 * @param dataset - The dataset.
 * @param options - Evaluators, task, and how many items at once.
 * @returns A result for each item, in the order of the dataset.
 * @throws {LoaderError} `invalid_options` before anything is run; `aborted` if the signal fires.
 *
 * @example
 * ```ts
 * const result = await evaluate(dataset, {
 *   evaluators: [Levenshtein, ({ output }) => ({ name: 'brief', score: output.length < 500 })],
 *   task: async (item) => answer(item.query),
 * })
 * ```
 */
export async function evaluate<Output = string>(
  dataset: Dataset,
  options: EvaluateOptions<Output>,
): Promise<EvaluationResult> {
  if (!Array.isArray(dataset?.items))
    throw invalidOption('dataset', 'it is none', 'expected a Dataset: see Dataset.fromRecords')
  const resolved = resolveEvaluateOptions(options)
  const startTime = new Date()
  const total = dataset.length
  const results: ItemResult[] = []
  try {
    const work = mapInOrder(
      dataset.items,
      resolved.concurrency,
      (item, signal) => evaluateItem(item, resolved, signal),
      options.signal,
    )
    for await (const result of work) {
      results.push(result)
      options.onProgress?.({ done: results.length, total })
    }
  } catch (cause) {
    if (options.signal?.aborted !== true) throw cause
    const done = `${results.length} of ${total} items`
    throw new LoaderError('aborted', `Cannot evaluate: the caller's signal was aborted after ${done}`, { cause })
  }
  return new EvaluationResult(dataset.name, results, startTime)
}
