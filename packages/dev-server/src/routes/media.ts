import type { Handler } from 'hono'
import { signPath } from '../guard/signed-path.js'
import type { Media } from '../model/media.js'
import type { MediaStore } from '../store/media-store.js'
import { notFound } from '../wire/api-error.js'
import { isoTime } from '../wire/date-time.js'
import { PROJECT } from '../wire/identity.js'
import { parseMediaResult, parseMediaUpload } from '../wire/media-body.js'
import { parseJsonBody } from '../wire/parse-request.js'
import type { HttpEnv } from './http-env.js'
import { readBody } from './read-body.js'

/** The most a request about a file may have, in bytes; the file itself goes elsewhere. */
const MAX_REQUEST_BYTES = 1024 * 1024

/** How long an address of a file can be used, in milliseconds: Langfuse's hour. */
const ADDRESS_MILLIS = 60 * 60 * 1000

/** What media need beside their store. */
export interface MediaParts {
  readonly media: MediaStore
  /** Signs the addresses of files. */
  readonly secretKey: string
  readonly clock: () => number
}

/**
 * `POST /api/public/media`: says where to upload a file, or that it is here already.
 *
 * @param parts The store and the key.
 * @returns The handler.
 */
export function announceMedia({ media, secretKey, clock }: MediaParts): Handler<HttpEnv> {
  return async (c) => {
    const upload = parseMediaUpload(parseJsonBody(await readBody(c.env.incoming, MAX_REQUEST_BYTES)))
    const { contentType, contentLength, sha256Hash } = upload
    const mediaId = sha256Hash.replaceAll('+', '-').replaceAll('/', '_').slice(0, 22)
    const known = media.findMedia(mediaId)
    const isHere = known?.contentType === contentType && isUploaded(known) && media.findContent(mediaId) !== undefined
    if (isHere) return c.json({ mediaId, uploadUrl: null }, 201)
    const fresh = { uploadedAtMillis: null, uploadHttpStatus: null, uploadHttpError: null }
    media.putMedia({ id: mediaId, sha256Hash, contentType, contentLength, ...fresh })
    const path = signPath(secretKey, 'PUT', contentPath(mediaId), clock() + ADDRESS_MILLIS)
    return c.json({ mediaId, uploadUrl: new URL(path, c.req.url).href }, 201)
  }
}

/**
 * `PATCH /api/public/media/{id}`: how the upload went.
 *
 * @param parts The store.
 * @returns The handler, which answers 404 for a file that was not announced.
 */
export function reportMedia({ media }: Pick<MediaParts, 'media'>): Handler<HttpEnv, '/api/public/media/:mediaId'> {
  return async (c) => {
    const result = parseMediaResult(parseJsonBody(await readBody(c.env.incoming, MAX_REQUEST_BYTES)))
    const mediaId = c.req.param('mediaId')
    const known = media.findMedia(mediaId)
    if (known === undefined) throw notFound(`Media asset ${mediaId} not found in project ${PROJECT.id}`)
    const { uploadedAt, uploadHttpStatus, uploadHttpError } = result
    media.putMedia({
      ...known,
      uploadedAtMillis: uploadedAt,
      uploadHttpStatus,
      uploadHttpError: uploadHttpStatus === 200 ? null : (uploadHttpError ?? null),
    })
    return c.json({ message: 'OK' })
  }
}

/**
 * `GET /api/public/media/{id}`: where to download a file.
 *
 * @param parts The store and the key.
 * @returns The handler, which answers 404 for a file that is not here.
 */
export function showMedia({ media, secretKey, clock }: MediaParts): Handler<HttpEnv, '/api/public/media/:mediaId'> {
  return (c) => {
    const known = media.findMedia(c.req.param('mediaId'))
    if (known === undefined) throw notFound('Media asset not found')
    if (known.uploadHttpStatus === null || known.uploadedAtMillis === null) throw notFound('Media not yet uploaded')
    if (!isUploaded(known)) {
      throw notFound(`Media upload failed with status ${known.uploadHttpStatus}: \n ${known.uploadHttpError}`)
    }
    const expiresMillis = clock() + ADDRESS_MILLIS
    return c.json({
      mediaId: known.id,
      contentType: known.contentType,
      contentLength: known.contentLength,
      uploadedAt: isoTime(known.uploadedAtMillis),
      url: new URL(signPath(secretKey, 'GET', contentPath(known.id), expiresMillis), c.req.url).href,
      urlExpiry: isoTime(expiresMillis),
    })
  }
}

function isUploaded({ uploadHttpStatus }: Media): boolean {
  return uploadHttpStatus === 200 || uploadHttpStatus === 201
}

function contentPath(mediaId: string): string {
  return `/media/${mediaId}`
}
