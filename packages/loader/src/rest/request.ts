import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { Agent, type Dispatcher, request } from 'undici'

/** What came back, whatever the status. */
export interface HttpAnswer {
  readonly status: number
  /** A header by its lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly body: string
  /** How large the body is, decompressed. */
  readonly bytes: number
}

/** One GET, or one POST if it has a body. */
export interface HttpRequest {
  readonly url: string
  /** JSON, for a POST. */
  readonly body?: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMillis: number
  readonly dispatcher: Dispatcher
  readonly signal: AbortSignal | undefined
}

/** The attempt took longer than it may. */
export class AttemptTimeout extends Error {
  override readonly name = 'AttemptTimeout'
}

/** The answer is larger than any answer of Langfuse, or than this process should hold. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge'
}

// Langfuse Cloud stays below 5 MB; a self-hosted page of 1000 large observations may be much larger. V8 ends strings at 512 MiB.
const MAX_ANSWER_BYTES = 256 * 1024 * 1024

/**
 * Makes the dispatcher that is used when the caller brings none: keep-alive connections to one server.
 *
 * @param connections - How many at once.
 * @returns An agent; idle sockets do not keep the process alive.
 */
export function createAgent(connections: number): Dispatcher {
  return new Agent({ connections, pipelining: 1 })
}

/**
 * Sends one request and reads the whole answer. The only place in this package that touches the network.
 *
 * @param sent - What to send.
 * @returns The answer, decompressed.
 * @throws {AttemptTimeout} If the answer is not complete in time.
 * @throws {AnswerTooLarge} If it is larger than 256 MiB.
 * @throws {Error} undici's or Node's own error if the connection breaks; the signal's reason if the caller aborts.
 */
export async function sendRequest(sent: HttpRequest): Promise<HttpAnswer> {
  sent.signal?.throwIfAborted()
  // One controller for both reasons. AbortSignal.any would keep every attempt reachable from a long-lived caller signal.
  const attempt = new AbortController()
  const onCallerAbort = (): void => attempt.abort(sent.signal?.reason)
  sent.signal?.addEventListener('abort', onCallerAbort, { once: true })
  const timer = setTimeout(() => attempt.abort(new AttemptTimeout()), sent.timeoutMillis)
  try {
    const answer = await request(sent.url, {
      ...(sent.body === undefined ? { method: 'GET' } : { method: 'POST', body: sent.body }),
      headers: { ...sent.headers, 'accept-encoding': 'gzip, deflate, br' },
      dispatcher: sent.dispatcher,
      signal: attempt.signal,
      // The timer above is the only clock: undici's own limits would cut a longer timeoutMillis short.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    const header = (name: string): string | undefined => [answer.headers[name]].flat()[0]
    const bytes = await readBody(answer.body, header('content-encoding'))
    return { status: answer.statusCode, header, body: bytes.toString('utf8'), bytes: bytes.length }
  } catch (error) {
    // Streams report an abort in their own words; the reason says which one it was.
    throw attempt.signal.aborted ? attempt.signal.reason : error
  } finally {
    clearTimeout(timer)
    sent.signal?.removeEventListener('abort', onCallerAbort)
  }
}

async function readBody(body: Readable, encoding: string | undefined): Promise<Buffer> {
  const decoder = decoderFor(encoding)
  // `pipeline` hands an error of either stream to the reader; the callback form because the loop below is the last stage.
  const plain = decoder === undefined ? body : pipeline(body, decoder, () => {})
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of plain) {
    // A Readable of bytes: undici's body and zlib's streams both yield Buffers.
    const buffer = chunk as Buffer
    bytes += buffer.length
    if (bytes > MAX_ANSWER_BYTES) throw new AnswerTooLarge()
    chunks.push(buffer)
  }
  return Buffer.concat(chunks)
}

function decoderFor(encoding: string | undefined): Transform | undefined {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    default:
      return undefined
  }
}
