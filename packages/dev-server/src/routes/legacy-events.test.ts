import { describe, expect, it } from 'vitest'
import { span, startTestServer, type TestServer, temporaryDirectory } from '../test-server.fixture.js'

const INGESTION = '/api/public/ingestion'
const TIME = '2026-11-23T04:00:00.000Z'
const at = (millis: number): string => new Date(Date.parse(TIME) + millis).toISOString()

let serial = 0
const event = (type: string, body: object, timestamp = TIME): object => ({ id: `e${serial++}`, type, timestamp, body })

async function send(server: TestServer, ...batch: object[]): Promise<void> {
  const { status, body } = await server.send('POST', INGESTION, { batch })
  expect([status, body.errors]).toEqual([207, []])
  expect(body.successes).toHaveLength(batch.length)
}

const ids = async (server: TestServer, query: string): Promise<unknown> =>
  (await server.get(`/api/public/${query}`)).body.data?.map(({ id }: { id: string }) => id)

describe('ingestBatch() in the mode legacy', () => {
  it('ingestBatch() brings a trace and its observations up to date, event by event', async () => {
    const server = await startTestServer({ legacy: true })
    await send(
      server,
      event('trace-create', {
        id: 't',
        name: 'first',
        tags: ['b'],
        metadata: { a: 1 },
        input: { q: 1 },
        timestamp: TIME,
      }),
      event('generation-create', { id: 'g', traceId: 't', name: 'llm', startTime: at(0), model: 'gpt-4o' }),
    )
    await send(
      server,
      // Sent in the wrong order: what happened later counts.
      event('trace-create', { id: 't', name: 'last', tags: ['a'], metadata: { b: { c: 2 } }, output: 'done' }, at(9)),
      event('trace-create', { id: 't', name: 'middle', userId: 'ada' }, at(5)),
      event('generation-update', {
        ...{ id: 'g', traceId: 't', endTime: at(500), completionStartTime: at(100), level: 'WARNING' },
        usage: { promptTokens: 3, completionTokens: 4, totalTokens: 7, unit: 'TOKENS' },
      }),
    )
    const { body } = await server.get('/api/public/traces/t')
    expect(body).toMatchObject({
      ...{
        name: 'last',
        userId: 'ada',
        tags: ['a', 'b'],
        metadata: { a: 1, b: { c: 2 } },
        input: { q: 1 },
        output: 'done',
      },
      ...{ timestamp: TIME, latency: 0.5 },
      observations: [
        {
          ...{ id: 'g', type: 'GENERATION', name: 'llm', level: 'WARNING', model: 'gpt-4o', latency: 0.5 },
          ...{ timeToFirstToken: 0.1, usageDetails: { input: 3, output: 4, total: 7 }, promptTokens: 3 },
        },
      ],
    })
    // 3 and 4 tokens of gpt-4o; neither event had both the model and the usage.
    expect(body.totalCost).toBeCloseTo(0.0000475, 10)
    expect(body.observations[0].calculatedTotalCost).toBeCloseTo(0.0000475, 10)
  })

  it.each([
    ['span-create', 'SPAN'],
    ['event-create', 'EVENT'],
    ['tool-create', 'TOOL'],
    ['agent-create', 'AGENT'],
    ['guardrail-create', 'GUARDRAIL'],
    ['span-update', 'SPAN'],
  ])('ingestBatch() makes a %s a %s', async (type, expected) => {
    const server = await startTestServer({ legacy: true })
    await send(server, event(type, { id: 'o', traceId: 't', startTime: TIME, name: 'n' }))
    expect((await server.get('/api/public/observations/o')).body).toMatchObject({ type: expected, traceId: 't' })
    expect(await ids(server, 'traces')).toEqual(['t'])
  })

  it('ingestBatch() takes the type of an observation-create from its body, and a stated cost as it is', async () => {
    const server = await startTestServer({ legacy: true })
    const body = {
      id: 'o',
      traceId: 't',
      type: 'EMBEDDING',
      model: 'gpt-4o',
      startTime: TIME,
      costDetails: { total: 2 },
    }
    await send(server, event('observation-create', body))
    expect((await server.get('/api/public/observations/o')).body).toMatchObject({
      ...{ type: 'EMBEDDING', calculatedTotalCost: 2 },
    })
  })

  it('ingestBatch() names the prompt of a generation where the project has it', async () => {
    const server = await startTestServer({ legacy: true })
    const { body: prompt } = await server.send('POST', '/api/public/v2/prompts', { name: 'p', prompt: 'hi' })
    const generation = { traceId: 't', startTime: TIME, promptName: 'p' }
    await send(server, event('generation-create', { ...generation, id: 'known', promptVersion: 1 }))
    await send(server, event('generation-create', { ...generation, id: 'unknown', promptVersion: 2 }))
    const link = async (id: string): Promise<unknown> => {
      const { body } = await server.get(`/api/public/observations/${id}`)
      return [body.promptId, body.promptName, body.promptVersion]
    }
    expect(await link('known')).toEqual([prompt.id, 'p', 1])
    expect(await link('unknown')).toEqual([null, null, null])
  })

  it.each([
    ['a time that is none', 'span-create', { startTime: 'yesterday' }],
    ['a level that is none', 'span-create', { level: 'LOUD' }],
    ['tags that are no list', 'trace-create', { tags: 'a' }],
    ['a body that is none', 'trace-create', null],
    [
      'a body that nests too deep to be followed',
      'span-create',
      `{"input":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ],
    ['a type that is none', 'spam-create', {}],
    ['an update of what has none', 'tool-update', {}],
  ])('ingestBatch() refuses %s, and takes the rest of the batch', async (_what, type, body) => {
    const server = await startTestServer({ legacy: true })
    // The body may nest deeper than JSON.stringify can follow.
    const bad = `{"id":"bad","type":"${type}","timestamp":"${TIME}","body":${typeof body === 'string' ? body : JSON.stringify(body)}}`
    const good = JSON.stringify(event('trace-create', { id: 'good' }))
    const answer = await server.send('POST', INGESTION, `{"batch":[${bad},${good}]}`)
    expect(answer.status).toBe(207)
    expect(answer.body.errors).toMatchObject([{ id: 'bad', status: 400, message: 'Invalid request data' }])
    expect(answer.body.successes).toHaveLength(1)
    expect(await ids(server, 'traces')).toEqual(['good'])
  })

  it('ingestBatch() lets browsers write scores and nothing else', async () => {
    const server = await startTestServer({ legacy: true })
    const batch = [event('trace-create', { id: 't' }), event('score-create', { name: 's', value: 1, traceId: 't' })]
    const headers = { authorization: `Bearer ${server.publicKey}` }
    const { body } = await server.send('POST', INGESTION, { batch }, headers)
    expect([body.successes.length, body.errors]).toEqual([1, [expect.objectContaining({ status: 401 })]])
    expect(await ids(server, 'traces')).toEqual([])
  })
})

describe('the endpoints of the mode legacy', () => {
  async function startFilled(): Promise<TestServer> {
    const server = await startTestServer({ legacy: true })
    await send(
      server,
      event('trace-create', {
        ...{
          id: 'a',
          name: 'one',
          userId: 'u',
          sessionId: 's',
          tags: ['x', 'y'],
          environment: 'e',
          release: 'r',
          version: 'v',
        },
        ...{ metadata: { tier: 'gold' }, timestamp: at(1) },
      }),
      event('trace-create', { id: 'b', name: 'two', tags: ['x'], timestamp: at(2) }),
      event('trace-create', { id: 'c', timestamp: at(3), sessionId: 's' }),
      event('span-create', { id: 'o1', traceId: 'a', startTime: at(1), endTime: at(2001), name: 'step' }),
      event('event-create', { id: 'o2', traceId: 'b', parentObservationId: 'o1', startTime: at(2), level: 'ERROR' }),
      event('score-create', { id: 's1', traceId: 'a', name: 'q', value: 0.5 }),
      event('score-create', { id: 's2', traceId: 'b', name: 'q', value: 0.9 }, at(1)),
      event('score-create', { id: 's3', sessionId: 's', name: 'q', value: 1 }, at(2)),
    )
    return server
  }
  const filter = (...conditions: object[]): string => encodeURIComponent(JSON.stringify(conditions))

  it('listLegacyTraces() filters, orders and pages, and so do its neighbours', async () => {
    const server = await startFilled()
    const table: readonly (readonly [string, readonly string[]])[] = [
      ['traces', ['c', 'b', 'a']],
      ['traces?orderBy=timestamp.asc', ['a', 'b', 'c']],
      ['traces?orderBy=name.desc', ['b', 'a', 'c']],
      ['traces?limit=1&page=2', ['b']],
      ['traces?name=one', ['a']],
      ['traces?userId=u', ['a']],
      ['traces?sessionId=s', ['c', 'a']],
      ['traces?release=r&version=v', ['a']],
      ['traces?environment=e&environment=f', ['a']],
      ['traces?environment=default', ['c', 'b']],
      ['traces?tags=x', ['b', 'a']],
      ['traces?tags=x&tags=y', ['a']],
      [`traces?fromTimestamp=${at(2)}`, ['c', 'b']],
      [`traces?toTimestamp=${at(2)}`, ['a']],
      [
        `traces?filter=${filter({ type: 'stringObject', column: 'metadata', key: 'tier', operator: '=', value: 'gold' })}`,
        ['a'],
      ],
      [
        `traces?filter=${filter({ type: 'stringOptions', column: 'id', operator: 'any of', value: ['a', 'b'] })}`,
        ['b', 'a'],
      ],
      [`traces?filter=${filter({ type: 'number', column: 'latency', operator: '>', value: 1 })}`, ['a']],
      ['observations', ['o2', 'o1']],
      ['observations?type=SPAN', ['o1']],
      ['observations?level=ERROR', ['o2']],
      ['observations?userId=u', ['o1']],
      ['observations?parentObservationId=o1', ['o2']],
      [`observations?fromStartTime=${at(2)}`, ['o2']],
      ['sessions', ['s']],
      ['sessions?environment=none', []],
      ['v2/scores', ['s3', 's2', 's1']],
      ['v2/scores?limit=2&page=2', ['s1']],
      ['v2/scores?userId=u', ['s1']],
      ['v2/scores?traceTags=x', ['s2', 's1']],
      ['v2/scores?traceTags=y', ['s1']],
      ['v2/scores?operator=>&value=0.5', ['s3', 's2']],
      ['v2/scores?sessionId=s', ['s3']],
      ['scores', ['s2', 's1']],
    ]
    const found = await Promise.all(table.map(async ([query]) => [query, await ids(server, query)]))
    expect(found).toEqual(table)
  })

  it('listLegacyTraces() leaves out what is not asked for', async () => {
    const server = await startFilled()
    const rowOf = async (fields: string): Promise<unknown> =>
      (await server.get(`/api/public/traces?name=one&fields=${fields}`)).body.data[0]
    expect(await rowOf('core')).toMatchObject({
      observations: [],
      scores: [],
      latency: -1,
      totalCost: -1,
      metadata: {},
    })
    expect(await rowOf('io,scores')).toMatchObject({ scores: ['s1'], metadata: { tier: 'gold' }, latency: -1 })
    expect(await rowOf('metrics,observations')).toMatchObject({ observations: ['o1'], latency: 2, totalCost: 0 })
    expect((await server.get('/api/public/traces/a?fields=core')).body).toMatchObject({ observations: [], scores: [] })
  })

  it.each([
    `traces?filter=${filter({ type: 'string', column: 'nonsense', operator: '=', value: '' })}`,
    'traces?filter={',
    'traces?orderBy=input.desc',
    'traces?orderBy=name;drop table.asc',
    'traces?limit=101',
    'traces?fromTimestamp=never',
    'observations?type=span',
    `observations?filter=${filter({ type: 'stringOptions', column: 'tags', operator: 'any of', value: ['x'] })}`,
    'v2/scores?operator=~&value=1',
    'v2/scores?dataType=COLOR',
    'sessions?page=0',
    'dataset-run-items?datasetId=d',
  ])('the endpoints refuse %s with 400', async (query) => {
    expect((await (await startTestServer({ legacy: true })).get(`/api/public/${query}`)).status).toBe(400)
  })

  it.each([
    'observations/none',
    'sessions/none',
    'v2/scores/none',
    'scores/s3',
    'datasets/none/runs',
    'datasets/none/runs/none',
    'dataset-run-items?datasetId=d&runName=r',
  ])('the endpoints answer %s with 404 in the words of a project that has none', async (path) => {
    const server = await startFilled()
    const { status, body } = await server.get(`/api/public/${path}`)
    expect([status, body.error]).toEqual([404, 'LangfuseNotFoundError'])
  })

  it('the endpoints want the keys', async () => {
    const server = await startFilled()
    for (const path of ['traces', 'traces/a', 'sessions', 'observations/o1', 'v2/scores', 'dataset-run-items']) {
      expect((await fetch(`${server.url}/api/public/${path}`)).status).toBe(401)
    }
  })

  it('deleteTrace() and deleteDatasetRun() delete what the endpoints show', async () => {
    const server = await startFilled()
    await server.send('DELETE', '/api/public/traces/a', undefined)
    expect(await ids(server, 'traces')).toEqual(['c', 'b'])
    expect(await ids(server, 'observations')).toEqual(['o2'])

    await server.send('POST', '/api/public/v2/datasets', { name: 'd' })
    await server.send('POST', '/api/public/dataset-items', { datasetName: 'd', id: 'item' })
    const run = { runName: 'r', datasetItemId: 'item', traceId: 't' }
    const [first, second] = [
      await server.send('POST', '/api/public/dataset-run-items', run),
      await server.send('POST', '/api/public/dataset-run-items', run),
    ]
    expect(second.body.datasetRunId).toBe(first.body.datasetRunId)
    const path = '/api/public/datasets/d/runs/r'
    expect((await server.get(path)).body.datasetRunItems).toHaveLength(2)
    expect((await server.send('DELETE', path, undefined)).status).toBe(200)
    expect((await server.get(path)).status).toBe(404)
  })

  it('keepRetention() lets what is too old go, whole traces at a time', async () => {
    const dataDir = temporaryDirectory()
    const hour = 3_600_000
    const server = await startTestServer({ legacy: true, dataDir, clock: () => Date.parse(TIME) })
    await send(
      server,
      event('trace-create', { id: 'old', timestamp: at(-9 * hour) }),
      event('span-create', { id: 'o', traceId: 'old', startTime: at(-9 * hour) }),
      event('trace-create', { id: 'lasting', timestamp: at(-9 * hour) }),
      event('span-create', { id: 'l1', traceId: 'lasting', startTime: at(-9 * hour) }),
      event('span-create', { id: 'l2', traceId: 'lasting', startTime: at(0) }),
    )
    await server.close()
    const retention = { maxAgeMillis: hour }
    const again = await startTestServer({ legacy: true, dataDir, retention, clock: () => Date.parse(TIME) })
    expect(await ids(again, 'traces')).toEqual(['lasting'])
    expect(await ids(again, 'observations')).toEqual(['l2', 'l1'])
  })

  it('otlpTraces() takes back nothing that the root said of a trace when a child comes later', async () => {
    const server = await startTestServer({ legacy: true })
    const traceId = '1'.repeat(32)
    await server.ingest(span({ traceId, name: 'root' }, { 'user.id': 'ada', 'langfuse.environment': 'prod' }))
    await server.ingest(span({ traceId, spanId: 'c1', parentSpanId: 'b7ad6b7169203331', name: 'child' }))
    await server.ingest(
      span(
        { traceId, spanId: 'c2', parentSpanId: 'b7ad6b7169203331', startTimeUnixNano: '1795406883480000000' },
        { 'langfuse.trace.tags': ['late'], 'langfuse.environment': 'prod' },
      ),
    )
    expect((await server.get(`/api/public/traces/${traceId}`)).body).toMatchObject({
      ...{ name: 'root', userId: 'ada', environment: 'prod', tags: ['late'], timestamp: '2026-11-23T04:08:02.480Z' },
    })
  })
})
