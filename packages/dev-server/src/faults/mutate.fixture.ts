/** Makes broken copies of one body. */
export interface Mutator {
  /** How many copies were made. */
  readonly made: number
  /** The next copy, with one to eight changes. */
  next(): Buffer
}

// Bytes and pieces that mean something to the readers of JSON or of protobuf.
const TOKENS = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  'null',
  'true',
  '-1',
  '1e999',
  '""',
  '{}',
  '[]',
  '\\u0000',
  '\\ud800',
  '"__proto__":{},',
  '99999999999999999999',
].map((token) => Buffer.from(token))
const BYTES = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x0a, 0x12, 0x22]

/**
 * Makes broken copies of a body, the same ones for the same seed.
 *
 * @param body The whole body.
 * @param seed Where randomness begins.
 */
export function createMutator(body: Uint8Array, seed: number): Mutator {
  const random = mulberry32(seed)
  let made = 0
  return {
    get made() {
      return made
    },
    next() {
      made += 1
      let copy: Buffer = Buffer.from(body)
      for (let changes = random(8); changes >= 0; changes--) copy = change(copy, random)
      return copy
    },
  }
}

/** A whole number from 0 to below the limit. */
type Random = (limit: number) => number

function change(body: Buffer, random: Random): Buffer {
  const at = random(body.length + 1)
  const to = Math.min(body.length, at + 1 + random(16))
  const insert = (piece: Uint8Array, end: number): Buffer =>
    Buffer.concat([body.subarray(0, at), piece, body.subarray(end)])
  switch (random(6)) {
    case 0:
      return Buffer.from(body.subarray(0, at))
    case 1:
      return insert(Buffer.alloc(0), to)
    case 2:
      return insert(TOKENS[random(TOKENS.length)] ?? Buffer.alloc(0), at)
    case 3:
      return insert(TOKENS[random(TOKENS.length)] ?? Buffer.alloc(0), to)
    case 4:
      return insert(body.subarray(at, to), at)
    default:
      return insert(Buffer.from([BYTES[random(BYTES.length)] ?? random(256)]), Math.min(at + 1, body.length))
  }
}

/** Small, fast and the same everywhere. */
function mulberry32(seed: number): Random {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}
