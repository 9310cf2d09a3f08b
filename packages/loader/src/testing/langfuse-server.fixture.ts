import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { observationPage } from './observation-page.fixture.js'
import { scorePage } from './score-page.fixture.js'
import type { StoredRows } from './stored-rows.fixture.js'

/** What a test makes the server do instead of answering; returns whether it did. */
export type Fault = (request: IncomingMessage, response: ServerResponse, url: URL) => boolean | Promise<boolean>

/** A running server. */
export interface FixtureServer {
  readonly url: string
  readonly requests: readonly { path: string; query: URLSearchParams; headers: IncomingMessage['headers'] }[]
  /** Faults for the next requests, one each; when they are used up the server answers as it should. */
  readonly faults: Fault[]
  close(): Promise<void>
}

/** Status and body of an answer to a request that may be answered. @throws {Error} With the message of a 400. */
export type Respond = (url: URL) => readonly [status: number, body: unknown]

/** The keys that the server accepts. */
export const FIXTURE_KEYS: { publicKey: string; secretKey: string } = {
  publicKey: 'pk-lf-fixture',
  secretKey: 'sk-lf-fixture-secret',
}

/**
 * Starts a small server with the semantics of Langfuse 4.16 that the loader relies on: conditions, field groups, the order newest
 * first, cursors, page limits, cut metadata, 401 and 400. It holds rows in memory; everything else about it is real HTTP.
 */
export async function startLangfuseServer(
  stored: StoredRows = {},
  respond: Respond = (url) => currentAnswer(url, stored),
): Promise<FixtureServer> {
  const requests: { path: string; query: URLSearchParams; headers: IncomingMessage['headers'] }[] = []
  const faults: Fault[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture')
    requests.push({ path: url.pathname, query: url.searchParams, headers: request.headers })
    void answer(request, response, url)
  })
  const answer = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const fault = faults.shift()
    if (fault !== undefined && (await fault(request, response, url))) return
    const { publicKey, secretKey } = FIXTURE_KEYS
    const expected = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`
    if (request.headers.authorization !== expected)
      return sendJson(response, 401, { message: 'Invalid credentials.', error: 'UnauthorizedError' })
    try {
      const [status, body] = respond(url)
      sendJson(response, status, body)
    } catch (error) {
      sendJson(response, 400, { message: error instanceof Error ? error.message : 'bad', error: 'InvalidRequestError' })
    }
  }
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    faults,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function currentAnswer({ pathname, searchParams }: URL, stored: StoredRows): readonly [number, unknown] {
  if (pathname.endsWith('/api/public/v2/observations')) return [200, observationPage(searchParams, stored)]
  if (pathname.endsWith('/api/public/v3/scores')) return [200, scorePage(searchParams, stored)]
  return [404, { message: 'Not found', error: 'LangfuseNotFoundError' }]
}

/** Answers JSON, compressed if the client takes it. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = Buffer.from(JSON.stringify(body))
  const gzip = String(response.req.headers['accept-encoding'] ?? '').includes('gzip')
  const encoding: Record<string, string> = gzip ? { 'content-encoding': 'gzip' } : {}
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...encoding, ...headers })
  response.end(gzip ? gzipSync(text) : text)
}
