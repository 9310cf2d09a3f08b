import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Connection } from '../options/connection.js'

/** What became of one request. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly body: unknown }
  /** The server will never take it: because of what is in it, or because of who asks and where. */
  | {
      readonly kind: 'refused'
      readonly reason: string
      readonly isAboutContent: boolean
      /** The status of the answer, if there was one. */
      readonly status?: number
    }
  /** The server did not take it this time. */
  | { readonly kind: 'postponed'; readonly reason: string; readonly retryAfterMillis: number | undefined }
  /** Nobody knows whether the server took it: the answer was lost, or is the error of something in between. */
  | { readonly kind: 'in_doubt'; readonly reason: string }

/** What is written. */
export interface Post {
  readonly path: string
  readonly json: string
  readonly headers?: Readonly<Record<string, string>>
  /** @default 'POST' */
  readonly method?: 'POST' | 'PATCH'
}

/** What is read. */
export interface Get {
  readonly path: string
}

/** A file to upload, with the headers that its address is signed together with. */
export interface Upload {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

/** Sends requests to a Langfuse project, each once. */
export interface LangfuseClient {
  readonly origin: string
  /** Whether the server has answered anything yet. One that never did is more likely the wrong one than away for a moment. */
  hasAnswered(): boolean
  /**
   * @param post - What to send.
   * @param signal - Gives up waiting for the answer.
   * @returns What became of it; never rejects, but when `signal` fires, with its reason.
   */
  post(post: Post, signal: AbortSignal): Promise<Outcome>
  /** The same for reading. */
  get(path: string, signal: AbortSignal): Promise<Outcome>
  /**
   * Gets a file from where the server keeps it. The address carries its own permission; the keys are not sent.
   *
   * @param url - The address, as the server gave it.
   * @param signal - Gives up.
   * @returns The bytes, as the body of what was accepted.
   */
  download(url: string, signal: AbortSignal): Promise<Outcome>
  /** The same for putting a file there. */
  upload(url: string, file: Upload, signal: AbortSignal): Promise<Outcome>
}

const TIMEOUT_MILLIS = 60_000
const compress = promisify(gzip)

/**
 * Makes a client. This is the only file of the package that touches the network.
 *
 * @param connection - Which project.
 * @param timeoutMillis - How long one request may take, reading the answer included.
 * @returns The client.
 */
export function createLangfuseClient(
  { baseUrl, publicKey, secretKey }: Connection,
  timeoutMillis: number = TIMEOUT_MILLIS,
): LangfuseClient {
  const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`, 'utf8').toString('base64')}`
  const { origin } = new URL(baseUrl)
  let hasAnswered = false
  const ask = async (
    url: string,
    request: RequestInit,
    signal: AbortSignal,
    judgeAnswer: (response: Response) => Promise<Outcome>,
  ): Promise<Outcome> => {
    // Not `AbortSignal.any`: Node 20 collects one that depends on `AbortSignal.timeout`, and it never fires.
    const end = new AbortController()
    const giveUp = (): void => end.abort(signal.reason)
    const timer = setTimeout(() => end.abort(new DOMException('no answer', 'TimeoutError')), timeoutMillis)
    signal.addEventListener('abort', giveUp)
    try {
      signal.throwIfAborted()
      const response = await fetch(url, {
        ...request,
        headers: { 'user-agent': 'axion-cli', ...request.headers },
        // A redirect would carry the data, not the keys, to somewhere else.
        redirect: 'manual',
        signal: end.signal,
      })
      hasAnswered = true
      return await judgeAnswer(response)
    } catch (error) {
      signal.throwIfAborted()
      return judgeFailure(error, new URL(url).origin, timeoutMillis)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
    }
  }
  return {
    origin,
    hasAnswered: () => hasAnswered,
    post: async ({ path, json, headers, method = 'POST' }, signal) => {
      signal.throwIfAborted()
      const described = {
        ...{ 'content-type': 'application/json', 'content-encoding': 'gzip' },
        ...headers,
        authorization,
      }
      return ask(`${baseUrl}${path}`, { method, headers: described, body: await compress(json) }, signal, judgeJson)
    },
    get: (path, signal) => ask(`${baseUrl}${path}`, { headers: { authorization } }, signal, judgeJson),
    download: (url, signal) => ask(url, {}, signal, judgeFile),
    upload: (url, { bytes, headers }, signal) => ask(url, { method: 'PUT', headers, body: bytes }, signal, judgeUpload),
  }
}

async function judgeJson(response: Response): Promise<Outcome> {
  return judge(response.status, response.headers.get('retry-after'), await response.text())
}

async function judgeFile(response: Response): Promise<Outcome> {
  if (response.status === 200) return { kind: 'accepted', body: new Uint8Array(await response.arrayBuffer()) }
  return judgeJson(response)
}

// Stores of files answer 200, 201 or 204, with whatever they like.
async function judgeUpload(response: Response): Promise<Outcome> {
  if (response.ok) return { kind: 'accepted', body: await response.text() }
  return judgeJson(response)
}

function judge(status: number, retryAfter: string | null, text: string): Outcome {
  if (status === 200 || status === 201 || status === 207) return judgeBody(text)
  const reason = `the server answered ${status}${hint(status, text)}`
  if (status === 429 || status === 503) return { kind: 'postponed', reason, retryAfterMillis: toMillis(retryAfter) }
  if (status === 408 || status >= 500) return { kind: 'in_doubt', reason }
  return { kind: 'refused', reason, isAboutContent: CONTENT_STATUSES.includes(status), status }
}

// 409: an id that is taken by something else.
const CONTENT_STATUSES: readonly number[] = [400, 409, 413, 422]

// A website answers 200 to anything. Nothing at all is what collectors of OpenTelemetry may answer.
function judgeBody(text: string): Outcome {
  const body = parse(text)
  if (body !== undefined || text.trim() === '') return { kind: 'accepted', body }
  return { kind: 'refused', reason: "its answer is none of Langfuse's: check LANGFUSE_BASE_URL", isAboutContent: false }
}

function hint(status: number, text: string): string {
  if (status === 401) return ': check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY'
  if (status === 404 || status < 400) return ': check LANGFUSE_BASE_URL'
  if (status === 413) return ': the request is too large for it'
  const body = parse(text)
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : undefined
  const said = typeof message === 'string' ? ` (server: ${message.slice(0, 200)})` : ''
  if (status === 403) return `${said}: check that the server and the keys let you write`
  if (said !== '') return said
  return status >= 500 ? ': it has trouble, try again later' : ''
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// Seconds only: Langfuse sends no dates here.
function toMillis(retryAfter: string | null): number | undefined {
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter.trim()) ? Number(retryAfter) * 1000 : undefined
}

/** Failures before a connection stands: the request was never sent. */
const NOT_SENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'is no host that is known',
  EAI_AGAIN: 'could not be looked up',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer the connection',
}

function judgeFailure(error: unknown, origin: string, timeoutMillis: number): Outcome {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return { kind: 'in_doubt', reason: `no answer in ${timeoutMillis / 1000} s` }
  }
  // `fetch` says "fetch failed"; the reason is underneath, for several addresses one below the other.
  const code = codeOf(error)
  // Failures of connections have a code. What has none, `fetch` itself refused to send: a port it blocks, a key that fits no header.
  if (code === undefined) return { kind: 'refused', reason: `${origin}: ${reasonOf(error)}`, isAboutContent: false }
  const found = NOT_SENT[code]
  if (found === undefined)
    return { kind: 'in_doubt', reason: `the connection broke (${code}): check LANGFUSE_BASE_URL, or try again later` }
  const reason = `it ${found}: check that it runs, and LANGFUSE_BASE_URL`
  return { kind: 'postponed', reason, retryAfterMillis: undefined }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const [first] = error instanceof AggregateError ? error.errors : []
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause) ?? codeOf(first)
}
