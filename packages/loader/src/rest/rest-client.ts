import type { Dispatcher } from 'undici'
import type { LoaderError } from '../loader-error.js'
import type { ResolvedLoaderOptions } from '../options/loader-options.js'
import { abortedError } from './aborted-error.js'
import { answerError, isRetryableStatus, type Purpose } from './answer-error.js'
import { connectionError } from './connection-error.js'
import { parseAnswer } from './parse-answer.js'
import { parseRetryAfter } from './parse-retry-after.js'
import type { LoaderPorts } from './ports.js'
import { type RateLimit, sharedRateLimit } from './rate-limit.js'
import { createAgent, type HttpAnswer, sendRequest } from './request.js'
import { retryDelay } from './retry-delay.js'
import { writeError } from './write-error.js'

/** How many requests one call has under way at once: enough to hide the latency, few enough for memory, which holds their answers. */
export const MAX_PARALLEL_REQUESTS = 4

/** What goes with every request of one call of the loader. */
export interface CallContext {
  readonly signal?: AbortSignal | undefined
  /** Called each time a request is sent, repetitions included. */
  readonly onRequest?: () => void
  /** Called with the size of each successful answer, decompressed. */
  readonly onBytes?: (bytes: number) => void
}

/** What is sent with a POST. */
export interface PostedJson {
  /** The body, as JSON text. */
  readonly json: string
  /** Headers besides those of every request. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * Whether what is posted is the same when it is done twice. If not, it is sent again only where the server has surely done nothing.
   * @default true
   */
  readonly isIdempotent?: boolean
}

/** Reads from Langfuse's public API, and writes to it. */
export interface RestClient {
  /**
   * GETs and parses JSON.
   *
   * @throws {LoaderError} Whatever goes wrong, after the retries.
   */
  get(path: string, query: URLSearchParams, purpose: Purpose, call: CallContext): Promise<unknown>
  /**
   * POSTs JSON and parses the answer. Sent again like a GET when an answer is lost, unless it says that it is not idempotent.
   *
   * @throws {LoaderError} Whatever goes wrong, after the retries.
   */
  post(path: string, body: PostedJson, purpose: Purpose, call: CallContext): Promise<unknown>
  /** Closes the connections, unless the dispatcher is the caller's. */
  close(): Promise<void>
}

/**
 * Makes a client of one server and project.
 *
 * @param options - Where, who, how patiently.
 * @param ports - Clock, randomness and timer.
 * @returns The client.
 */
export function createRestClient(options: ResolvedLoaderOptions, ports: LoaderPorts): RestClient {
  const rateLimit = sharedRateLimit(`${options.baseUrl} ${options.publicKey}`, ports)
  let agent: Dispatcher | undefined
  const dispatcher = (): Dispatcher => {
    if (options.dispatcher !== undefined) return options.dispatcher
    agent ??= createAgent(MAX_PARALLEL_REQUESTS)
    return agent
  }
  const send = (request: RequestPlan): Promise<unknown> =>
    exchange({ options, ports, rateLimit, dispatcher: dispatcher() }, request)
  return {
    get: (path, query, purpose, call) => send({ path, query, purpose, call }),
    post: (path, posted, purpose, call) => send({ path, query: new URLSearchParams(), posted, purpose, call }),
    close: async () => {
      const closing = agent
      agent = undefined
      await closing?.close()
    },
  }
}

interface Wiring {
  readonly options: ResolvedLoaderOptions
  readonly ports: LoaderPorts
  readonly rateLimit: RateLimit
  readonly dispatcher: Dispatcher
}

interface RequestPlan {
  readonly path: string
  readonly query: URLSearchParams
  /** What a POST sends; a GET has none. */
  readonly posted?: PostedJson
  readonly purpose: Purpose
  readonly call: CallContext
}

async function exchange(wiring: Wiring, request: RequestPlan): Promise<unknown> {
  const { purpose, call } = request
  const { options, ports } = wiring
  // How long all attempts may take together. Our own pauses are short by design; a server's Retry-After is obeyed within this time only.
  let deadline = ports.monotonic() + options.timeoutMillis * (options.maxRetries + 1)
  for (let attempts = 1; ; attempts++) {
    const asked = ports.monotonic()
    await abortable(wiring.rateLimit.take(options.requestsPerMinute, call.signal), purpose, call)
    // Waiting for our own limit is no sign of trouble at the server's end.
    deadline += ports.monotonic() - asked
    call.onRequest?.()
    const outcome = await attempt(wiring, request, attempts)
    if (outcome.failed === false) return outcome.body
    const pause = retryDelay(attempts, outcome.retryAfterMillis, ports.random)
    const inTime = outcome.retryAfterMillis === undefined || ports.monotonic() + pause < deadline
    if (!mayRepeat(request, outcome.failed) || attempts > options.maxRetries || !inTime) throw outcome.failed
    await abortable(ports.sleep(pause, call.signal), purpose, call)
  }
}

function mayRepeat({ posted }: RequestPlan, failed: LoaderError): boolean {
  // 429 is answered by what stands before the server; it has done nothing.
  return failed.retryable && (posted?.isIdempotent !== false || failed.status === 429)
}

// Failures are values here, because most of them are not the end: only the last one is thrown.
type Outcome =
  | { readonly failed: false; readonly body: unknown }
  | { readonly failed: LoaderError; readonly retryAfterMillis?: number | undefined }

async function attempt(wiring: Wiring, request: RequestPlan, attempts: number): Promise<Outcome> {
  const { options, ports, dispatcher } = wiring
  const { path, query, posted, purpose, call } = request
  const suffix = query.size === 0 ? '' : `?${query}`
  const { timeoutMillis } = options
  let answer: HttpAnswer
  try {
    const url = `${options.baseUrl}${path}${suffix}`
    const headers = headersFor(options, posted)
    answer = await sendRequest({ url, headers, body: posted?.json, timeoutMillis, dispatcher, signal: call.signal })
  } catch (cause) {
    if (call.signal?.aborted) throw abortedError(purpose.task, cause)
    const origin = new URL(options.baseUrl).origin
    return { failed: connectionError(cause, { purpose, origin, path, attempts, timeoutMillis }) }
  }
  if (answer.status === 200 || (posted !== undefined && isWritten(answer.status))) {
    call.onBytes?.(answer.bytes)
    return { failed: false, body: parseAnswer(answer, purpose, path) }
  }
  const retryAfterMillis = isRetryableStatus(answer.status)
    ? parseRetryAfter(answer.header('retry-after'), ports.now())
    : undefined
  // A proxy's error page may quote the request, and error messages quote the server.
  const body = answer.body.replaceAll(options.secretKey, '…').replaceAll(basicCredentials(options), '…')
  const describe = posted === undefined ? answerError : writeError
  return { failed: describe({ ...answer, body }, purpose, path, attempts), retryAfterMillis }
}

// 207: a batch of which each part has an answer of its own.
function isWritten(status: number): boolean {
  return status === 201 || status === 207
}

function headersFor(options: ResolvedLoaderOptions, posted: PostedJson | undefined): Record<string, string> {
  const authorization = `Basic ${basicCredentials(options)}`
  const content = posted === undefined ? {} : { 'content-type': 'application/json', ...posted.headers }
  return { 'user-agent': 'axion-loader', accept: 'application/json', ...options.headers, ...content, authorization }
}

function basicCredentials(options: ResolvedLoaderOptions): string {
  return Buffer.from(`${options.publicKey}:${options.secretKey}`, 'utf8').toString('base64')
}

// Rejections of our own waits come in Node's words; the caller gets ours.
async function abortable(waiting: Promise<void>, purpose: Purpose, call: CallContext): Promise<void> {
  try {
    await waiting
  } catch (cause) {
    throw call.signal?.aborted ? abortedError(purpose.task, cause) : cause
  }
}
