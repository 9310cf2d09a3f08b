import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { ApiError } from '../wire/api-error.js'

const unzip = promisify(gunzip)

/**
 * Reads the body of a request, decompressed, and never holds more than the limit.
 *
 * @param request The request, untouched so far.
 * @param maxBytes The most the body may have, compressed and decompressed.
 * @returns The bytes.
 * @throws {ApiError} 413 if it is larger, 415 for an encoding other than gzip, 400 if it cannot be decompressed.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new ApiError(415, {
      message: `Unsupported content encoding: send gzip, or no encoding at all`,
      error: 'UnsupportedMediaType',
    })
  }
  const body = await collect(request, maxBytes)
  return encoding === 'gzip' ? decompress(body, maxBytes) : body
}

async function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  // What says it is too large need not be received at all.
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, bytes)
}

async function decompress(body: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await unzip(body, { maxOutputLength: maxBytes })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes)
    throw new ApiError(400, { error: 'Failed to decompress request body' })
  }
}

function tooLarge(maxBytes: number): ApiError {
  const message = `Request body is larger than ${maxBytes} bytes: send smaller batches`
  return new ApiError(413, { message, error: 'PayloadTooLargeError' })
}
