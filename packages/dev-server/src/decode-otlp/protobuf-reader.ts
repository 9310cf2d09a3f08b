import { PbfReader } from 'pbf'
import { BYTES, expectType } from './protobuf-message.js'

/** Places for keys that were read: a request has a few dozen, and one that lost its place is only read again. */
const MAX_KNOWN_KEYS = 256

/**
 * A reader of one request. It makes strings of the whole body at once, without a view for each of them, and keys once and not
 * for each span: half of the strings of an export are keys, and all spans have the same ones.
 */
export class ProtobufReader extends PbfReader {
  private readonly bytes: Buffer
  private readonly keys: (string | undefined)[] = new Array(MAX_KNOWN_KEYS).fill(undefined)
  private readonly keyStarts = new Uint32Array(MAX_KNOWN_KEYS)
  private readonly keyLengths = new Uint32Array(MAX_KNOWN_KEYS)

  /** @param body The request body, decompressed. */
  constructor(body: Uint8Array) {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    super(bytes)
    this.bytes = bytes
  }

  /**
   * Reads a string.
   *
   * @returns The string; what is no UTF-8 becomes U+FFFD.
   * @throws {ProtobufError} If the field is none.
   */
  readText(): string {
    const start = this.enter()
    return this.bytes.toString('utf8', start, this.pos)
  }

  /**
   * Reads a string that others of the request are likely to be equal to.
   *
   * @returns The string.
   * @throws {ProtobufError} If the field is none.
   */
  readKey(): string {
    const start = this.enter()
    const length = this.pos - start
    const slot = (length * 31 + this.byteAt(this.pos - 1) * 7 + this.byteAt(start + (length >> 1))) % MAX_KNOWN_KEYS
    const known = this.keys[slot]
    if (known !== undefined && this.keyLengths[slot] === length && this.isSame(this.keyStarts[slot] ?? 0, start)) {
      return known
    }
    const key = this.bytes.toString('utf8', start, this.pos)
    this.keys[slot] = key
    this.keyStarts[slot] = start
    this.keyLengths[slot] = length
    return key
  }

  /**
   * Reads bytes, such as an id.
   *
   * @returns Two digits for each.
   * @throws {ProtobufError} If the field is none.
   */
  readHex(): string {
    const start = this.enter()
    return this.bytes.toString('hex', start, this.pos)
  }

  /** Goes to the end of a field that has a length; whether that is inside of its message is found out where the message ends. */
  private enter(): number {
    expectType(this, BYTES)
    const length = this.readVarint()
    const start = this.pos
    this.pos += length
    return start
  }

  /** Whether what was just read is what is read at an earlier place. */
  private isSame(earlier: number, start: number): boolean {
    for (let offset = this.pos - start - 1; offset >= 0; offset--) {
      if (this.bytes[earlier + offset] !== this.bytes[start + offset]) return false
    }
    return true
  }

  private byteAt(position: number): number {
    return this.bytes[position] ?? 0
  }
}
