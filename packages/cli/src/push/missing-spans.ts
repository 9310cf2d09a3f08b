import type { LangfuseTraceLoader } from '@axion/loader'
import type { Span } from '../otlp/span.js'

/**
 * Asks a project which spans it does not have.
 *
 * @param target - Reads from the project.
 * @param spans - The spans.
 * @param signal - Ends the asking.
 * @returns Those it does not have, in their order.
 * @throws {LoaderError} Whatever goes wrong.
 */
export async function missingSpans(
  target: LangfuseTraceLoader,
  spans: readonly Span[],
  signal: AbortSignal,
): Promise<readonly Span[]> {
  const there = new Set<string>()
  for (const traceId of new Set(spans.map((span) => span.traceId))) {
    for (const id of await observationIds(target, traceId, signal)) there.add(`${traceId} ${id}`)
  }
  return spans.filter(({ traceId, id }) => !there.has(`${traceId} ${id}`))
}

async function observationIds(
  target: LangfuseTraceLoader,
  traceId: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { LoaderError } = await import('@axion/loader')
  try {
    return (await target.fetchTrace(traceId, { signal })).observations.map(({ id }) => id)
  } catch (error) {
    if (error instanceof LoaderError && error.code === 'not_found') return []
    throw error
  }
}
