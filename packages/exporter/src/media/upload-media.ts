import { setTimeout as wait } from 'node:timers/promises'
import { RefusedRequest } from '../delivery/delivery-errors.js'
import type { HttpClient, HttpRequest } from '../delivery/http-client.js'
import type { HttpAnswer } from '../delivery/read-answer.js'
import { member } from '../member.js'
import type { Media } from './media.js'

/** Where media go. */
export interface MediaTarget {
  readonly baseUrl: string
  /** Of requests to Langfuse, with its credentials, in lower case; the store gets none of them. */
  readonly headers: Readonly<Record<string, string>>
}

/** How patient an upload is. */
export interface UploadPatience {
  /** How long one request may take, in milliseconds. */
  readonly timeoutMillis: number
  /** How long the first wait between two tries is, in milliseconds; then twice as long. */
  readonly firstWaitMillis: number
}

/** How often a request is tried. */
const TRIES = 3
const PATIENCE: UploadPatience = { timeoutMillis: 30_000, firstWaitMillis: 500 }

/**
 * Uploads a file to Langfuse's media store, https://langfuse.com/docs/observability/features/multi-modality: asks where to, unless Langfuse has
 * it already, brings it there, and says that it did.
 *
 * @param media - The file.
 * @param target - Where to.
 * @param client - Sends requests.
 * @param signal - Gives the upload up.
 * @param patience - How long requests and the waits between them may take.
 * @throws {RefusedRequest} If somebody refuses; else what Node says of a connection, or of a request that was ended.
 */
export async function uploadMedia(
  media: Media,
  target: MediaTarget,
  client: HttpClient,
  signal: AbortSignal,
  patience: UploadPatience = PATIENCE,
): Promise<void> {
  const api = (method: 'POST' | 'PATCH', path: string, content: unknown): Promise<HttpAnswer> => {
    const headers = { ...target.headers, 'content-type': 'application/json' }
    const body = Buffer.from(JSON.stringify(content))
    return insist(client, { method, url: new URL(`${target.baseUrl}${path}`), headers, body, signal }, patience)
  }
  const { uploadUrl, mediaId } = readTicket(await api('POST', '/api/public/media', ticketFor(media)))
  if (uploadUrl === undefined) return
  const startedMillis = performance.now()
  const headers = storeHeaders(uploadUrl, media)
  const stored = await insist(client, { method: 'PUT', url: uploadUrl, headers, body: media.bytes, signal }, patience)
  await api('PATCH', `/api/public/media/${mediaId}`, {
    uploadedAt: new Date().toISOString(),
    uploadHttpStatus: stored.status,
    uploadTimeMs: Math.round(performance.now() - startedMillis),
  })
}

function ticketFor({ bytes, traceId, spanId, field, contentType, sha256 }: Media): Record<string, unknown> {
  return { contentLength: bytes.byteLength, traceId, observationId: spanId, field, contentType, sha256Hash: sha256 }
}

function readTicket({ status, body }: HttpAnswer): { readonly uploadUrl: URL | undefined; readonly mediaId: string } {
  const answer = parse(body)
  const [uploadUrl, mediaId] = [member(answer, 'uploadUrl'), member(answer, 'mediaId')]
  if (typeof mediaId !== 'string' || !/^[\w-]+$/.test(mediaId)) throw new RefusedRequest(status, false)
  if (typeof uploadUrl !== 'string') return { uploadUrl: undefined, mediaId }
  const url = URL.canParse(uploadUrl) ? new URL(uploadUrl) : undefined
  // Another protocol cannot be spoken, however often it is tried.
  if (!url || !/^https?:$/.test(url.protocol)) throw new RefusedRequest(status, false)
  return { uploadUrl: url, mediaId }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

// The address is signed together with these. Google's store accepts only the first.
function storeHeaders({ hostname }: URL, { contentType, sha256 }: Media): Record<string, string> {
  const isGoogle = hostname === 'storage.googleapis.com' || hostname.endsWith('.storage.googleapis.com')
  return {
    'content-type': contentType,
    ...(!isGoogle && { 'x-amz-checksum-sha256': sha256, 'x-ms-blob-type': 'BlockBlob' }),
  }
}

// Tries again what may pass.
async function insist(client: HttpClient, request: HttpRequest, patience: UploadPatience): Promise<HttpAnswer> {
  const { signal } = request
  for (let attempt = 1; ; attempt++) {
    const error = await refusalOf(client, request, patience)
    if (!(error instanceof Error)) return error
    const isFinal = error instanceof RefusedRequest && !error.retryable
    if (isFinal || attempt === TRIES || signal.aborted) throw error
    await wait(patience.firstWaitMillis * 2 ** (attempt - 1), undefined, { signal, ref: false })
  }
}

async function refusalOf(
  client: HttpClient,
  request: HttpRequest,
  { timeoutMillis }: UploadPatience,
): Promise<HttpAnswer | Error> {
  // Not `AbortSignal.any`: Node 20 collects one that depends on `AbortSignal.timeout`, and it never fires.
  const end = new AbortController()
  const abort = (): void => end.abort()
  const timer = setTimeout(abort, timeoutMillis).unref()
  request.signal.addEventListener('abort', abort)
  try {
    request.signal.throwIfAborted()
    const answer = await client.send({ ...request, signal: end.signal })
    if (answer.status >= 200 && answer.status < 300) return answer
    return new RefusedRequest(answer.status, answer.status === 429 || answer.status >= 500)
  } catch (error) {
    return error instanceof Error ? error : new Error('the request failed', { cause: error })
  } finally {
    clearTimeout(timer)
    request.signal.removeEventListener('abort', abort)
  }
}
