import { varintBytes } from './wire-type.js'

/** What protobuf holds in one message: https://protobuf.dev/programming-guides/proto-limits/#total */
const MOST_BYTES = 2 ** 31 - 1

/** What a tag takes at most together with a number, a length or another fixed value. */
const MOST_HEADER_BYTES = 20

/** Up to here a loop over the characters beats a call into native code; a length below 128 is one byte. */
const SHORT_TEXT = 24

/** From here a text is measured before there is room made for it: three times its characters would be too much. */
const LONG_TEXT = 4096

/** What a hexadecimal digit stands for, by its character code; -1 for every other character. */
const DIGITS = Int8Array.from({ length: 128 }, (_, code) =>
  '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase()),
)

/**
 * Appends protobuf fields to a buffer that grows. https://protobuf.dev/programming-guides/encoding/
 *
 * The length of a message stands before it and is known after it. So the caller says what it expects, as much room is left, and only when
 * that was wrong the message is moved.
 */
export class ProtobufWriter {
  readonly #initialBytes: number
  #buffer: Buffer
  #position = 0
  /** Of each open message: where it begins, and the room that was left for its length. */
  readonly #starts: number[] = []
  readonly #rooms: number[] = []
  #depth = 0

  /** @param initialBytes - The room to begin with. */
  constructor(initialBytes: number) {
    this.#initialBytes = initialBytes
    this.#buffer = Buffer.allocUnsafeSlow(initialBytes)
  }

  /** Bytes written so far. */
  get position(): number {
    return this.#position
  }

  /** What was written: a view, valid until the next call. */
  get written(): Buffer {
    return this.#buffer.subarray(0, this.#position)
  }

  /** Forgets what was written since `position`, and the messages that are open. */
  rewind(position: number): void {
    this.#position = position
    this.#depth = 0
  }

  /** Forgets everything; a buffer that has grown beyond `keptBytes` is given up. */
  clear(keptBytes: number): void {
    this.rewind(0)
    if (this.#buffer.length > keptBytes) this.#buffer = Buffer.allocUnsafeSlow(this.#initialBytes)
  }

  /**
   * Begins a message: the fields that follow are its own until it is closed.
   *
   * @param tag - Its tag.
   * @param expectedBytes - Its length, as far as it can be told.
   */
  open(tag: number, expectedBytes: number): void {
    this.#reserve(MOST_HEADER_BYTES)
    this.#varint(tag)
    const room = varintBytes(expectedBytes)
    this.#position += room
    this.#starts[this.#depth] = this.#position
    this.#rooms[this.#depth++] = room
  }

  /** Ends the message that was opened last. */
  close(): void {
    const start = this.#starts[--this.#depth] ?? 0
    this.#fillIn(start, this.#rooms[this.#depth] ?? 0, this.#position - start)
  }

  /** Begins a value whose length is known; it is to be appended. Makes no room but for what it writes. */
  writeHeader(tag: number, bytes: number): void {
    this.#reserve(varintBytes(tag) + varintBytes(bytes))
    this.#varint(tag)
    this.#varint(bytes)
  }

  /** Appends what is encoded already. */
  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#buffer.set(bytes, this.#position)
    this.#position += bytes.length
  }

  /** Writes bytes. */
  writeBytes(tag: number, bytes: Uint8Array): void {
    this.writeHeader(tag, bytes.length)
    this.append(bytes)
  }

  /**
   * Writes a string in UTF-8; half a surrogate pair becomes U+FFFD.
   *
   * @throws {TypeError} If it is none: types bind nobody at run time.
   */
  writeText(tag: number, text: string): void {
    if (typeof text !== 'string') throw new TypeError(`Cannot encode as a string what is of type ${typeof text}`)
    this.#reserve(MOST_HEADER_BYTES + (text.length < LONG_TEXT ? 3 * text.length : Buffer.byteLength(text)))
    this.#varint(tag)
    if (text.length <= SHORT_TEXT && this.#ascii(text)) return
    const room = varintBytes(text.length)
    this.#position += room
    const start = this.#position
    const bytes = this.#buffer.write(text, start)
    this.#position += bytes
    this.#fillIn(start, room, bytes)
  }

  /**
   * Writes the bytes of an id.
   *
   * @param tag - The tag.
   * @param id - The id in hexadecimal digits, of either case.
   * @param bytes - How many bytes it must have.
   * @throws {TypeError} If it is none of that size: servers refuse a whole request for it.
   */
  writeId(tag: number, id: string, bytes: number): void {
    this.writeHeader(tag, bytes)
    this.#reserve(bytes)
    const buffer = this.#buffer
    let all = id.length === 2 * bytes ? 0 : -1
    for (let at = 0; at < bytes; at++) {
      const high = DIGITS[id.charCodeAt(2 * at)] ?? -1
      const byte = (high << 4) | (DIGITS[id.charCodeAt(2 * at + 1)] ?? -1)
      all |= byte
      buffer[this.#position++] = byte
    }
    // One -1 among them makes all of them negative.
    if (all < 0) throw new TypeError(`Cannot encode an id that is not ${2 * bytes} hexadecimal digits`)
  }

  /** Writes an unsigned 32 bit number; what is none becomes one as `>>> 0` has it. */
  writeUint32(tag: number, value: number): void {
    this.writeHeader(tag, value >>> 0)
  }

  /** Writes a signed 64 bit number: whole, at least -2^63 and below 2^63. */
  writeInt64(tag: number, value: number): void {
    this.#reserve(MOST_HEADER_BYTES)
    this.#varint(tag)
    // Two's complement in halves of 32 bits. Every step is exact: a power of two moves no digit of a double.
    let high = Math.floor(value / 2 ** 32) >>> 0
    let low = value >>> 0
    while (high > 0) {
      this.#buffer[this.#position++] = (low & 0x7f) | 0x80
      low = ((low >>> 7) | (high << 25)) >>> 0
      high >>>= 7
    }
    this.#varint(low)
  }

  /** Writes 64 bits as they are, given in halves of 32. */
  writeFixed64(tag: number, high: number, low: number): void {
    this.#reserve(MOST_HEADER_BYTES)
    this.#varint(tag)
    this.#uint32(low)
    this.#uint32(high)
  }

  /** Writes 32 bits as they are. */
  writeFixed32(tag: number, value: number): void {
    this.#reserve(MOST_HEADER_BYTES)
    this.#varint(tag)
    this.#uint32(value)
  }

  /** Writes a floating-point number. */
  writeDouble(tag: number, value: number): void {
    this.#reserve(MOST_HEADER_BYTES)
    this.#varint(tag)
    this.#position = this.#buffer.writeDoubleLE(value, this.#position)
  }

  // By hand: the method of `Buffer` checks its arguments for longer than it writes.
  #uint32(value: number): void {
    const buffer = this.#buffer
    buffer[this.#position++] = value
    buffer[this.#position++] = value >>> 8
    buffer[this.#position++] = value >>> 16
    buffer[this.#position++] = value >>> 24
  }

  #varint(value: number): void {
    let rest = value
    while (rest > 0x7f) {
      this.#buffer[this.#position++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.#buffer[this.#position++] = rest
  }

  // Writes a short text with its length, unless it is more than ASCII: then nothing.
  #ascii(text: string): boolean {
    const buffer = this.#buffer
    const start = this.#position + 1
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code > 0x7f) return false
      buffer[start + at] = code
    }
    buffer[this.#position] = text.length
    this.#position = start + text.length
    return true
  }

  // Writes the length of what was written since `start` into the room before it.
  #fillIn(start: number, room: number, bytes: number): void {
    const missing = varintBytes(bytes) - room
    if (missing !== 0) {
      this.#reserve(missing)
      this.#buffer.copyWithin(start + missing, start, start + bytes)
    }
    this.#position = start - room
    this.#varint(bytes)
    this.#position += bytes
  }

  #reserve(bytes: number): void {
    const needed = this.#position + bytes
    if (needed > this.#buffer.length) this.#grow(needed)
  }

  #grow(needed: number): void {
    if (needed > MOST_BYTES)
      throw new RangeError(`Cannot encode a message of ${needed} bytes: protobuf ends at ${MOST_BYTES}`)
    const larger = Buffer.allocUnsafeSlow(Math.min(MOST_BYTES, Math.max(needed, 2 * this.#buffer.length)))
    this.#buffer.copy(larger, 0, 0, this.#position)
    this.#buffer = larger
  }
}
