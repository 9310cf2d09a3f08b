import { BYTES, FIXED32, FIXED64, VARINT } from './wire-type.js'

/**
 * Goes through the fields of an encoded message, one after the other, without decoding their values. It trusts nothing: bytes that are no
 * message end it early, and it never leaves the range it was given.
 */
export class FieldCursor {
  readonly #bytes: Uint8Array
  readonly #end: number
  #next: number
  #isMalformed = false

  /** Tag of the field it stands at: number and wire type, see `wire-type.ts`. */
  tag = 0
  /** Where the field begins, with its tag. */
  start = 0
  /** Where its value begins, behind tag and length. */
  valueStart = 0
  /** Where the field ends. */
  end = 0
  /** The value, when it is a varint; beyond 53 bits not exactly. */
  varint = 0

  /**
   * @param bytes - The bytes.
   * @param start - Where in them the message begins.
   * @param end - Where it ends.
   */
  constructor(bytes: Uint8Array, start: number = 0, end: number = bytes.length) {
    this.#bytes = bytes
    this.#next = start
    this.#end = end
  }

  /** Whether the bytes are no message. Known when {@link next} has answered `false`. */
  get isMalformed(): boolean {
    return this.#isMalformed
  }

  /** Goes to the next field. `false` when there is none, or none can be read. */
  next(): boolean {
    if (this.#isMalformed || this.#next === this.#end) return false
    this.start = this.#next
    this.#isMalformed = !this.#read()
    return !this.#isMalformed
  }

  #read(): boolean {
    if (!this.#readVarint()) return false
    this.tag = this.varint
    // Field numbers begin with 1 and have 29 bits.
    if (this.tag < 8 || this.tag > 0xffffffff) return false
    const wireType = this.tag & 7
    this.valueStart = this.#next
    if (wireType === VARINT) return this.#readVarint() && this.#endAt(this.#next)
    if (wireType === FIXED64) return this.#endAt(this.#next + 8)
    if (wireType === FIXED32) return this.#endAt(this.#next + 4)
    if (wireType !== BYTES || !this.#readVarint()) return false
    this.valueStart = this.#next
    return this.#endAt(this.#next + this.varint)
  }

  #endAt(end: number): boolean {
    this.end = end
    this.#next = end
    return end <= this.#end
  }

  #readVarint(): boolean {
    let value = 0
    // Ten groups of seven bits hold 64.
    for (let group = 0; group < 10 && this.#next < this.#end; group++) {
      const byte = this.#bytes[this.#next++] ?? 0
      value += (byte & 0x7f) * 2 ** (7 * group)
      if (byte < 0x80) {
        this.varint = value
        return true
      }
    }
    return false
  }
}
