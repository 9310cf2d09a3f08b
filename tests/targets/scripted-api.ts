import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers one request of a client. */
export type Script = (request: ApiRequest, response: ServerResponse) => void

/** What a client asked. */
export interface ApiRequest {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Readonly<Record<string, unknown>>
  /** How many requests with this path and body have come, this one included. */
  readonly attempt: number
}

/**
 * Starts a server that speaks a provider's wire format, on a port that is free.
 *
 * @param script - Answers.
 */
export async function startScriptedApi(script: Script): Promise<{ readonly url: string; close(): void }> {
  const attempts = new Map<string, number>()
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString()
    const path = request.url ?? ''
    const attempt = (attempts.get(path + text) ?? 0) + 1
    attempts.set(path + text, attempt)
    script({ path, headers: request.headers, body: text === '' ? {} : JSON.parse(text), attempt }, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** Answers with server-sent events. @param named - whether each carries its `type` as its name */
export function sendEvents(response: ServerResponse, events: readonly unknown[], named = false): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of events) {
    // Events are objects here; only those of some providers have a type.
    const name = named ? `event: ${(event as { type: string }).type}\n` : ''
    response.write(`${name}data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)
  }
}
