const P1 = 0x9e3779b1
const P2 = 0x85ebca77
const P3 = 0xc2b2ae3d
const P4 = 0x27d4eb2f
const P5 = 0x165667b1

/**
 * xxHash32 with seed 0, which is ClickHouse's `xxHash32`: Langfuse orders observations of one millisecond by it, so pages only
 * come out the same with the same hash.
 *
 * @param text Hashed as UTF-8.
 * @returns An unsigned 32-bit number.
 * @see https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 */
export function xxHash32(text: string): number {
  const bytes = Buffer.from(text, 'utf8')
  let offset = 0
  let hash: number
  if (bytes.length >= 16) {
    const lanes: [number, number, number, number] = [(P1 + P2) | 0, P2, 0, -P1 | 0]
    for (; offset <= bytes.length - 16; offset += 16) {
      lanes[0] = round(lanes[0], bytes.readInt32LE(offset))
      lanes[1] = round(lanes[1], bytes.readInt32LE(offset + 4))
      lanes[2] = round(lanes[2], bytes.readInt32LE(offset + 8))
      lanes[3] = round(lanes[3], bytes.readInt32LE(offset + 12))
    }
    hash = rotate(lanes[0], 1) + rotate(lanes[1], 7) + rotate(lanes[2], 12) + rotate(lanes[3], 18)
  } else {
    hash = P5
  }
  hash = (hash + bytes.length) | 0
  for (; offset <= bytes.length - 4; offset += 4) {
    hash = Math.imul(rotate((hash + Math.imul(bytes.readInt32LE(offset), P3)) | 0, 17), P4)
  }
  for (; offset < bytes.length; offset++) {
    hash = Math.imul(rotate((hash + Math.imul(bytes.readUInt8(offset), P5)) | 0, 11), P1)
  }
  return avalanche(hash)
}

function round(lane: number, input: number): number {
  return Math.imul(rotate((lane + Math.imul(input, P2)) | 0, 13), P1)
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}

function avalanche(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 15), P2)
  mixed = Math.imul(mixed ^ (mixed >>> 13), P3)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
