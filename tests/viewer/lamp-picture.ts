import { deflateSync } from 'node:zlib'

/**
 * A picture of 96 × 64 pixels: a lamp, seen by a poor camera.
 *
 * @returns A PNG.
 */
export function lampPicture(): Buffer {
  const [width, height] = [96, 64]
  const rows = Array.from({ length: height }, (_, y) => {
    const pixels = Array.from({ length: width }, (__, x) => {
      const shine = Math.max(0, 1 - Math.hypot(x - 48, y - 24) / 34)
      const stand = Math.abs(x - 48) < 2 && y > 30 ? 60 : 0
      return [70 + 180 * shine - stand, 84 + 130 * shine - stand, 120 + 20 * shine - stand].map(Math.round)
    })
    return Buffer.from([0, ...pixels.flat()])
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits a channel, three channels.
  header.set([8, 2], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const body = deflateSync(Buffer.concat(rows))
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('IDAT', body), pngChunk('IEND', Buffer.alloc(0))])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data])
  let crc = 0xffffffff
  for (const byte of content) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE((crc ^ 0xffffffff) >>> 0)
  return Buffer.concat([length, content, check])
}
