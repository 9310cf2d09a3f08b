import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import type { TlsFiles } from '../options/exporter-options.js'
import { USER_AGENT } from './otlp-headers.js'
import type { HttpAnswer } from './read-answer.js'

/** What is sent. */
export interface HttpRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH'
  readonly url: URL
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: Uint8Array
  /** Ends the request when it aborts. */
  readonly signal: AbortSignal
}

/** Sends requests over kept-alive connections. */
export interface HttpClient {
  /**
   * Sends a request; once more over another connection when one that was kept open turns out to be closed.
   *
   * @returns The answer, whatever its status.
   * @throws What Node says of a connection, or of a request that was ended.
   */
  send(request: HttpRequest): Promise<HttpAnswer>
  /** Closes the connections. */
  close(): void
}

/**
 * Creates a client; the one file that talks to the network.
 *
 * @param tls - Certificates to present and to trust.
 * @param options - Whether a request that is under way keeps the process alive. @default true
 */
export function createHttpClient(
  tls: TlsFiles = {},
  { keepsProcessAlive = true }: { readonly keepsProcessAlive?: boolean } = {},
): HttpClient {
  const transports = new Map<string, Promise<Transport>>()
  const transportFor = (protocol: string): Promise<Transport> => {
    const known = transports.get(protocol) ?? openTransport(protocol, tls)
    transports.set(protocol, known)
    return known
  }
  return {
    async send({ method, url, headers, body, signal }) {
      const { agent, request } = await transportFor(url.protocol)
      // A length rather than chunks: proxies can refuse what is too large before it is uploaded.
      const sized = { 'user-agent': USER_AGENT, ...headers, 'content-length': body.byteLength }
      const post = (): ClientRequest => {
        const sent = request(url, { method, agent, headers: sized, signal })
        if (!keepsProcessAlive) sent.on('socket', (socket) => socket.unref())
        return sent.end(body)
      }
      return answerOf(await responseTo(post))
    },
    close() {
      for (const transport of transports.values()) void transport.then(({ agent }) => agent.destroy())
    },
  }
}

interface Transport {
  readonly agent: Agent
  readonly request: (url: URL, options: RequestOptions) => ClientRequest
}

// Loaded late: instrumentations of these modules must have the chance to come first.
async function openTransport(protocol: string, tls: TlsFiles): Promise<Transport> {
  if (protocol === 'http:') {
    const http = await import('node:http')
    return { agent: new http.Agent({ keepAlive: true }), request: http.request }
  }
  const https = await import('node:https')
  return { agent: new https.Agent({ keepAlive: true, ...tls }), request: https.request }
}

// A server closes a connection that is idle, and a process that was stopped or busy meanwhile finds out by the next request over it. That says
// nothing about the server: another connection is tried at once. Each such failure takes one out of the pool, and a new one is not excused.
async function responseTo(post: () => ClientRequest): Promise<IncomingMessage> {
  for (;;) {
    const sent = post()
    try {
      return await new Promise((resolve, reject) => {
        // Stays on: an error that comes after the response would have no listener otherwise.
        sent.on('error', reject).on('response', resolve)
      })
    } catch (error) {
      if (!sent.reusedSocket || !isClosed(error)) throw error
    }
  }
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

/** What is read of an answer, in bytes: Langfuse's has one thousand, and a web page is known by its beginning. */
const LONGEST_ANSWER = 1_000_000

async function answerOf(response: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    // Without an encoding, a response gives buffers.
    chunks.push(chunk as Buffer)
    bytes += (chunk as Buffer).byteLength
    if (bytes > LONGEST_ANSWER) break
  }
  const { 'content-type': contentType, 'retry-after': retryAfter } = response.headers
  return { status: response.statusCode ?? 0, contentType, retryAfter, body: Buffer.concat(chunks) }
}
