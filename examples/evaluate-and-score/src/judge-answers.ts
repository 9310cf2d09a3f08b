import { type EvaluationResult, evaluate, LangfuseTraceLoader } from '@axion/loader'
import type { Connection } from './with-langfuse.js'

/**
 * Fetches traced answers, judges them and writes the scores to their traces.
 *
 * @param connection - Where the traces are.
 * @param tag - Which ones.
 * @returns The judgement, and how many scores Langfuse took.
 */
export async function judgeAnswers(
  connection: Connection,
  tag: string,
): Promise<{ readonly result: EvaluationResult; readonly uploaded: number }> {
  const loader = new LangfuseTraceLoader(connection)
  const traces = await loader.fetchTraces({ name: 'shop-answer', tags: [tag], daysBack: 1 })
  const result = await evaluate(traces.toDataset({ name: 'shop' }), {
    evaluators: {
      grounded: ({ output, context }) => ({
        score: context.some((passage) => passage.includes(output)),
        reason: context.length === 0 ? 'nothing was found to answer from' : 'compared with what was found',
      }),
      words: ({ output }) => output.split(' ').length,
    },
  })
  const { uploaded, skipped, failed } = await result.publishToObservability({ ...connection, tags: [tag] })
  await loader.close()
  if (skipped.length + failed.length > 0) throw new Error(`${skipped.length + failed.length} scores were not published`)
  return { result, uploaded }
}
