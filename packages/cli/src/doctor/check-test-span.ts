import type { TestSpan } from '@axion/register/doctor'
import type { Finding } from './finding.js'
import { readBack } from './read-back.js'

/**
 * Says whether a span arrives.
 *
 * @param sent - What became of the one that was sent.
 * @param limit - Gives up waiting for it.
 */
export async function checkTestSpan(sent: TestSpan | undefined, limit: AbortSignal): Promise<Finding> {
  if (!sent?.traceId || !sent.isExported) {
    const [report] = sent?.reports.filter(({ level }) => level !== 'info') ?? []
    const text = report?.message ?? 'the program that sends it did not come to its end'
    return { check: 'test span', status: 'problem', text: `not delivered: ${text}`, fix: 'see credentials and server' }
  }
  const { traceId } = sent
  const found = await readBack(traceId, limit)
  const base = { check: 'test span', details: { traceId, ...found } }
  if (found.kind === 'found') {
    return { ...base, status: 'ok', text: `sent and read back in ${found.millis} ms: trace ${traceId}` }
  }
  const text = found.kind === 'failed' ? found.reason : 'the server took it, and could not be read in time'
  const fix =
    found.kind === 'failed'
      ? 'the server takes spans, but does not show them: check which Langfuse it is, and what is in front of it'
      : `look later: axion traces get ${traceId}; or wait longer: --timeout`
  return { ...base, status: 'problem', text, fix }
}
