import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import {
  ALL_FIELDS,
  type Answer,
  exportOf,
  recorded,
  span,
  startTestServer,
  type TestServer,
} from '../test-server.fixture.js'

const PATH = '/api/public/otel/v1/traces'

/** Makes two real spans with the SDK: a root, and a generation that fails. */
async function makeSpans(): Promise<ReturnType<InMemorySpanExporter['getFinishedSpans']>> {
  const memory = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] })
  const tracer = provider.getTracer('parity', '1.2.3')
  const root = tracer.startSpan('root', {
    startTime: [1795406882, 480123456],
    attributes: { 'user.id': 'ünï', 'langfuse.trace.tags': ['a', 'b'] },
  })
  const child = tracer.startSpan(
    'call',
    {
      kind: SpanKind.CLIENT,
      startTime: [1795406882, 999999999],
      attributes: {
        'gen_ai.request.model': 'gpt-4o',
        ratio: 0.25,
        negative: -7,
        big: 2 ** 40,
        flag: true,
        texts: ['x', 'y'],
      },
    },
    trace.setSpan(ROOT_CONTEXT, root),
  )
  child.addEvent('gen_ai.user.message', { content: 'hi' })
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'overloaded' })
  child.end([1795406884, 1])
  root.end([1795406885, 0])
  await provider.forceFlush()
  return memory.getFinishedSpans()
}

/** The same spans as OTLP/JSON, written by hand from what the SDK made: an independent encoding. */
function asJson(spans: Awaited<ReturnType<typeof makeSpans>>): Record<string, unknown> {
  const nanos = ([seconds, rest]: [number, number]): string => `${seconds}${String(rest).padStart(9, '0')}`
  const value = (item: unknown): Record<string, unknown> => {
    if (Array.isArray(item)) return { arrayValue: { values: item.map(value) } }
    if (typeof item === 'boolean') return { boolValue: item }
    if (typeof item === 'number') return Number.isInteger(item) ? { intValue: String(item) } : { doubleValue: item }
    return { stringValue: item }
  }
  const list = (attributes: object): object[] =>
    Object.entries(attributes).map(([key, item]) => ({ key, value: value(item) }))
  const [first] = spans
  return {
    resourceSpans: [
      {
        resource: { attributes: list(first?.resource.attributes ?? {}) },
        scopeSpans: [
          {
            scope: { name: 'parity', version: '1.2.3' },
            spans: spans.map((item) => ({
              traceId: item.spanContext().traceId,
              spanId: item.spanContext().spanId,
              parentSpanId: item.parentSpanContext?.spanId,
              name: item.name,
              startTimeUnixNano: nanos(item.startTime),
              endTimeUnixNano: nanos(item.endTime),
              attributes: list(item.attributes),
              events: item.events.map((event) => ({ name: event.name, attributes: list(event.attributes ?? {}) })),
              status: { code: item.status.code, message: item.status.message },
            })),
          },
        ],
      },
    ],
  }
}

async function exportProtobuf(
  server: TestServer,
  spans: Awaited<ReturnType<typeof makeSpans>>,
  compression: 'gzip' | 'none',
): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
  // The enum of the exporter is not part of its public entry point, hence the cast of its literal value.
  const exporter = new OTLPTraceExporter({
    url: `${server.url}${PATH}`,
    headers: { authorization },
    compression: compression as never,
  })
  const code = await new Promise<number>((resolve) => exporter.export(spans, (result) => resolve(result.code)))
  await exporter.shutdown()
  return code
}

describe('otlpTraces()', () => {
  it('otlpTraces() reads protobuf as it reads JSON', async () => {
    const spans = await makeSpans()
    const answers: Answer['body'][] = []
    for (const encoding of ['json', 'protobuf', 'gzip'] as const) {
      const server = await startTestServer({ clock: () => 1795406890000 })
      if (encoding === 'json') expect((await server.send('POST', PATH, asJson(spans))).status).toBe(200)
      else expect(await exportProtobuf(server, spans, encoding === 'gzip' ? 'gzip' : 'none')).toBe(0)
      answers.push(await server.observations({ fields: ALL_FIELDS }))
    }
    const [json, ...others] = answers
    expect(others).toEqual([json, json])
    expect(
      json.map((row: { name: string; startTime: string; level: string; latency: number }) => [
        row.name,
        row.startTime,
        row.level,
        row.latency,
      ]),
    ).toEqual([
      ['call', '2026-11-23T04:08:02.999Z', 'ERROR', 1.001],
      ['root', '2026-11-23T04:08:02.480Z', 'DEFAULT', 2.52],
    ])
    expect(json[0]).toMatchObject({
      statusMessage: 'overloaded',
      type: 'GENERATION',
      model: 'gpt-4o',
      input: '[{"role":"user","content":"hi"}]',
      metadata: {
        'attributes.ratio': 0.25,
        'attributes.negative': -7,
        'attributes.big': 2 ** 40,
        'attributes.flag': true,
        'attributes.texts': ['x', 'y'],
      },
    })
  })

  it('otlpTraces() reads gzipped JSON', async () => {
    const server = await startTestServer()
    const body = gzipSync(JSON.stringify(recorded('02_otlp_json_post').request.body))
    expect((await server.send('POST', PATH, body, { 'content-encoding': 'gzip' })).status).toBe(200)
    expect(await server.observations()).toHaveLength(3)
  })

  it.each([
    ['no JSON', '{"resourceSpans":', { error: 'Failed to parse OTel JSON Trace' }],
    ['a JSON null', 'null', { error: 'Failed to parse OTel JSON Trace' }],
    ['an empty body', '', { error: 'Failed to parse OTel JSON Trace' }],
  ])('otlpTraces() refuses %s', async (_what, body, expected) => {
    const server = await startTestServer()
    const answer = await server.send('POST', PATH, body)
    expect([answer.status, answer.body]).toEqual([400, expected])
  })

  it.each([
    ['{}', {}],
    ['{"resourceSpans":[]}', {}],
    ['[]', {}],
  ])('otlpTraces() accepts the empty export %s', async (body, expected) => {
    const server = await startTestServer()
    const answer = await server.send('POST', PATH, body)
    expect([answer.status, answer.body]).toEqual([200, expected])
  })

  it.each([
    ['no trace id', span({ traceId: undefined }), 'traceId:absent'],
    ['a number as span id', span({ spanId: 7 }), 'spanId:not_an_id'],
    ['an object as parent', span({ parentSpanId: { length: 8e8 } }), 'parentSpanId:not_an_id'],
    ['attributes as an object', span({ attributes: { key: 'value' } }), 'attributes:not_an_array'],
    ['events as text', span({ events: 'x' }), 'events:not_an_array'],
    [
      'event attributes as an object',
      span({ events: [{ name: 'e', attributes: {} }] }),
      'event.attributes:not_an_array',
    ],
    ['null as a span', null, 'traceId:absent, spanId:absent'],
  ])('otlpTraces() refuses the whole export for %s', async (_what, bad, reason) => {
    const server = await startTestServer()
    const good = span({ spanId: '00f067aa0ba902b7' })
    const { status, body } = await server.send('POST', PATH, exportOf(good, bad ?? { traceId: null }))
    expect(status).toBe(400)
    expect(body.error).toMatch(/^Invalid OTLP trace export: 1 of 2 spans cannot be read/)
    expect(body.error).toContain(`(${reason})`)
    expect(body.error).toContain('Instrumentation scopes: test.')
    expect(await server.observations()).toEqual([])
  })

  it.each([
    [{ resourceSpans: {} }, 'resourceSpans:not_an_array'],
    [{ resourceSpans: [{ scopeSpans: {} }] }, 'scopeSpans:not_an_array'],
    [{ resourceSpans: [{ scopeSpans: [{ spans: 3 }] }] }, 'spans:not_an_array'],
    [{ resourceSpans: [{ resource: { attributes: {} } }] }, 'resource.attributes:not_an_array'],
    [{ resourceSpans: [{ scopeSpans: [{ scope: { attributes: {} } }] }] }, 'scope.attributes:not_an_array'],
  ])('otlpTraces() refuses the collection in %j', async (body, reason) => {
    const server = await startTestServer()
    const answer = await server.send('POST', PATH, body)
    expect(answer.status).toBe(400)
    expect(answer.body.error).toContain(`(${reason})`)
  })

  it.each([
    ['text', Buffer.from('hello, this is not protobuf at all')],
    ['a message cut short', Buffer.from([0x0a, 0x7f, 0x01])],
    ['a field longer than its message', Buffer.from([0x0a, 0x02, 0x12, 0x05])],
    ['an endless number', Buffer.from(new Array(20).fill(0xff))],
    ['a wrong wire type', Buffer.from([0x08, 0x01])],
  ])('otlpTraces() refuses %s as protobuf', async (_what, body) => {
    const server = await startTestServer()
    const answer = await server.send('POST', PATH, body, { 'content-type': 'application/x-protobuf' })
    expect([answer.status, answer.body]).toEqual([400, { error: 'Failed to parse OTel Protobuf Trace' }])
  })

  it('otlpTraces() refuses protobuf log records, which have no ids', async () => {
    const server = await startTestServer()
    // resourceSpans { scopeSpans { spans { name: "x" } } }
    const body = Buffer.from([0x0a, 0x07, 0x12, 0x05, 0x12, 0x03, 0x2a, 0x01, 0x78])
    const answer = await server.send('POST', PATH, body, { 'content-type': 'application/x-protobuf' })
    expect(answer.status).toBe(400)
    expect(answer.body.error).toMatch(/^Invalid OTLP trace export: 1 of 1 spans cannot be read/)
  })

  it('otlpTraces() refuses nesting that would exhaust the stack', async () => {
    const server = await startTestServer()
    const deep = `${'{"arrayValue":{"values":['.repeat(2000)}${']}}'.repeat(2000)}`
    const json = JSON.stringify(exportOf(span({ attributes: [{ key: 'deep', value: '@' }] }))).replace('"@"', deep)
    const { status, body } = await server.send('POST', PATH, json)
    expect([status, body]).toEqual([400, { error: 'Failed to parse OTel JSON Trace' }])
  })

  it.each([
    [{ 'content-type': 'text/plain' }, { error: 'Invalid content type' }],
    [
      { 'x-langfuse-ingestion-version': '5' },
      { error: 'Unsupported x-langfuse-ingestion-version: "5". Maximum supported: "4".' },
    ],
    [
      { 'x-langfuse-ingestion-version': 'x' },
      { error: 'Unsupported x-langfuse-ingestion-version: "x". Maximum supported: "4".' },
    ],
    [{ 'content-encoding': 'gzip' }, { error: 'Failed to decompress request body' }],
  ])('otlpTraces() refuses the headers %j', async (headers, expected) => {
    const server = await startTestServer()
    const answer = await server.send('POST', PATH, exportOf(span({})), headers)
    expect([answer.status, answer.body]).toEqual([400, expected])
  })

  it.each([
    ['plain', Buffer.alloc(16 * 1024 * 1024 + 1, ' '), {}],
    ['a zip bomb', gzipSync(Buffer.alloc(64 * 1024 * 1024)), { 'content-encoding': 'gzip' }],
  ])('otlpTraces() refuses more than 16 MiB, %s', async (_what, body, headers) => {
    const server = await startTestServer()
    const answer = await server.send('POST', PATH, body, headers)
    expect([answer.status, answer.body.error]).toEqual([413, 'PayloadTooLargeError'])
    expect((await server.get('/api/public/health')).status).toBe(200)
  })

  it('otlpTraces() takes nothing of a body it refused unread for the next request', async () => {
    const server = await startTestServer()
    const { port } = new URL(server.url)
    const authorization = Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')
    const socket = connect(Number(port), '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    // The answer comes when the head is there, and the connection ends although the body has not.
    socket.write(
      `POST ${PATH} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Basic ${authorization}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${16 * 1024 * 1024 + 1}\r\n\r\nGET / HTTP/1.1\r\n`,
    )
    await once(socket, 'close')
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer.toLowerCase()).toContain('\r\nconnection: close\r\n')
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  it('otlpTraces() refuses an encoding it does not know', async () => {
    const server = await startTestServer()
    const { status } = await server.send('POST', PATH, exportOf(span({})), { 'content-encoding': 'br' })
    expect(status).toBe(415)
  })

  it('otlpTraces() lets a span that is sent again replace the earlier one', async () => {
    const server = await startTestServer()
    await server.ingest(span({ name: 'first' }, { 'langfuse.observation.input': 'one' }))
    await server.ingest(span({ name: 'second' }), span({ spanId: '00f067aa0ba902b7', name: 'other' }))
    const rows = await server.observations({ fields: 'basic,io' })
    expect(rows.map(({ name, input }) => [name, input])).toEqual([
      ['second', null],
      ['other', null],
    ])
  })

  it('otlpTraces() keeps the case of ids and takes byte arrays', async () => {
    const server = await startTestServer()
    await server.ingest(
      span({ traceId: 'ABCdef', spanId: [0, 1, 254, 255] }),
      span({ traceId: 'ABCdef', spanId: { type: 'Buffer', data: [7] } }),
    )
    const rows = await server.observations({ traceId: 'ABCdef' })
    expect(rows.map(({ traceId, id }) => [traceId, id])).toEqual([
      ['ABCdef', '07'],
      ['ABCdef', '0001feff'],
    ])
  })

  it.each([
    ['no end', { endTimeUnixNano: undefined }, '2026-11-23T04:08:02.480Z', '2026-11-23T04:08:02.480Z'],
    ['no start', { startTimeUnixNano: '' }, '2026-11-23T04:08:02.980Z', '2026-11-23T04:08:02.980Z'],
    [
      'neither',
      { startTimeUnixNano: 'soon', endTimeUnixNano: null },
      '2026-11-23T05:00:00.000Z',
      '2026-11-23T05:00:00.000Z',
    ],
    ['numbers', { startTimeUnixNano: 1795406882480000000 }, '2026-11-23T04:08:02.480Z', '2026-11-23T04:08:02.980Z'],
    [
      'a year no clock shows',
      { startTimeUnixNano: '99999999999999999999999' },
      '2026-11-23T04:08:02.980Z',
      '2026-11-23T04:08:02.980Z',
    ],
  ])('otlpTraces() finds times for a span with %s', async (_what, fields, startTime, endTime) => {
    const server = await startTestServer({ clock: () => Date.parse('2026-11-23T05:00:00.000Z') })
    await server.ingest(span(fields))
    expect(await server.observations({ fields: 'core' })).toMatchObject([{ startTime, endTime }])
  })

  it.each([
    ['a first chunk after the end of time', span({}, { 'ai.response.msToFirstChunk': 1e18 })],
    ['a first chunk before its beginning', span({}, { 'ai.stream.msToFirstChunk': -1e18 })],
    [
      'a completion start no Date holds',
      span({}, { 'langfuse.observation.completion_start_time': '8640000000000001' }),
    ],
    ['the last start there is', span({ startTimeUnixNano: 8.64e21 })],
    ['a start of minus zero', JSON.parse(JSON.stringify(span({})).replace('"1795406882480000000"', '-0'))],
    [
      'more tokens than a double adds up',
      span({}, { 'gen_ai.usage.input_tokens': 1.7e308, 'gen_ai.usage.x': 1.7e308 }),
    ],
    ['a cost beyond all sums', span({}, { 'langfuse.observation.cost_details': '{"input":1.7e308,"output":1.7e308}' })],
  ])('otlpTraces() stores %s as a row that can be read', async (_what, row) => {
    const server = await startTestServer()
    await server.ingest(row)
    expect(await server.observations({ fields: ALL_FIELDS })).toHaveLength(1)
    expect((await server.get('/')).status).toBe(200)
    expect((await server.get('/traces/0af7651916cd43dd8448eb211c80319c')).status).toBe(200)
  })
})
