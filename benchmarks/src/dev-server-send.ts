import { type Dispatcher, request } from 'undici'
import type { ForkedServer } from './fork-server.js'

/**
 * Sends exports to a dev-server, some at a time, and fails unless each is accepted.
 *
 * @param server - Where to.
 * @param dispatcher - The connections.
 * @param bodies - The exports, as protobuf.
 * @param concurrency - How many are under way at once.
 */
export async function sendSpans(
  server: ForkedServer,
  dispatcher: Dispatcher,
  bodies: Iterable<Buffer>,
  concurrency: number,
): Promise<void> {
  const headers = {
    'content-type': 'application/x-protobuf',
    authorization: `Basic ${btoa(`${server.publicKey}:${server.secretKey}`)}`,
    'x-langfuse-ingestion-version': '4',
  }
  const waiting = bodies[Symbol.iterator]()
  const sendAll = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      const options = { method: 'POST', headers, body: next.value, dispatcher } as const
      const answer = await request(`${server.baseUrl}/api/public/otel/v1/traces`, options)
      await answer.body.dump()
      if (answer.statusCode !== 200) throw new Error(`The dev-server answered an export with ${answer.statusCode}`)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, sendAll))
}
