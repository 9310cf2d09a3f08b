import * as v from 'valibot'
import { invalidRequest } from './api-error.js'
import { DateTime } from './date-time.js'
import { parseRequest } from './parse-request.js'

/** The most a file may have, in bytes: it is held in memory on its way. */
export const MAX_MEDIA_BYTES: number = 64 * 1024 * 1024

const Text = v.nullish(v.string())
const UploadBody = v.object({
  traceId: Text,
  observationId: Text,
  datasetId: Text,
  datasetItemId: Text,
  contentType: v.pipe(
    v.string(),
    v.check((type) => /^(?:image|audio|video|text|application)\/[a-z0-9.+-]+$/.test(type), 'Invalid content type'),
  ),
  contentLength: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256Hash: v.pipe(
    v.string(),
    v.check((hash) => /^[A-Za-z0-9+/]{43}=$/.test(hash), 'Must be a 44 character base64 encoded SHA-256 hash'),
  ),
  field: v.picklist(['input', 'output', 'expectedOutput', 'metadata']),
})
const PatchBody = v.object({
  uploadedAt: DateTime,
  uploadHttpStatus: v.pipe(v.number(), v.integer()),
  uploadHttpError: Text,
})

/** What a client wants to upload. */
export interface MediaUpload {
  readonly contentType: string
  /** In bytes. */
  readonly contentLength: number
  /** SHA-256 of the content, base64. */
  readonly sha256Hash: string
}

/** How an upload went. */
export interface MediaResult {
  /** In milliseconds since the epoch. */
  readonly uploadedAt: number
  readonly uploadHttpStatus: number
  readonly uploadHttpError?: string | null | undefined
}

/**
 * Checks the body of `POST /api/public/media`.
 *
 * @param body What came in.
 * @returns The checked body.
 * @throws {ApiError} 400 in Langfuse's words if it is no upload, is about no one thing, or is too large.
 */
export function parseMediaUpload(body: unknown): MediaUpload {
  const parsed = parseRequest(UploadBody, body)
  const { traceId, datasetId, datasetItemId, field } = parsed
  const isOfTrace = traceId && !datasetId && !datasetItemId && field !== 'expectedOutput'
  const isOfItem = !traceId && datasetId && datasetItemId && field !== 'output'
  if (!isOfTrace && !isOfItem) {
    throw invalidRequest(
      'Provide either traceId with field input/output/metadata, or datasetId + datasetItemId with field input/expectedOutput/metadata.',
    )
  }
  if (parsed.contentLength > MAX_MEDIA_BYTES) {
    throw invalidRequest(`File size must be less than ${MAX_MEDIA_BYTES} bytes`)
  }
  return parsed
}

/**
 * Checks the body of `PATCH /api/public/media/{id}`.
 *
 * @param body What came in.
 * @returns How the upload went.
 * @throws {ApiError} 400 in Langfuse's words if it does not say so.
 */
export function parseMediaResult(body: unknown): MediaResult {
  return parseRequest(PatchBody, body)
}
