import { once } from 'node:events'
import { createServer } from 'node:http'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { LangfuseTraceLoader, type Trace } from '@axion/loader'
import { LangfuseClient } from '@langfuse/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from './temporary-folder.js'

const NOW = Date.now()

interface OldFront {
  readonly url: string
  /** What it was asked for. */
  readonly paths: readonly string[]
  close(): Promise<void>
}

describe('the dev-server in the mode legacy', () => {
  let server: DevServer
  let front: OldFront
  let current: LangfuseTraceLoader
  let legacy: LangfuseTraceLoader

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder(), legacy: true })
    front = await startOldFront(server)
    const { url: baseUrl, publicKey, secretKey } = server
    current = new LangfuseTraceLoader({ baseUrl, publicKey, secretKey })
    legacy = new LangfuseTraceLoader({ baseUrl: front.url, publicKey, secretKey })
    for (let trace = 1; trace <= 120; trace++) await sendTrace(server, trace)
  })
  afterAll(async () => {
    await front?.close()
    await server?.close()
  })

  it('@axion/loader reads the same traces from the endpoints of version 3 as from those of version 4', async () => {
    const options = { name: 'even', limit: 1000, fetchScores: true }
    const [ofCurrent, ofLegacy] = await Promise.all([current.fetchTraces(options), legacy.fetchTraces(options)])
    expect(front.paths).toContain('/api/public/traces')
    expect(ofLegacy).toHaveLength(60)
    expect(ofLegacy.map(essence)).toEqual(ofCurrent.map(essence))
  })

  it('@langfuse/client sums up traces, a view that version 3 alone has', async () => {
    const { url: baseUrl, publicKey, secretKey } = server
    const client = new LangfuseClient({ baseUrl, publicKey, secretKey })
    const query = {
      ...{ view: 'traces', dimensions: [{ field: 'name' }], metrics: [{ measure: 'count', aggregation: 'count' }] },
      filters: [{ column: 'name', type: 'string', operator: '=', value: 'even' }],
      ...{
        fromTimestamp: new Date(NOW - 3_600_000).toISOString(),
        toTimestamp: new Date(NOW + 3_600_000).toISOString(),
      },
    }
    const { data } = await client.api.legacy.metricsV1.metrics({ query: JSON.stringify(query) })
    expect(data).toEqual([{ name: 'even', count_count: 60 }])
    await client.shutdown()
  })

  it('@langfuse/client filters scores by conditions, and shows them with their trace or without', async () => {
    const { url: baseUrl, publicKey, secretKey } = server
    const client = new LangfuseClient({ baseUrl, publicKey, secretKey })
    const traceId = traceIdOf(7)
    await client.api.legacy.scoreV1.create({ traceId, name: 'filtered', value: 0.75, metadata: { rater: 'ada' } })
    await client.api.legacy.scoreV1.create({ traceId, name: 'filtered', value: 0.25 })
    const filter = JSON.stringify([
      { column: 'metadata', type: 'stringObject', key: 'rater', operator: '=', value: 'ada' },
      { column: 'name', type: 'stringOptions', operator: 'any of', value: ['filtered'] },
    ])
    const { data, meta } = await client.api.scores.getMany({ filter, fields: 'score' })
    expect([
      meta.totalItems,
      data.map(({ value, trace }: { value?: unknown; trace?: unknown }) => [value, trace]),
    ]).toEqual([1, [[0.75, null]]])
    await client.shutdown()
  })

  it('@axion/loader finds by every criterion over version 3 what it finds over version 4', async () => {
    for (const options of [
      { sessionId: 's-3' },
      { userId: 'u-1' },
      { tags: ['t-2'] },
      { metadata: { tier: 'gold' } },
      { traceIds: [traceIdOf(7), traceIdOf(8), 'f'.repeat(32)] },
      { fromTimestamp: new Date(NOW - 60_000 + 50), toTimestamp: new Date(NOW - 60_000 + 60) },
      { filter: [{ type: 'stringOptions', column: 'name', operator: 'none of', value: ['even'] } as const] },
    ]) {
      const ids = async (loader: LangfuseTraceLoader): Promise<readonly string[]> =>
        (await loader.fetchTraces({ ...options, limit: 1000, fetchFullTraces: false })).map(({ id }) => id)
      const found = await ids(legacy)
      expect([JSON.stringify(options), found.length > 0]).toEqual([JSON.stringify(options), true])
      expect(found).toEqual(await ids(current))
    }
  })

  it('@axion/loader reads sessions and scores over version 3', async () => {
    expect((await legacy.fetchSession('s-3')).traces.map(({ id }) => id)).toEqual(
      (await current.fetchSession('s-3')).traces.map(({ id }) => id),
    )
    const scores = await legacy.fetchScores({ traceIds: [traceIdOf(1), traceIdOf(2)] })
    expect(scores.map(({ name, value }) => [name, value]).sort()).toEqual([
      ['n', 1],
      ['n', 2],
    ])
  })

  it('@langfuse/client reads traces, sessions, observations and scores as it does from version 3', async () => {
    const { url: baseUrl, publicKey, secretKey } = server
    const { api } = new LangfuseClient({ baseUrl, publicKey, secretKey })
    const list = await api.trace.list({ limit: 2, name: 'even', orderBy: 'timestamp.asc' })
    expect(list.data.map(({ id }) => id)).toEqual([traceIdOf(2), traceIdOf(4)])
    expect(list.meta).toMatchObject({ totalItems: 60 })
    const trace = await api.trace.get(traceIdOf(2))
    expect(trace.observations.map(({ name, type }) => [name, type])).toEqual(
      expect.arrayContaining([
        ['even', 'SPAN'],
        ['llm', 'GENERATION'],
      ]),
    )
    expect(trace.scores).toMatchObject([{ name: 'n', value: 2 }])
    expect((await api.sessions.get('s-3')).traces).toHaveLength(12)
    expect((await api.sessions.list({})).meta.totalItems).toBe(10)
  })
})

/** A Langfuse 3 in front of the server: it answers 404 where version 3 has nothing, and hands everything else on. */
async function startOldFront({ url }: DevServer): Promise<OldFront> {
  const paths: string[] = []
  const front = createServer(async (request, response) => {
    const path = request.url ?? ''
    paths.push(new URL(path, url).pathname)
    if (/^\/api\/public\/(v2\/observations|v3\/scores)/.test(path)) {
      const message = 'The observations v2 API is only available in a Langfuse v4 write mode.'
      response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))
      return
    }
    const answer = await fetch(url + path, { headers: { authorization: request.headers.authorization ?? '' } })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  })
  await once(front.listen(0, '127.0.0.1'), 'listening')
  const address = front.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  const close = async (): Promise<void> => {
    front.closeAllConnections()
    await new Promise((resolve) => front.close(resolve))
  }
  return { url: `http://127.0.0.1:${address.port}`, paths, close }
}

const traceIdOf = (trace: number): string => trace.toString(16).padStart(32, '0')

/** A trace of two observations and a score, as an SDK of today sends them. */
async function sendTrace({ url, publicKey, secretKey }: DevServer, trace: number): Promise<void> {
  const startMillis = NOW - 60_000 + trace
  const nanos = (millis: number): string => `${startMillis + millis}000000`
  const traceId = traceIdOf(trace)
  const rootId = (trace * 2).toString(16).padStart(16, '0')
  const name = trace % 2 === 0 ? 'even' : 'odd'
  const shared = [
    attribute('langfuse.trace.name', name),
    attribute('session.id', `s-${trace % 10}`),
    attribute('user.id', `u-${trace % 3}`),
    { key: 'langfuse.trace.tags', value: { arrayValue: { values: [{ stringValue: `t-${trace % 5}` }] } } },
  ]
  const root = {
    ...{ traceId, spanId: rootId, name, startTimeUnixNano: nanos(0), endTimeUnixNano: nanos(40) },
    attributes: [
      ...shared,
      attribute('langfuse.observation.input', JSON.stringify({ question: trace })),
      attribute('langfuse.observation.output', `answer ${trace}`),
      attribute('langfuse.trace.metadata.tier', trace % 4 === 0 ? 'gold' : 'tin'),
    ],
  }
  const llm = {
    ...{ traceId, spanId: (trace * 2 + 1).toString(16).padStart(16, '0'), parentSpanId: rootId, name: 'llm' },
    ...{ startTimeUnixNano: nanos(10), endTimeUnixNano: nanos(30) },
    attributes: [
      ...shared,
      attribute('langfuse.observation.type', 'generation'),
      attribute('langfuse.observation.model.name', 'gpt-4o'),
      attribute('langfuse.observation.usage_details', '{"input":3,"output":4}'),
    ],
  }
  const post = async (path: string, body: object): Promise<void> => {
    const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`
    const headers = { authorization, 'content-type': 'application/json' }
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.status).toBe(200)
    await answer.arrayBuffer()
  }
  await post('/api/public/otel/v1/traces', {
    resourceSpans: [{ scopeSpans: [{ scope: { name: 'test' }, spans: [llm, root] }] }],
  })
  await post('/api/public/scores', { traceId, name: 'n', value: trace })
}

function attribute(key: string, stringValue: string): object {
  return { key, value: { stringValue } }
}

/** What both generations tell of a trace. */
function essence(trace: Trace): unknown {
  const { id, name, input, output, tags, userId, sessionId, environment, timestamp, latencySeconds } = trace
  const { totalCostUsd, usage, level } = trace
  return {
    ...{ id, name, input, output, tags, userId, sessionId, environment, timestamp, latencySeconds },
    ...{ totalCostUsd, usage, level },
    scores: trace.scores.map(({ name: of, value }) => [of, value]),
    tree: [...trace.walk()].map((observation) => [
      ...[observation.id, observation.parent?.id, observation.type, observation.name, observation.model],
      ...[observation.input, observation.output, observation.usage, observation.totalCostUsd],
    ]),
  }
}
