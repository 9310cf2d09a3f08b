import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { BatchSender, SendOutcome } from './batch-sender.js'
import type { OtlpTarget } from './otlp-target.js'
import { type HttpAnswer, readAnswer } from './read-answer.js'

const compress = promisify(gzip)

/** Below this, in bytes, compression costs more than it saves. */
const WORTH_COMPRESSING = 1024

/** The fastest, with little memory to set up: prompts are text and shrink to a fifth at any level, and the processor is the application's. */
const COMPRESSION = { level: 1, memLevel: 7 }

/**
 * Creates the sender of OTLP over HTTP, in protobuf over kept-alive connections; the one file that talks to the network.
 *
 * Not OpenTelemetry's own exporter: that keeps what the server answers to itself, so that rejected spans and login pages count as
 * exported, and it cannot be told to end a request.
 *
 * @param target - Where to, and how.
 */
export function createOtlpSender(target: OtlpTarget): BatchSender {
  const url = new URL(target.url)
  let client: Promise<HttpClient> | undefined
  return {
    async send({ body, spanCount }, { signal }) {
      try {
        const isCompressed = target.compression === 'gzip' && body.byteLength >= WORTH_COMPRESSING
        const payload = isCompressed ? await compress(body, COMPRESSION) : body
        client ??= openClient(url, target)
        const { agent, request } = await client
        const headers = requestHeaders(target, payload, isCompressed)
        const answer = await answerOf(request(url, { method: 'POST', agent, headers, signal }).end(payload))
        return readAnswer(answer, spanCount, Date.now())
      } catch (error) {
        return outcomeOf(error, signal)
      }
    },
    close() {
      void client?.then(({ agent }) => agent.destroy())
    },
  }
}

interface HttpClient {
  readonly agent: Agent
  readonly request: (url: URL, options: RequestOptions) => ClientRequest
}

// Loaded late: instrumentations of these modules must have the chance to come first.
async function openClient({ protocol }: URL, { tls }: OtlpTarget): Promise<HttpClient> {
  if (protocol === 'http:') {
    const http = await import('node:http')
    return { agent: new http.Agent({ keepAlive: true }), request: http.request }
  }
  const https = await import('node:https')
  return { agent: new https.Agent({ keepAlive: true, ...tls }), request: https.request }
}

function requestHeaders(
  { headers }: OtlpTarget,
  payload: Uint8Array,
  isCompressed: boolean,
): Record<string, string | number> {
  return {
    'user-agent': 'axion-exporter',
    ...headers,
    'content-type': 'application/x-protobuf',
    // A length rather than chunks: proxies can refuse what is too large before it is uploaded.
    'content-length': payload.byteLength,
    ...(isCompressed && { 'content-encoding': 'gzip' }),
  }
}

/** What is read of an answer, in bytes: Langfuse's has one thousand, and a web page is known by its beginning. */
const LONGEST_ANSWER = 1_000_000

async function answerOf(request: ClientRequest): Promise<HttpAnswer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    // Stays on: an error that comes after the response would have no listener otherwise.
    request.on('error', reject).on('response', resolve)
  })
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

function outcomeOf(error: unknown, signal: AbortSignal): SendOutcome {
  // Whatever an ended request says of itself: it was ended because the time was up.
  if (signal.aborted) return { status: 'retryable', error: signal.reason, afterMillis: undefined }
  return isOfConnection(error) ? { status: 'retryable', error, afterMillis: undefined } : { status: 'failed', error }
}

// Errors of the system, of name look-up, of TLS and of the HTTP parser have a code, and all of them can pass: a server that restarts, a
// certificate that is renewed. What has none, or says that the request itself is wrong, is not the network's.
function isOfConnection(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false
  return !/^ERR_(INVALID|HTTP_INVALID|UNESCAPED)/.test(error.code)
}
