import type { Handler } from 'hono'
import type { HttpEnv } from '../routes/http-env.js'
import type { MediaStore } from '../store/media-store.js'
import { notFound } from '../wire/api-error.js'

/** Bitmaps, which cannot do anything; an SVG is a document, and other files are for programs. */
const IMAGE_TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

/**
 * `GET /viewer/api/images/{id}`: an uploaded image of a trace.
 *
 * @param media Where it is.
 * @returns The handler, which answers 404 for everything that is no image.
 */
export function showImage(media: MediaStore): Handler<HttpEnv, '/viewer/api/images/:mediaId'> {
  return (c) => {
    const mediaId = c.req.param('mediaId')
    const known = media.findMedia(mediaId)
    const content = known !== undefined && IMAGE_TYPES.has(known.contentType) ? media.findContent(mediaId) : undefined
    if (known === undefined || content === undefined) throw notFound('No such image')
    return c.body(new Uint8Array(content), 200, {
      'content-type': known.contentType,
      'cache-control': 'private, max-age=3600',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
  }
}
