import type { DatasetItem } from '../dataset/dataset-item.js'
import type { ResolvedEvaluateOptions } from './evaluate-options.js'
import type { EvaluatorInput, NamedEvaluator } from './evaluator.js'
import type { ItemResult, ItemScore } from './item-result.js'
import { failedScore, messageOf, readScores } from './read-score.js'
import { withinTime } from './within-time.js'

/**
 * Makes an item's output, if there is a task, and lets it be judged. Nothing that the task or an evaluator throws gets out: it is part of the
 * result.
 *
 * @param item - The item.
 * @param options - Task and evaluators.
 * @param signal - The caller's signal, whose reason alone is thrown.
 * @returns What became of it.
 */
export async function evaluateItem<Output>(
  item: DatasetItem,
  options: ResolvedEvaluateOptions<Output>,
  signal: AbortSignal,
): Promise<ItemResult> {
  const startTime = new Date()
  const made = await makeOutput(item, options, signal)
  signal.throwIfAborted()
  const { output, ...rest } = made
  const judged = rest.error === null ? await judge(item, output, options, signal) : []
  return { item, output, ...rest, scores: judged, startTime }
}

type MadeOutput = Pick<ItemResult, 'output' | 'error' | 'latencySeconds' | 'traceId' | 'observationId'>

async function makeOutput<Output>(
  item: DatasetItem,
  { task, timeoutMillis }: ResolvedEvaluateOptions<Output>,
  outer: AbortSignal,
): Promise<MadeOutput> {
  const { actualOutput, latencySeconds, traceId, observationId } = item
  if (task === undefined) {
    const error = actualOutput === null ? 'the item has no actual output, and there is no task to make one' : null
    return { output: actualOutput, error, latencySeconds, traceId, observationId }
  }
  const began = performance.now()
  // The trace of the item is not that of the new output.
  let linked: { traceId: string | null; observationId: string | null } = { traceId: null, observationId: null }
  let outcome: Pick<ItemResult, 'output' | 'error'>
  try {
    const output = await withinTime(timeoutMillis, 'the task', outer, (signal) =>
      task(item, {
        signal,
        linkTrace: (trace) => {
          linked = { traceId: trace.traceId, observationId: trace.observationId ?? null }
        },
      }),
    )
    outcome = { output, error: null }
  } catch (error) {
    outcome = { output: null, error: messageOf(error) }
  }
  return { ...outcome, ...linked, latencySeconds: (performance.now() - began) / 1000 }
}

async function judge<Output>(
  item: DatasetItem,
  output: unknown,
  { evaluators, timeoutMillis }: ResolvedEvaluateOptions<Output>,
  outer: AbortSignal,
): Promise<readonly ItemScore[]> {
  const input = evaluatorInput<Output>(item, output)
  const judgeBy = async ({ name, evaluator }: NamedEvaluator<Output>): Promise<readonly ItemScore[]> => {
    try {
      return readScores(await withinTime(timeoutMillis, 'the evaluator', outer, () => evaluator(input)), name)
    } catch (error) {
      return [failedScore(name, error)]
    }
  }
  const scores = (await Promise.all(evaluators.map(judgeBy))).flat()
  outer.throwIfAborted()
  return scores.map((score, index) => {
    const isRepeated = scores.findIndex(({ name }) => name === score.name) < index
    return isRepeated
      ? failedScore(score.name, 'another evaluator gave a score of this name: name them in a record')
      : score
  })
}

function evaluatorInput<Output>(item: DatasetItem, output: unknown): EvaluatorInput<Output> {
  const expected = expectedFor(output, item.expectedOutput)
  return {
    ...item,
    input: item.query,
    // Without a task the type is the caller's word; with one it is what the task returned.
    output: output as Output,
    ...(expected === undefined ? {} : { expected: expected as Output }),
    context: item.retrievedContent,
    item,
  }
}

/** Brings the expected output, which is text, to the form of the output: a task may return numbers and records. */
function expectedFor(output: unknown, expectedOutput: string | null): unknown {
  if (expectedOutput === null) return undefined
  if (typeof output === 'string' || output === null || output === undefined) return expectedOutput
  try {
    return JSON.parse(expectedOutput)
  } catch {
    return expectedOutput
  }
}
