import type { TestSpan } from '@axion/register/doctor'
import { switchedOffBy } from '../options/tracing-from-environment.js'
import { checkCredentials } from './check-credentials.js'
import { checkServer } from './check-server.js'
import { checkTestSpan } from './check-test-span.js'
import type { Finding } from './finding.js'
import type { WatchedRun } from './run-watched.js'

/** What is known of deliveries. */
export interface DeliveryFacts {
  /** The test span; `undefined` if its program failed. */
  readonly testSpan: TestSpan | undefined
  /** The command, if there is one. */
  readonly run: WatchedRun | undefined
  /** Gives up waiting for the server. */
  readonly limit: AbortSignal
}

/**
 * Says whether spans of this environment arrive.
 *
 * @param facts - What is known.
 */
export async function checkDelivery({ testSpan, run, limit }: DeliveryFacts): Promise<Finding[]> {
  const mode = testSpan?.mode
  if (mode === 'otel' || mode === 'console') {
    const where = mode === 'otel' ? 'an OTLP endpoint' : 'standard error'
    return [{ check: 'credentials', status: 'note', text: `spans go to ${where}, not to Langfuse: nothing to check` }]
  }
  // The hooks say so already.
  if (switchedOffBy() !== undefined) return []
  const credentials = checkCredentials()
  if (credentials.status !== 'ok') {
    const ofItsOwn = run?.processes.some(({ end }) => end?.delivery?.mode === 'langfuse') === true
    if (!ofItsOwn) return [credentials]
    return [{ check: 'credentials', status: 'note', text: 'not in this environment: the command brings its own' }]
  }
  const server = await checkServer(limit)
  if (server.status !== 'ok') return [credentials, server]
  return [credentials, server, await checkTestSpan(testSpan, limit)]
}
