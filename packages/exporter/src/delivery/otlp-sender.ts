import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { BatchSender, SendOutcome } from './batch-sender.js'
import { createHttpClient } from './http-client.js'
import { otlpHeaders } from './otlp-headers.js'
import type { OtlpTarget } from './otlp-target.js'
import { readAnswer } from './read-answer.js'

const compress = promisify(gzip)

/** Below this, in bytes, compression costs more than it saves. */
const WORTH_COMPRESSING = 1024

/**
 * The fastest, with little memory to set up: prompts are text and shrink to a fifth at any level, and the processor is the application's. Most
 * batches shrink to one chunk, and each is a way to the pool of threads and back.
 */
const COMPRESSION = { level: 1, memLevel: 7, chunkSize: 65_536 }

/**
 * Creates the sender of OTLP over HTTP, in protobuf over kept-alive connections.
 *
 * Not OpenTelemetry's own exporter: that keeps what the server answers to itself, so that rejected spans and login pages count as
 * exported, and it cannot be told to end a request.
 *
 * @param target - Where to, and how.
 */
export function createOtlpSender(target: OtlpTarget): BatchSender {
  const url = new URL(target.url)
  const client = createHttpClient(target.tls)
  return {
    async send({ body, spanCount }, { signal }) {
      try {
        const isCompressed = target.compression === 'gzip' && body.byteLength >= WORTH_COMPRESSING
        const payload = isCompressed ? await compress(body, COMPRESSION) : body
        const headers = { ...otlpHeaders(target), ...(isCompressed && { 'content-encoding': 'gzip' }) }
        const answer = await client.send({ method: 'POST', url, headers, body: payload, signal })
        return readAnswer(answer, spanCount, Date.now())
      } catch (error) {
        return outcomeOf(error, signal)
      }
    },
    close: client.close,
  }
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
