import type { PbfReader } from 'pbf'

/** Protobuf wire types, from the encoding specification of Protocol Buffers. */
export const VARINT = 0
/** Eight bytes, little endian. */
export const FIXED64 = 1
/** A length and that many bytes: strings, bytes and messages. */
export const BYTES = 2

/** The request is not the protobuf message it should be; the message says where. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError'
}

/**
 * Reads a nested message into `result`, and makes sure it ends where it said it would.
 *
 * pbf itself trusts its input: it reads past the end of a truncated buffer and lets a field overrun its message. What comes
 * over the network must not be trusted, hence the two checks.
 *
 * @param pbf Positioned at the length of the message.
 * @param readField Called for each field; what it does not read is skipped.
 * @param result What `readField` fills.
 * @returns `result`.
 * @throws {ProtobufError} If the message is longer than the buffer, or a field longer than the message.
 */
export function readMessage<T, R extends PbfReader>(
  pbf: R,
  readField: (tag: number, result: T, pbf: R) => void,
  result: T,
): T {
  expectType(pbf, BYTES)
  const end = pbf.readVarint() + pbf.pos
  return readUntil(pbf, end, readField, result)
}

/**
 * Reads the fields up to `end`, for the outermost message, which has no length of its own.
 *
 * @param pbf Positioned at the first field.
 * @param end Where the message ends.
 * @param readField Called for each field.
 * @param result What `readField` fills.
 * @returns `result`.
 * @throws {ProtobufError} If the message does not end at `end`.
 */
export function readUntil<T, R extends PbfReader>(
  pbf: R,
  end: number,
  readField: (tag: number, result: T, pbf: R) => void,
  result: T,
): T {
  if (end > pbf.length) throw new ProtobufError(`a message ends at byte ${end}, but there are only ${pbf.length}`)
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) readField(tag, result, pbf)
  if (pbf.pos !== end) throw new ProtobufError(`a field ends at byte ${pbf.pos}, its message at byte ${end}`)
  return result
}

/**
 * Refuses a field whose wire type is not the one its schema gives.
 *
 * @param pbf Positioned after the tag of the field.
 * @param type The wire type the schema gives.
 * @throws {ProtobufError} If it is another.
 */
export function expectType(pbf: PbfReader, type: number): void {
  if (pbf.type !== type) throw new ProtobufError(`wire type ${pbf.type} at byte ${pbf.pos} where ${type} belongs`)
}
