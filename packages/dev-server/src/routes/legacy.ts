import type { Handler } from 'hono'

const MESSAGE =
  'This endpoint is not available on deployments running in Langfuse v4 events_only mode. Learn more about Langfuse v4 at: https://langfuse.com/docs/v4'

/** The endpoints that went away with Langfuse v4, by method. Some of these paths still answer to another method. */
export const LEGACY_ENDPOINTS: readonly (readonly [method: string, path: string])[] = [
  ['GET', '/api/public/traces'],
  ['POST', '/api/public/traces'],
  ['GET', '/api/public/traces/:traceId'],
  ['GET', '/api/public/observations'],
  ['GET', '/api/public/observations/:observationId'],
  ['GET', '/api/public/sessions'],
  ['GET', '/api/public/sessions/:sessionId'],
  ['GET', '/api/public/scores'],
  ['GET', '/api/public/scores/:scoreId'],
  ['GET', '/api/public/v2/scores'],
  ['GET', '/api/public/v2/scores/:scoreId'],
  ['GET', '/api/public/metrics'],
  ['GET', '/api/public/metrics/daily'],
  ['GET', '/api/public/dataset-run-items'],
  ['GET', '/api/public/datasets/:name/runs'],
  ['GET', '/api/public/datasets/:name/runs/:runName'],
  ['DELETE', '/api/public/datasets/:name/runs/:runName'],
  ['POST', '/api/public/events'],
  ['POST', '/api/public/generations'],
  ['PATCH', '/api/public/generations'],
  ['POST', '/api/public/spans'],
  ['PATCH', '/api/public/spans'],
]

/**
 * Answers 404 as a Langfuse without these endpoints does: before it looks at the keys, and with the sentence by which clients
 * recognize the mode.
 *
 * @param c The context.
 * @returns The answer.
 */
export const legacyEndpoint: Handler = (c) => c.json({ message: MESSAGE }, 404)
