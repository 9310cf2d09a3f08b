import { createHash } from 'node:crypto'
import type { Context, Handler } from 'hono'
import { isSignedPath } from '../guard/signed-path.js'
import { ApiError, invalidRequest, notFound } from '../wire/api-error.js'
import { MAX_MEDIA_BYTES } from '../wire/media-body.js'
import type { HttpEnv } from './http-env.js'
import type { MediaParts } from './media.js'
import { readBody } from './read-body.js'

/** The path under which files are put and got, with a signature instead of keys. */
export const MEDIA_PATH = '/media/:mediaId'

/**
 * `PUT /media/{id}`: takes the content of an announced file.
 *
 * @param parts The store and the key.
 * @returns The handler, which answers 400 for anything but the bytes that were announced.
 */
export function putMediaContent({ media, secretKey, clock }: MediaParts): Handler<HttpEnv, typeof MEDIA_PATH> {
  return async (c) => {
    requireSignature(c, secretKey, clock())
    const mediaId = c.req.param('mediaId')
    const known = media.findMedia(mediaId)
    if (known === undefined) throw notFound('Media asset not found')
    const content = await readBody(c.env.incoming, Math.min(known.contentLength, MAX_MEDIA_BYTES))
    if (createHash('sha256').update(content).digest('base64') !== known.sha256Hash) {
      throw invalidRequest('The content does not have the SHA-256 hash that was announced')
    }
    media.putContent(mediaId, content)
    return c.body(null, 200)
  }
}

/**
 * `GET /media/{id}`: gives the content of a file.
 *
 * @param parts The store and the key.
 * @returns The handler.
 */
export function getMediaContent({ media, secretKey, clock }: MediaParts): Handler<HttpEnv, typeof MEDIA_PATH> {
  return (c) => {
    requireSignature(c, secretKey, clock())
    const mediaId = c.req.param('mediaId')
    const [known, content] = [media.findMedia(mediaId), media.findContent(mediaId)]
    if (known === undefined || content === undefined) throw notFound('Media asset not found')
    return c.body(new Uint8Array(content), 200, {
      'content-type': known.contentType,
      'cache-control': 'private, max-age=3600',
      // Whatever came from outside must not run as a page of this server.
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
    })
  }
}

function requireSignature(c: Context<HttpEnv>, secretKey: string, nowMillis: number): void {
  const { method, path } = c.req
  if (isSignedPath(secretKey, method, path, c.req.query(), nowMillis)) return
  throw new ApiError(403, { message: 'The address is not signed for this, or has expired', error: 'ForbiddenError' })
}
