import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import type { OtlpTarget } from './otlp-target.js'
import { type AttemptOutcome, type HttpAnswer, readAnswer } from './read-answer.js'
import { sendWithRetries } from './send-with-retries.js'
import type { SpanSender } from './span-sender.js'

const compress = promisify(gzip)

/**
 * Creates the sender of OTLP over HTTP, as JSON over kept-alive connections; the one file that talks to the network.
 *
 * Not OpenTelemetry's own exporter: that keeps what the server answers to itself, so that rejected spans and login pages count as
 * exported, and it cannot be told to end a request. The encoding is OpenTelemetry's.
 *
 * @param target - Where to, and how.
 */
export function createOtlpExporter(target: OtlpTarget): SpanSender {
  const url = new URL(target.url)
  let client: Promise<HttpClient> | undefined
  return {
    async send(spans, deadline) {
      const body = encode(spans)
      if (body === undefined || (body.byteLength > target.maxBatchBytes && spans.length > 1)) {
        return { status: 'too_large', error: new RangeError('the batch is larger than maxBatchBytes') }
      }
      const payload = target.compression === 'gzip' ? await compress(body) : body
      client ??= openClient(url, target)
      const { agent, request } = await client
      const headers = requestHeaders(target, payload)
      const post = (): ClientRequest =>
        request(url, { method: 'POST', agent, headers, signal: deadline.signal }).end(payload)
      return sendWithRetries(() => attempt(post, spans.length, deadline.signal), deadline)
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

function requestHeaders({ headers, compression }: OtlpTarget, payload: Uint8Array): Record<string, string | number> {
  return {
    'user-agent': 'axion-exporter',
    ...headers,
    'content-type': 'application/json',
    // A length rather than chunks: proxies can refuse what is too large before it is uploaded.
    'content-length': payload.byteLength,
    ...(compression === 'gzip' && { 'content-encoding': 'gzip' }),
  }
}

// Undefined when the text would be longer than the longest string there is.
function encode(spans: readonly ReadableSpan[]): Uint8Array | undefined {
  try {
    return JsonTraceSerializer.serializeRequest([...spans])
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

async function attempt(post: () => ClientRequest, spanCount: number, signal: AbortSignal): Promise<AttemptOutcome> {
  try {
    return readAnswer(await answerOf(post()), spanCount, Date.now())
  } catch (error) {
    // Whatever an ended request says of itself: it was ended because the time was up.
    if (signal.aborted) return { status: 'failed', error: signal.reason }
    return isTransient(error) ? { status: 'retryable', error, afterMillis: undefined } : { status: 'failed', error }
  }
}

/** What is read of an answer, in characters: Langfuse's has one thousand, and a web page is known by its beginning. */
const LONGEST_ANSWER = 1_000_000

async function answerOf(request: ClientRequest): Promise<HttpAnswer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    // Stays on: an error that comes after the response would have no listener otherwise.
    request.on('error', reject).on('response', resolve)
  })
  let body = ''
  response.setEncoding('utf8')
  for await (const text of response) {
    body += text
    if (body.length > LONGEST_ANSWER) break
  }
  const { 'content-type': contentType, 'retry-after': retryAfter } = response.headers
  return { status: response.statusCode ?? 0, contentType, retryAfter, body }
}

/** Node's codes for networks that may be there again in a moment, https://nodejs.org/api/errors.html#common-system-errors. */
const TRANSIENT: ReadonlySet<unknown> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ENETUNREACH',
  'EHOSTUNREACH',
])

function isTransient(error: unknown): boolean {
  return error instanceof Error && 'code' in error && TRANSIENT.has(error.code)
}
