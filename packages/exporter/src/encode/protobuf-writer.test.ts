import { PbfReader } from 'pbf'
import { describe, expect, it } from 'vitest'
import { ProtobufWriter } from './protobuf-writer.js'
import { BYTES, tagOf, VARINT } from './wire-type.js'

const MESSAGE = tagOf(1, BYTES)
const TEXT = tagOf(2, BYTES)
const ID = tagOf(3, BYTES)

describe('ProtobufWriter', () => {
  // Lengths of one, two, three and four bytes, each expected to be each.
  const lengths = [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152]
  it.each(lengths.flatMap((bytes) => lengths.map((expected) => [bytes, expected] as const)))(
    'close() writes the length of a message of %i bytes that was expected to have %i',
    (bytes, expected) => {
      const writer = new ProtobufWriter(1)
      const content = Buffer.alloc(bytes, 'abc')
      writer.open(MESSAGE, expected)
      writer.append(content)
      writer.close()
      writer.writeText(TEXT, 'behind')
      const pbf = new PbfReader(writer.written)
      const found: unknown[] = []
      pbf.readFields((field) => {
        found.push(field, field === 1 ? Buffer.compare(Buffer.from(pbf.readBytes()), content) : pbf.readString())
      }, undefined)
      expect(found).toEqual([1, 0, 2, 'behind'])
    },
  )

  it('close() ends the messages inside out, whichever of them was expected wrong', () => {
    const writer = new ProtobufWriter(1)
    writer.open(MESSAGE, 0)
    writer.open(MESSAGE, 1_000_000)
    writer.open(MESSAGE, 0)
    writer.writeText(TEXT, 'x'.repeat(200))
    writer.close()
    writer.writeText(TEXT, 'y')
    writer.close()
    writer.close()
    // 200 + 3 = 203; 203 + 3 + 3 = 209; 209 + 3 = 212.
    const head = Buffer.from([MESSAGE, 0xd4, 1, MESSAGE, 0xd1, 1, MESSAGE, 0xcb, 1, TEXT, 0xc8, 1])
    expect(writer.written).toEqual(
      Buffer.concat([head, Buffer.alloc(200, 'x'), Buffer.from([TEXT, 1]), Buffer.from('y')]),
    )
  })

  it.each([undefined, null, 5, {}, ['text']])('writeText() refuses %j, which no type can', (value) => {
    expect(() => new ProtobufWriter(1).writeText(TEXT, value as string)).toThrow(TypeError)
  })

  it.each([
    '',
    '0',
    '00112233',
    '001122334455667',
    '00112233445566778',
    '001122334455667g',
    '0x12233445566778',
    '00112233 5566778',
    '001122334455667\u0131',
  ])('writeId() refuses %j as eight bytes', (id) => {
    expect(() => new ProtobufWriter(64).writeId(ID, id, 8)).toThrow(TypeError)
  })

  it('writeId() reads digits of either case', () => {
    const writer = new ProtobufWriter(1)
    writer.writeId(ID, '00fFaAb9c8D7e6f5', 8)
    expect(writer.written.toString('hex')).toBe('1a0800ffaab9c8d7e6f5')
  })

  it('rewind() forgets fields and open messages', () => {
    const writer = new ProtobufWriter(1)
    writer.writeUint32(tagOf(1, VARINT), 5)
    const { position } = writer
    writer.open(MESSAGE, 10)
    writer.open(MESSAGE, 10)
    writer.writeText(TEXT, 'half')
    writer.rewind(position)
    writer.open(MESSAGE, 0)
    writer.close()
    expect([...writer.written]).toEqual([8, 5, MESSAGE, 0])
  })

  it('written is all of its memory when that was made to measure', () => {
    const writer = new ProtobufWriter(9)
    writer.writeUint32(tagOf(1, VARINT), 300)
    writer.writeHeader(MESSAGE, 4)
    writer.append(Buffer.from('abcd'))
    expect(writer.written.buffer.byteLength).toBe(9)
  })

  it('clear() gives up memory beyond what is to be kept', () => {
    const writer = new ProtobufWriter(16)
    writer.append(Buffer.alloc(1000))
    writer.clear(999)
    expect(writer.written.buffer.byteLength).toBe(16)
    writer.append(Buffer.alloc(1000))
    writer.clear(2000)
    expect(writer.written.buffer.byteLength).toBe(1000)
    expect(writer.position).toBe(0)
  })
})
