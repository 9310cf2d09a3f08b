import { createTraceState } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { describe, expect, it } from 'vitest'
import { batchOf } from './batch-bytes.fixture.js'
import { cutBatch } from './cut-batch.js'
import { type DecodedSpan, decodeRequest } from './decode-request.fixture.js'
import type { EncodedBatch } from './encoded-batch.js'
import { outgoingSpan } from './outgoing-span.fixture.js'
import type { OutgoingSpan } from './outgoing-span.js'
import { ProtobufWriter } from './protobuf-writer.js'
import { readRequestSpans } from './read-request-spans.js'
import { BYTES, tagOf, VARINT } from './wire-type.js'

function cut(members: Partial<OutgoingSpan>, maxBytes: number): DecodedSpan {
  const batch = cutBatch(batchOf([outgoingSpan(members)]), maxBytes)
  if (!batch) throw new Error('the batch cannot be cut')
  expect(batch.spanCount).toBe(1)
  expect(batch.body.byteLength).toBeLessThanOrEqual(maxBytes)
  expect(batch.body.buffer.byteLength).toBe(batch.body.byteLength)
  const [span, ...others] = decodeRequest(batch.body)
  if (!span || others.length > 0) throw new Error('it is not one span any more')
  return span
}

function attributesOf(members: Record<string, unknown>): OutgoingSpan['attributes'] {
  return members as OutgoingSpan['attributes']
}

const context = outgoingSpan().context
const MIB = 1024 * 1024

describe('cutBatch()', () => {
  it('cutBatch() hands back what fits, to the byte', () => {
    const batch = batchOf([outgoingSpan({ attributes: { input: 'x'.repeat(1000) } })])
    expect(cutBatch(batch, batch.body.byteLength)).toBe(batch)
    expect(cutBatch(batch, batch.body.byteLength - 1)).not.toBe(batch)
  })

  it('cutBatch() cuts the largest value to all that fits, says how much is gone, and leaves the rest as it is', () => {
    const members = {
      parent: { ...context, spanId: '00f067aa0ba902b7', isRemote: true },
      attributes: { before: 1, input: '語'.repeat(5 * MIB), output: 'y'.repeat(1000), after: ['a', 'b'] },
      events: [{ time: [1, 2] as [number, number], name: 'event', attributes: { a: 1 }, droppedAttributesCount: 3 }],
      links: [{ context, attributes: { b: 2 } }],
      status: { code: 2, message: 'failed' },
      droppedAttributesCount: 7,
      scope: Object.assign({ name: 's' }, { attributes: { c: 3 } }),
    }
    const [whole] = decodeRequest(batchOf([outgoingSpan(members)]).body)
    const span = cut(members, MIB)
    const input = Object.fromEntries(span.attributes).input as string
    expect(input).toMatch(/^語+…\[cut: \d+ bytes\]$/)
    const kept = Buffer.byteLength(input.replace(/…\[.*/, ''))
    expect(input).toContain(`…[cut: ${15 * MIB - kept} bytes]`)
    expect(kept).toBeGreaterThan(MIB - 2000)
    expect({ ...span, attributes: span.attributes.map(([key, value]) => [key, key === 'input' ? '' : value]) }).toEqual(
      {
        ...whole,
        attributes: whole?.attributes.map(([key, value]) => [key, key === 'input' ? '' : value]),
      },
    )
  })

  it('cutBatch() brings the largest values down to one length', () => {
    const span = cut({ attributes: { a: 'x'.repeat(3 * MIB), b: 'y'.repeat(2 * MIB), c: 'z'.repeat(1000) } }, MIB)
    const { a, b, c } = Object.fromEntries(span.attributes) as Record<string, string>
    expect([a?.length, c]).toEqual([b?.length, 'z'.repeat(1000)])
    expect(a?.length).toBeGreaterThan(MIB / 2 - 2000)
  })

  it.each<[string, Partial<OutgoingSpan>, (span: DecodedSpan) => unknown]>([
    [
      'a text in an array',
      { attributes: attributesOf({ a: ['x', 'y'.repeat(MIB)] }) },
      ({ attributes }) => attributes[0]?.[1],
    ],
    [
      'a text in a record',
      { attributes: attributesOf({ a: { b: [{ c: 'y'.repeat(MIB), d: 1 }] } }) },
      ({ attributes }) => attributes[0]?.[1],
    ],
    ['the name', { name: 'y'.repeat(MIB) }, ({ name }) => name],
    ['the status message', { status: { code: 2, message: 'y'.repeat(MIB) } }, ({ status }) => status],
    ['the name of an event', { events: [{ time: [0, 0], name: 'y'.repeat(MIB) }] }, ({ events }) => events[0]?.name],
    [
      'an attribute of an event',
      { events: [{ time: [0, 0], name: 'e', attributes: { a: 'y'.repeat(MIB) } }] },
      ({ events }) => events[0]?.attributes,
    ],
    [
      'an attribute of a link',
      { links: [{ context, attributes: { a: 'y'.repeat(MIB) } }] },
      ({ links }) => links[0]?.attributes,
    ],
    [
      'an attribute of the resource',
      { resource: resourceFromAttributes({ a: 'y'.repeat(MIB) }) },
      ({ resource }) => resource.attributes,
    ],
    ['the name of the scope', { scope: { name: 'y'.repeat(MIB) } }, ({ scope }) => scope.name],
    ['a schema URL', { scope: { name: 's', schemaUrl: 'y'.repeat(MIB) } }, ({ scope }) => scope.schemaUrl],
  ])('cutBatch() cuts %s', (_what, members, find) => {
    const found = JSON.stringify(find(cut(members, 2000)))
    expect(found).toMatch(/y{1000,2000}…\[cut: \d+ bytes\]/)
  })

  it('cutBatch() puts a mark in the place of bytes, a part of which would be of no use', () => {
    const attributes = attributesOf({ image: Buffer.alloc(MIB, 1), thumb: Buffer.alloc(100, 2) })
    expect(cut({ attributes }, 4000).attributes).toEqual([
      ['image', '…[cut: 1048576 bytes]'],
      ['thumb', Uint8Array.from(Buffer.alloc(100, 2))],
    ])
  })

  it('cutBatch() leaves out the largest of many small attributes, and counts them', () => {
    const members = Array.from({ length: 20_000 }, (_, n) => [`key-${n}`, 'x'.repeat(n % 50)])
    const span = cut({ attributes: Object.fromEntries(members), droppedAttributesCount: 5 }, 300_000)
    expect(span.attributes.length + span.droppedAttributesCount).toBe(20_005)
    expect(span.attributes.length).toBeGreaterThan(10_000)
    const longest = Math.max(...span.attributes.map(([, value]) => String(value).length))
    expect(longest).toBeLessThan(49)
    // No more than must be.
    expect(span.attributes.filter(([, value]) => String(value).length <= longest - 2).length).toBeGreaterThan(
      400 * (longest - 2),
    )
  })

  it('cutBatch() counts no further than 32 bits go', () => {
    const attributes = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`key-${n}`, n]))
    expect(cut({ attributes, droppedAttributesCount: 2 ** 32 - 2 }, 1000).droppedAttributesCount).toBe(2 ** 32 - 1)
  })

  it('cutBatch() adds nothing to what it leaves as it is', () => {
    const scope = Object.assign({ name: 's' }, { attributes: { a: 1 } })
    const batch = batchOf([outgoingSpan({ name: 'x'.repeat(1000), scope })])
    const smaller = cutBatch(batch, 500) ?? batch
    const around = ({ body }: EncodedBatch) => {
      const read = readRequestSpans(body)
      return read.kind === 'spans' && read.spans.map((span) => [span.resource.key, span.scope.key])
    }
    expect(smaller.body.byteLength).toBe(500)
    expect(around(smaller)).toEqual(around(batch))
  })

  it('cutBatch() leaves alone what is of another type than it should be', () => {
    const odd = new ProtobufWriter(1)
    // Of a span: its name, an attribute, a link and its status as numbers, a count as a text.
    for (const field of [5, 9, 13, 15]) odd.writeUint32(tagOf(field, VARINT), 300)
    odd.writeText(tagOf(10, BYTES), 'many')
    const writer = new ProtobufWriter(1)
    for (const tag of [0x0a, 0x12, 0x12]) writer.open(tag, 200)
    writer.append(odd.written)
    writer.writeText(tagOf(5, BYTES), 'x'.repeat(200))
    for (const _ of [1, 2, 3]) writer.close()
    const smaller = cutBatch({ body: writer.written, spanCount: 1 }, 150)
    expect(Buffer.from(smaller?.body ?? []).includes(odd.written)).toBe(true)
  })

  it('cutBatch() leaves out events, links, and attributes of these and of the resource, each counted in its place', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`key-${n}`, n]))
    const events = Array.from({ length: 3000 }, () => ({ time: [1, 2] as [number, number], name: 'token' }))
    const links = Array.from({ length: 3000 }, () => ({ context }))
    const manyEvents = cut({ events, droppedEventsCount: 1 }, 2000)
    expect(manyEvents.events.length + manyEvents.droppedEventsCount).toBe(3001)
    const manyLinks = cut({ links }, 2000)
    expect(manyLinks.links.length + manyLinks.droppedLinksCount).toBe(3000)
    const { resource } = cut({ resource: resourceFromAttributes(many(3000)) }, 2000)
    expect(resource.attributes.length + resource.droppedAttributesCount).toBe(3000)
    const { scope } = cut({ scope: Object.assign({ name: 's' }, { attributes: many(3000) }) }, 2000)
    expect(scope.attributes.length + scope.droppedAttributesCount).toBe(3000)
    for (const { attributes, droppedAttributesCount } of [resource, scope]) {
      expect(attributes.length).toBeGreaterThan(50)
      expect(droppedAttributesCount).toBeGreaterThan(2000)
    }
  })

  it('cutBatch() drops values that cannot be cut: keys, numbers, trace states', () => {
    const span = cut(
      {
        context: { ...context, traceState: createTraceState(`a=${'x'.repeat(200)},b=${'y'.repeat(200)}`) },
        attributes: attributesOf({
          ['k'.repeat(MIB)]: 1,
          numbers: Array.from({ length: 10_000 }, (_, n) => n),
          small: 2,
        }),
      },
      500,
    )
    expect(span).toMatchObject({ traceState: '', attributes: [['small', 2]], droppedAttributesCount: 2 })
  })

  it('cutBatch() makes anything fit into a kilobyte, and keeps what names the span', () => {
    const long = 'x'.repeat(MIB)
    const attributes = Object.fromEntries(
      Array.from({ length: 1000 }, (_, n) => [`${n}${'k'.repeat(99)}`, long.slice(0, 500)]),
    )
    const span = cut(
      {
        name: `rag-query ${long}`,
        parent: { ...context, spanId: '00f067aa0ba902b7' },
        attributes,
        events: [{ time: [1, 2], name: long, attributes }],
        links: [{ context, attributes }],
        status: { code: 2, message: long },
        resource: resourceFromAttributes(attributes, { schemaUrl: long }),
        scope: { name: long, version: long, schemaUrl: long },
      },
      1000,
    )
    expect(span).toMatchObject({
      traceId: context.traceId,
      spanId: context.spanId,
      parentSpanId: '00f067aa0ba902b7',
      name: expect.stringMatching(/^rag-query x+…\[cut: \d+ bytes\]$/),
      startTimeUnixNano: 1_795_000_000_123_456_789n,
      status: { code: 2 },
    })
  })

  it('cutBatch() gives up when what cannot be left out is too large', () => {
    expect(cutBatch(batchOf([outgoingSpan({ name: 'x'.repeat(1000) })]), 100)).toBeUndefined()
  })

  it.each<[string, Uint8Array]>([
    ['JSON', Buffer.from('{"resourceSpans":[]}')],
    ['a request that was cut off', batchOf([outgoingSpan({ name: 'x'.repeat(100) })]).body.subarray(0, 80)],
    ['garbage in a value', attributeOf([], 0x0a, 127, 1, 2, 3)],
  ])('cutBatch() cannot cut %s', (_what, body) => {
    expect(cutBatch({ body, spanCount: 1 }, 10)).toBeUndefined()
  })

  it('cutBatch() does not leave the stack over messages in messages without end', () => {
    // An array that holds an array that holds …
    const body = attributeOf(Array.from({ length: 10_000 }, (_, level) => (level % 2 === 0 ? 0x2a : 0x0a)))
    const smaller = cutBatch({ body, spanCount: 1 }, 200)
    expect(decodeRequest(smaller?.body ?? Buffer.alloc(0))).toMatchObject([
      { attributes: [], droppedAttributesCount: 1 },
    ])
  })
})

/** A request with one span, with one attribute, the value of which is messages in one another, with these bytes in the last. */
function attributeOf(tags: readonly number[], ...bytes: number[]): Uint8Array {
  const writer = new ProtobufWriter(1)
  // resource_spans, scope_spans, spans, attributes, value
  const all = [0x0a, 0x12, 0x12, 0x4a, 0x12, ...tags]
  for (const tag of all) writer.open(tag, 1000)
  writer.append(Uint8Array.from(bytes))
  for (const _ of all) writer.close()
  return writer.written
}
