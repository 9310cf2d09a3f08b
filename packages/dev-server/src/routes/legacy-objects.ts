import type { Handler } from 'hono'
import type { EventSubject } from '../legacy/event-body.js'
import { eventUpdates } from '../legacy/event-updates.js'
import type { LegacyWriter } from '../legacy/legacy-writer.js'
import { parseJsonBody } from '../wire/parse-request.js'
import type { HttpEnv } from './http-env.js'
import { readBody } from './read-body.js'

/** The most one may have, in bytes: what Langfuse's web framework allows a body. */
const MAX_OBJECT_BYTES = 1024 * 1024

/** The endpoints that take one trace or observation, older than batches, and what each takes. */
export const OBJECT_ENDPOINTS: readonly (readonly [method: string, path: string, subject: EventSubject])[] = [
  ['POST', '/api/public/traces', { kind: 'trace' }],
  ['POST', '/api/public/spans', { kind: 'observation', type: 'SPAN' }],
  ['PATCH', '/api/public/spans', { kind: 'observation', type: 'SPAN' }],
  ['POST', '/api/public/generations', { kind: 'observation', type: 'GENERATION' }],
  ['PATCH', '/api/public/generations', { kind: 'observation', type: 'GENERATION' }],
  ['POST', '/api/public/events', { kind: 'observation', type: 'EVENT' }],
]

/**
 * `POST` and `PATCH` of {@link OBJECT_ENDPOINTS}: one trace or observation in a request.
 *
 * @param subject What it is.
 * @param write Where it goes.
 * @param clock What time it is.
 * @returns The handler, which answers with the id.
 */
export function putLegacyObject(subject: EventSubject, write: LegacyWriter, clock: () => number): Handler<HttpEnv> {
  return async (c) => {
    const body = withObservationId(parseJsonBody(await readBody(c.env.incoming, MAX_OBJECT_BYTES)))
    const { id, ...updates } = eventUpdates(subject, body, clock())
    write(updates, clock())
    return c.json({ id })
  }
}

/** The updates say `spanId` and `generationId` where everything else says `id`. */
function withObservationId(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || 'id' in body) return body
  const id = 'spanId' in body ? body.spanId : 'generationId' in body ? body.generationId : undefined
  return id === undefined ? body : { ...body, id }
}
