import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { jsonNestsTooDeep, nestsTooDeep } from './nests-too-deep.js'
import { ALL_FIELDS, exportOf, span, startTestServer } from './test-server.fixture.js'

/** Deeper than any stack. */
const DEPTH = 20_000
const arrays = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const objects = (depth: number, leaf = '1'): string => '{"a":'.repeat(depth) + leaf + '}'.repeat(depth)

describe('nestsTooDeep()', () => {
  it.each([
    ['a plain value', 'x', 0, false],
    ['null', null, 0, false],
    ['an empty array where none may be', [], 0, true],
    ['an empty object at the limit', {}, 1, false],
    ['two levels of two', { a: [1, 2] }, 2, false],
    ['two levels of one', { a: [1, 2] }, 1, true],
    ['the deep one of many', [1, 'x', {}, { b: { c: [] } }], 3, true],
    ['a value no stack holds', JSON.parse(arrays(DEPTH)), 128, true],
  ])('nestsTooDeep() of %s', (_what, value, maxDepth, expected) => {
    expect(nestsTooDeep(value, maxDepth)).toBe(expected)
  })

  it.each([
    [arrays(128), false],
    [arrays(129), true],
    [objects(128), false],
    [objects(129), true],
    [JSON.stringify('['.repeat(500)), false],
  ])('jsonNestsTooDeep() of %s is %s', (text, expected) => {
    expect(jsonNestsTooDeep(text, JSON.parse(text))).toBe(expected)
  })
})

// Every convention that has JSON in an attribute, each of which is parsed, walked or written again somewhere.
describe('an export with one value that nests deeper than the stack', () => {
  const calls = `{"type":"tool","message":${objects(DEPTH).replaceAll('"a"', '"message"')}}`
  const rows: [string, Record<string, string>, string][] = [
    ['langfuse.observation.metadata', { 'langfuse.observation.metadata': objects(DEPTH) }, 'test'],
    ['a list below metadata', { 'langfuse.trace.metadata': `{"list":${arrays(DEPTH)}}` }, 'test'],
    ['one metadata key', { 'langfuse.observation.metadata.deep': arrays(DEPTH) }, 'test'],
    ['langfuse.metadata', { 'langfuse.metadata': arrays(DEPTH) }, 'langfuse-sdk'],
    ['the input', { 'langfuse.observation.input': `{"tools":${arrays(DEPTH)}}` }, 'test'],
    ['the output of a tool call', { 'langfuse.observation.output': calls }, 'test'],
    ['a list of tool calls', { 'langfuse.observation.output': `{"tool_calls":${JSON.stringify(calls)}}` }, 'test'],
    ['model parameters', { 'langfuse.observation.model.parameters': `{"p":${arrays(DEPTH)}}` }, 'test'],
    ['usage', { 'langfuse.observation.usage_details': objects(DEPTH) }, 'test'],
    ['cost', { 'langfuse.observation.cost_details': objects(DEPTH) }, 'test'],
    ['tags', { 'langfuse.trace.tags': arrays(DEPTH) }, 'test'],
    ['genkit', { 'genkit:input': `{"messages":${arrays(DEPTH)}}` }, 'genkit-tracer'],
    ['logfire', { events: arrays(DEPTH) }, 'logfire'],
    [
      'system instructions',
      { 'gen_ai.input.messages': '[]', 'gen_ai.system_instructions': `[${arrays(DEPTH)}]` },
      'test',
    ],
    ['messages', { 'gen_ai.input.messages': arrays(DEPTH), 'gen_ai.system_instructions': 'be brief' }, 'test'],
    ['the metadata of a provider', { 'ai.response.providerMetadata': `{"openai":${objects(DEPTH)}}` }, 'ai'],
    [
      'a prompt',
      { 'ai.telemetry.metadata.langfusePrompt': `{"name":${arrays(DEPTH)},"version":${arrays(DEPTH)}}` },
      'ai',
    ],
    ['a key of many parts', { [`gen_ai.prompt.${'a.'.repeat(DEPTH)}content`]: 'deep' }, 'test'],
    ['a key of many indices', { [`llm.input_messages.${'0.'.repeat(DEPTH)}content`]: 'deep' }, 'test'],
  ]

  it.each(rows)('otlpTraces() stores all of it, and it reads back, with %s', async (_what, attributes, name) => {
    const server = await startTestServer()
    const spans = [span({ spanId: 'good' }), span({ spanId: 'deep' }, { 'gen_ai.request.model': 'm', ...attributes })]
    const body = { resourceSpans: [{ scopeSpans: [{ scope: { name }, spans }] }] }
    expect((await server.send('POST', '/api/public/otel/v1/traces', body)).status).toBe(200)
    const rows = await server.observations({ fields: ALL_FIELDS, expandMetadata: 'metadata,deep,list' })
    expect(rows.map(({ id }) => id)).toEqual(['good', 'deep'])
    expect((await server.get('/')).status).toBe(200)
    expect((await server.get('/traces/0af7651916cd43dd8448eb211c80319c')).status).toBe(200)
  })

  it('otlpTraces() keeps the text of what it does not follow', async () => {
    const server = await startTestServer()
    const [deep, input] = [objects(DEPTH, '"metadata"'), `{"messages":${arrays(DEPTH)}}`]
    await server.ingest(span({}, { 'langfuse.observation.metadata': deep, 'langfuse.observation.input': input }))
    const [row] = await server.observations({ fields: 'io,metadata', expandMetadata: 'metadata' })
    expect([row.metadata.metadata, row.input]).toEqual([deep, input])
  })

  it.each([
    ['a list', (inner: string) => `{"arrayValue":{"values":[${inner}]}}`],
    ['key-value pairs', (inner: string) => `{"kvlistValue":{"values":[{"key":"k","value":${inner}}]}}`],
    ['no value at all', (inner: string) => `{"unknown":${inner}}`],
  ])('otlpTraces() refuses %s of OTLP that nests so deep', async (_what, wrap) => {
    const server = await startTestServer()
    const [before = '', after = ''] = wrap('@').split('@')
    const deep = `${before.repeat(DEPTH)}{}${after.repeat(DEPTH)}`
    const json = JSON.stringify(exportOf(span({ attributes: [{ key: 'deep', value: '@' }] }))).replace('"@"', deep)
    const { status, body } = await server.send('POST', '/api/public/otel/v1/traces', gzipSync(json), {
      'content-encoding': 'gzip',
    })
    expect([status, body]).toEqual([400, { error: 'Failed to parse OTel JSON Trace' }])
  })

  it.each([
    [32, 200],
    [33, 400],
  ])('otlpTraces() answers key-value pairs %d levels deep with %d, whatever the encoding', async (levels, expected) => {
    const server = await startTestServer()
    const start = '{"kvlistValue":{"values":[{"key":"k","value":'
    const deep = `${start.repeat(levels)}{"stringValue":"x"}${'}]}}'.repeat(levels)}`
    const json = JSON.stringify(exportOf(span({ attributes: [{ key: 'deep', value: '@' }] }))).replace('"@"', deep)
    expect((await server.send('POST', '/api/public/otel/v1/traces', json)).status).toBe(expected)
    const answer = await server.send('POST', '/api/public/otel/v1/traces', protobufPairs(levels), {
      'content-type': 'application/x-protobuf',
    })
    expect(answer.status).toBe(expected)
  })
})

describe('a score whose metadata nests deeper than the stack', () => {
  const deep = `{"name":"n","value":1,"traceId":"t","metadata":${objects(DEPTH)}}`
  const problem = 'The metadata of a score may nest 128 levels deep: send less'

  it('createScore() refuses it', async () => {
    const server = await startTestServer()
    const { status, body } = await server.send('POST', '/api/public/scores', deep)
    expect([status, body]).toEqual([400, { message: problem, error: 'InvalidRequestError' }])
  })

  it('ingestBatch() refuses it and takes the others', async () => {
    const server = await startTestServer()
    const event = (id: string, score: string): string =>
      `{"id":"${id}","type":"score-create","timestamp":"2026-11-23T04:08:02.780Z","body":${score}}`
    const good = '{"name":"n","value":1,"traceId":"t","metadata":{"a":[1]}}'
    const { body } = await server.send(
      'POST',
      '/api/public/ingestion',
      `{"batch":[${event('bad', deep)},${event('good', good)}]}`,
    )
    expect(body).toEqual({
      successes: [{ id: 'good', status: 201 }],
      errors: [{ id: 'bad', status: 400, message: 'Invalid request data', error: problem }],
    })
  })

  it('listScores() gives JSON that nests so deep as the text it was sent as', async () => {
    const server = await startTestServer()
    const text = arrays(DEPTH)
    await server.send('POST', '/api/public/scores', { name: 'n', value: 1, traceId: 't', metadata: { text } })
    const { body } = await server.get('/api/public/v3/scores?fields=details')
    expect(body.data[0].metadata).toEqual({ text })
  })
})

/** An export with one attribute of nested key-value lists, written from the innermost message outwards. */
function protobufPairs(levels: number): Buffer {
  const field = (number: number, content: Buffer): Buffer => {
    const length: number[] = []
    for (let rest = content.length; length.length === 0 || rest > 0; rest >>= 7)
      length.push((rest & 127) | (rest > 127 ? 128 : 0))
    return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), content])
  }
  const key = field(1, Buffer.from('k'))
  let value = field(1, Buffer.from('x'))
  for (let level = 0; level < levels; level++) value = field(6, field(1, Buffer.concat([key, field(2, value)])))
  const ids = [field(1, Buffer.alloc(16, 1)), field(2, Buffer.alloc(8, 1))]
  const attribute = field(9, Buffer.concat([key, field(2, value)]))
  return field(1, field(2, field(2, Buffer.concat([...ids, attribute]))))
}
