import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { describe, expect, it } from 'vitest'
import { BatchBuilder } from './batch-builder.js'
import { decodeRequest } from './decode-request.fixture.js'
import { encodedByOpenTelemetry, outgoingSpan, RESOURCE, SCOPE } from './outgoing-span.fixture.js'
import type { OutgoingSpan } from './outgoing-span.js'

const explode = (): never => {
  throw new Error('hostile')
}

/** What the types do not admit. */
function hostile(members: Record<string, unknown>): OutgoingSpan {
  return { ...outgoingSpan(), ...members } as OutgoingSpan
}

function names(body: Uint8Array): string[] {
  return decodeRequest(body).map(({ name }) => name)
}

describe('BatchBuilder', () => {
  it('take() hands out spans as OpenTelemetry encodes them, by resource and scope in the order these came in', () => {
    const resources = [RESOURCE, resourceFromAttributes({ a: 1 }, { schemaUrl: 'https://example.com/1' })]
    const scopes = [SCOPE, { name: 'other', schemaUrl: 'https://example.com/2' }, { name: 'third' }]
    const spans = Array.from({ length: 40 }, (_, n) =>
      outgoingSpan({
        name: `step ${n}`,
        resource: resources[(n >> 1) % 2] ?? RESOURCE,
        scope: scopes[n % 3] ?? SCOPE,
      }),
    )
    const builder = new BatchBuilder()
    for (const span of spans) builder.add(span)
    const { body, spanCount } = builder.take()
    expect(spanCount).toBe(40)
    expect(Buffer.compare(body, encodedByOpenTelemetry(spans))).toBe(0)
  })

  it('add() puts spans together whose resources and scopes are equal; OpenTelemetry repeats them', () => {
    const builder = new BatchBuilder()
    const copies = ['first', 'second', 'third'].map((name) =>
      outgoingSpan({ name, resource: resourceFromAttributes({ a: 'x'.repeat(1000) }), scope: { ...SCOPE } }),
    )
    for (const span of copies) builder.add(span)
    const { body } = builder.take()
    expect(names(body)).toEqual(['first', 'second', 'third'])
    expect(body.byteLength).toBeLessThan(1500)
    expect(encodedByOpenTelemetry(copies).byteLength).toBeGreaterThan(3000)
  })

  it.each([
    ['attributes', { resource: resourceFromAttributes({ a: 2 }) }, { resource: resourceFromAttributes({ a: 3 }) }],
    [
      'schemas of resources',
      { resource: resourceFromAttributes({}, { schemaUrl: 'https://example.com/1' }) },
      { resource: resourceFromAttributes({}, { schemaUrl: 'https://example.com/2' }) },
    ],
    ['scope versions', { scope: { name: 'a', version: '1' } }, { scope: { name: 'a', version: '2' } }],
    ['scope schemas', { scope: { name: 'a', schemaUrl: 'x' } }, { scope: { name: 'a', version: 'x' } }],
  ])('add() keeps spans apart that differ in %s', (_what, one, other) => {
    const spans = [outgoingSpan(one), outgoingSpan(other), outgoingSpan(one)]
    const builder = new BatchBuilder()
    for (const span of spans) builder.add(span)
    expect(Buffer.compare(builder.take().body, encodedByOpenTelemetry(spans))).toBe(0)
  })

  it('byteLength is the size of the request at any time', () => {
    const builder = new BatchBuilder()
    const spans: OutgoingSpan[] = []
    expect(builder.byteLength).toBe(0)
    // Over the sizes at which a length takes a byte more: of the span, its scope and its resource.
    for (let n = 0; n < 60; n++) {
      const scope = n % 7 === 0 ? { name: `scope ${n}` } : SCOPE
      spans.push(outgoingSpan({ name: 'x'.repeat(n * n), scope }))
      builder.add(outgoingSpan({ name: 'x'.repeat(n * n), scope }))
      expect(builder.byteLength).toBe(encodedByOpenTelemetry(spans).byteLength)
    }
    expect(builder.spanCount).toBe(60)
    const expected = builder.byteLength
    expect(builder.take().body.byteLength).toBe(expected)
    expect([builder.byteLength, builder.spanCount]).toEqual([0, 0])
  })

  it('take() begins anew: nothing of a batch is in the next one', () => {
    const builder = new BatchBuilder()
    builder.add(outgoingSpan({ name: 'first' }))
    const first = builder.take()
    builder.add(outgoingSpan({ name: 'other' }))
    const second = builder.take()
    expect([names(first.body), names(second.body)]).toEqual([['first'], ['other']])
    expect(builder.take()).toEqual({ body: Buffer.alloc(0), spanCount: 0 })
  })

  it('add() takes no more than fits, but a span alone whatever its size', () => {
    const small = outgoingSpan({ name: 'small' })
    const limit = encodedByOpenTelemetry([small, small, small]).byteLength
    const builder = new BatchBuilder(limit)
    expect([builder.add(small), builder.add(small), builder.add(small), builder.add(small)]).toEqual([
      'added',
      'added',
      'added',
      'full',
    ])
    expect(builder.byteLength).toBe(limit)
    expect(names(builder.take().body)).toEqual(['small', 'small', 'small'])
    const large = outgoingSpan({ name: 'x'.repeat(limit) })
    expect([builder.add(large), builder.add(small)]).toEqual(['added', 'full'])
    expect(builder.take().spanCount).toBe(1)
    expect(new BatchBuilder(limit - 1).add(small)).toBe('added')
  })

  it.each<[string, OutgoingSpan]>([
    [
      'a getter that throws',
      hostile({ attributes: Object.defineProperty({ a: 1 }, 'b', { get: explode, enumerable: true }) }),
    ],
    ['a Proxy that throws', hostile({ attributes: new Proxy({ a: 1 }, { ownKeys: explode }) })],
    ['a value that throws', hostile({ attributes: { a: [1, new Proxy({}, { getPrototypeOf: explode })] } })],
    ['a revoked Proxy', hostile({ attributes: { a: revoked() } })],
    ['an iterator that throws', hostile({ attributes: { a: Object.assign([1, 2], { [Symbol.iterator]: explode }) } })],
    ['no trace id', hostile({ context: { ...outgoingSpan().context, traceId: '' } })],
    ['a malformed trace id', hostile({ context: { ...outgoingSpan().context, traceId: 'not an id' } })],
    ['a span id that is no string', hostile({ context: { ...outgoingSpan().context, spanId: 5 } })],
    ['a malformed parent id', hostile({ parent: { ...outgoingSpan().context, spanId: '12' } })],
    ['a name that is no string', hostile({ name: 5 })],
    ['no name', hostile({ name: undefined })],
    ['no context', hostile({ context: undefined })],
    ['no status', hostile({ status: undefined })],
    ['a status message that is no string', hostile({ status: { code: 2, message: {} } })],
    ['events that are none', hostile({ events: 5 })],
    ['an event without a name', hostile({ events: [{ time: [1, 2] }] })],
    [
      'a trace state that throws',
      hostile({ context: { ...outgoingSpan().context, traceState: { serialize: explode } } }),
    ],
    [
      'a resource that throws',
      hostile({
        resource: {
          get attributes() {
            return explode()
          },
        },
      }),
    ],
    ['no resource', hostile({ resource: undefined })],
    ['a scope without a name', hostile({ scope: {} })],
    ['more items than memory holds', hostile({ attributes: { a: unfolding(40) } })],
    ['an array of four billion holes', hostile({ attributes: { a: Object.assign([], { length: 2 ** 32 - 1 }) } })],
    ['everything that throws', new Proxy(outgoingSpan(), { get: explode })],
  ])('add() leaves out a span with %s, and nothing of it is in the request', (_what, span) => {
    const builder = new BatchBuilder()
    builder.add(outgoingSpan({ name: 'before' }))
    const before = builder.byteLength
    expect(builder.add(span)).toBe('unencodable')
    expect([builder.byteLength, builder.spanCount]).toEqual([before, 1])
    expect(builder.add(outgoingSpan({ name: 'after' }))).toBe('added')
    expect(
      Buffer.compare(
        builder.take().body,
        encodedByOpenTelemetry([outgoingSpan({ name: 'before' }), outgoingSpan({ name: 'after' })]),
      ),
    ).toBe(0)
  })

  it('add() leaves out a span that ends while another one is encoded, and take() the one that is', () => {
    const builder = new BatchBuilder()
    const found: unknown[] = []
    const attributes = Object.defineProperty({ a: 1 }, 'b', {
      enumerable: true,
      get: () => {
        found.push(builder.add(outgoingSpan({ name: 'inner' })), names(builder.take().body))
        return 'value'
      },
    })
    builder.add(outgoingSpan({ name: 'before' }))
    found.push(builder.add(outgoingSpan({ name: 'outer', attributes })))
    expect(found).toEqual(['unencodable', ['before'], 'added'])
    const [outer, ...others] = decodeRequest(builder.take().body)
    expect(outer).toMatchObject({
      name: 'outer',
      attributes: [
        ['a', 1],
        ['b', 'value'],
      ],
    })
    expect(others).toEqual([])
  })

  it('add() encodes a resource that is being detected as far as it is known, anew for each batch', async () => {
    const never = new Promise<string>(() => {})
    const resource = resourceFromAttributes({ a: 1, soon: Promise.resolve('host'), never })
    const builder = new BatchBuilder()
    const attributes = (): unknown => {
      builder.add(outgoingSpan({ resource }))
      return decodeRequest(builder.take().body)[0]?.resource.attributes
    }
    expect(attributes()).toEqual([['a', 1]])
    void resource.waitForAsyncAttributes?.()
    await new Promise((resolve) => setImmediate(resolve))
    expect(attributes()).toEqual([
      ['a', 1],
      ['soon', 'host'],
    ])
  })

  it('add() encodes a resource once all of it is known', async () => {
    const resource = resourceFromAttributes({ a: 1, soon: Promise.resolve('host') })
    const builder = new BatchBuilder()
    builder.add(outgoingSpan({ resource }))
    await resource.waitForAsyncAttributes?.()
    builder.add(outgoingSpan({ resource }))
    expect(decodeRequest(builder.take().body).map((span) => span.resource.attributes.length)).toEqual([1, 2])
  })
})

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

/** A small object that says the same thing twice, `levels` times over. */
function unfolding(levels: number): unknown {
  let value: unknown = 'x'
  for (let level = 0; level < levels; level++) value = [value, value]
  return value
}

/** Bytes of buffers that something still refers to. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().arrayBuffers
}

describe('memory of a BatchBuilder', () => {
  it('take() hands out bodies that keep no more memory than they have bytes', () => {
    const builder = new BatchBuilder()
    for (const count of [1, 3, 512]) {
      for (let n = 0; n < count; n++) builder.add(outgoingSpan({ name: `step ${n}` }))
      const { body } = builder.take()
      expect([body.byteOffset, body.buffer.byteLength]).toEqual([0, body.byteLength])
    }
  })

  it('100,000 spans of 1 kB in batches of 512 keep the bodies alive and little more', () => {
    const before = heldBytes()
    const builder = new BatchBuilder()
    const bodies: Uint8Array[] = []
    for (let n = 1; n <= 100_000; n++) {
      builder.add(outgoingSpan({ attributes: { n, input: 'x'.repeat(450), output: 'é'.repeat(225) } }))
      if (n % 512 === 0 || n === 100_000) bodies.push(builder.take().body)
    }
    const bytes = bodies.reduce((sum, { byteLength }) => sum + byteLength, 0)
    expect(bytes).toBeGreaterThan(100_000_000)
    expect(heldBytes() - before - bytes).toBeLessThan(2 * 1024 * 1024)
    expect(builder.spanCount).toBe(0)
  })

  it('take() gives up the room that a large span took', () => {
    const before = heldBytes()
    const builder = new BatchBuilder()
    builder.add(outgoingSpan({ name: 'x'.repeat(20_000_000) }))
    const { body } = builder.take()
    expect(heldBytes() - before - body.byteLength).toBeLessThan(1024 * 1024)
    expect(builder.spanCount).toBe(0)
  })
})
