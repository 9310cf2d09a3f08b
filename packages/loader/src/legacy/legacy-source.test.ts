import { afterEach, describe, expect, it } from 'vitest'
import type { FetchTracesOptions } from '../options/fetch-traces-options.js'
import { sendJson } from '../testing/langfuse-server.fixture.js'
import { type LegacyRows, legacyAnswer } from '../testing/legacy-answer.fixture.js'
import { legacyTrace } from '../testing/legacy-rows.fixture.js'
import { at } from '../testing/rows.fixture.js'
import { failureOf, type Rig, startLoader } from '../testing/start-loader.fixture.js'

const open: Rig[] = []
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
})

async function start(rows: LegacyRows): Promise<Rig> {
  const rig = await startLoader({}, {}, (url) => legacyAnswer(url, rows))
  open.push(rig)
  return rig
}

const many = (count: number, millis = (index: number): number => index) =>
  Array.from({ length: count }, (_, index) => legacyTrace(`t${String(index).padStart(4, '0')}`, millis(index)))
const paths = ({ server }: Rig): string[] => server.requests.map(({ path }) => path.replace('/api/public/', ''))

describe('a server of Langfuse 3', () => {
  it('fetchTraces() finds out which API there is with one request, once for all loaders of the server', async () => {
    const rig = await start({ traces: many(3) })
    expect((await rig.loader.fetchTraces()).map(({ id }) => id)).toEqual(['t0002', 't0001', 't0000'])
    expect(paths(rig).sort()).toEqual(['traces', 'traces/t0000', 'traces/t0001', 'traces/t0002', 'v2/observations'])
    expect((await rig.loader.fetchTrace('t0001')).observations.length).toBe(2)
    expect(paths(rig).filter((path) => path === 'v2/observations').length).toBe(1)
  })

  it('fetchTraces() of summaries takes a request for 100 traces', async () => {
    const rig = await start({ traces: many(250) })
    const all = await rig.loader.fetchTraces({ limit: 250, fetchFullTraces: false })
    expect(new Set(all.map(({ id }) => id)).size).toBe(250)
    expect(all.at(0)).toMatchObject({
      isSummary: true,
      observations: [],
      input: { question: 'Why?' },
      latencySeconds: 1,
    })
    expect(paths(rig).filter((path) => path === 'traces').length).toBe(3)
  })

  it('fetchTraces() reads more traces of one millisecond than a page has', async () => {
    const { loader } = await start({ traces: many(250, () => 0) })
    const all = await loader.fetchTraces({ limit: Number.POSITIVE_INFINITY, fetchFullTraces: false })
    expect(new Set(all.map(({ id }) => id)).size).toBe(250)
  })

  it.each<[string, (traces: ReturnType<typeof many>) => void]>([
    ['arrive', (traces) => traces.push(...many(30, (index) => 5000 + traces.length + index))],
    ['are deleted', (traces) => void traces.splice(-30)],
  ])('fetchTraces() takes no trace twice and misses none when others %s between two pages', async (_, change) => {
    const traces = many(250)
    const rig = await startLoader({}, {}, (url) => {
      const answer = legacyAnswer(url, { traces })
      if (url.pathname.endsWith('/traces') && url.searchParams.get('limit') === '100') change(traces)
      return answer
    })
    open.push(rig)
    const all = await rig.loader.fetchTraces({ limit: 1000, fetchFullTraces: false })
    expect(all.map(({ id }) => id)).toEqual(
      many(250)
        .map(({ id }) => id)
        .toReversed(),
    )
  })

  it('fetchTraces() ends on a server that gives one page for ever', async () => {
    const rig = await startLoader({}, {}, (url) =>
      url.pathname.endsWith('/traces')
        ? [200, { data: many(100, () => 7), meta: {} }]
        : legacyAnswer(url, { traces: [] }),
    )
    open.push(rig)
    expect(await failureOf(rig.loader.fetchTraces({ limit: 1000, fetchFullTraces: false }))).toMatchObject({
      code: 'invalid_response',
      path: '/api/public/traces',
    })
  })

  const labelled = legacyTrace('labelled', 0, {
    ...{ name: 'wanted', tags: ['a', 'b'], userId: 'u', sessionId: 's', environment: 'e', release: 'r', version: 'v' },
    metadata: { tier: 'gold', nested: { count: 7 } },
  })
  const traces = [labelled, legacyTrace('plain', 1, { tags: ['a'] })]

  it.each<[string, FetchTracesOptions]>([
    ['name', { name: 'wanted' }],
    ['tags, all of them', { tags: ['a', 'b'] }],
    ['userId', { userId: 'u' }],
    ['sessionId', { sessionId: 's' }],
    ['environment', { environment: 'e' }],
    ['release', { release: 'r' }],
    ['version', { version: 'v' }],
    ['metadata', { metadata: { tier: 'gold' } }],
    ['nested metadata', { metadata: { 'nested.count': 7 } }],
    ['traceIds', { traceIds: ['labelled', 'unknown'] }],
    ['traceIds with others', { traceIds: ['labelled', 'plain'], name: 'wanted' }],
    ['traceIds with metadata', { traceIds: ['labelled', 'plain'], metadata: { 'nested.count': 7 } }],
    ['a window', { fromTimestamp: at(0), toTimestamp: at(1) }],
  ])('fetchTraces() filters by %s, also on versions that know no filter', async (_, options) => {
    for (const isEarly of [false, true]) {
      const { loader } = await start({ traces, isEarly })
      for (const fetchFullTraces of [true, false]) {
        const found = await loader.fetchTraces({ ...options, fetchFullTraces })
        expect(found.map(({ id }) => id)).toEqual(['labelled'])
        expect(await loader.countTraces(options)).toBe(1)
      }
    }
  })

  it('fetchTraces() hands conditions on, and refuses them on a version that would ignore them', async () => {
    const filter: FetchTracesOptions['filter'] = [{ type: 'number', column: 'latency', operator: '>', value: 2 }]
    const rig = await start({ traces })
    expect((await rig.loader.fetchTraces({ filter })).length).toBe(2)
    expect((await rig.loader.fetchTraces({ filter, traceIds: ['plain'] })).map(({ id }) => id)).toEqual(['plain'])
    const early = await start({ traces, isEarly: true })
    expect(await failureOf(early.loader.fetchTraces({ filter }))).toMatchObject({ code: 'unsupported_server' })
  })

  it('fetchSession(), fetchSessions() and fetchScores() read what belongs together', async () => {
    const score = (id: string, fields: object) => ({
      ...{ id, name: id, source: 'API', dataType: 'NUMERIC', value: 1, timestamp: at(0), metadata: {}, ...fields },
    })
    const scores = [
      ...Array.from({ length: 120 }, (_, index) => score(`s${index}`, { traceId: 'first' })),
      score('of-session', { sessionId: 's' }),
    ]
    const rows = [
      legacyTrace('second', 1000, { sessionId: 's' }),
      legacyTrace('first', -1e10, { sessionId: 's' }),
      legacyTrace('none', 0),
    ]
    const { loader } = await start({ traces: rows, scores })
    const session = await loader.fetchSession('s', { fetchScores: true })
    expect(session.traces.map((trace) => [trace.id, trace.scores.length])).toEqual([
      ['first', 120],
      ['second', 0],
    ])
    expect(await failureOf(loader.fetchSession('unknown'))).toMatchObject({ code: 'not_found' })
    expect((await loader.fetchSessions()).map(({ id, length }) => [id, length])).toEqual([['s', 2]])
    expect((await loader.fetchScores({ traceIds: ['first', 'second'] })).length).toBe(120)
    expect((await loader.fetchScores({ sessionIds: ['s'], names: ['of-session'] })).map(({ id }) => id)).toEqual([
      'of-session',
    ])
    expect(await loader.fetchScores({ sessionIds: ['s'], names: ['other'] })).toEqual([])
    const [summary] = await loader.fetchTraces({ fetchFullTraces: false, fetchScores: true, traceIds: ['first'] })
    expect(summary?.scores.length).toBe(120)
  })

  it('fetchTrace() reads a trace without observations, and reports one that is not there', async () => {
    const { loader } = await start({ traces: [legacyTrace('bare', 0, { observations: [], userId: 'u' })] })
    const trace = await loader.fetchTrace('bare')
    expect(trace).toMatchObject({
      id: 'bare',
      name: 'rag-query',
      input: { question: 'Why?' },
      observations: [],
      userId: 'u',
    })
    expect([trace.root.id, trace.latencySeconds, trace.totalCostUsd, trace.isSummary]).toEqual([
      't-bare',
      1,
      0.5,
      false,
    ])
    expect(await failureOf(loader.fetchTrace('missing'))).toMatchObject({ code: 'not_found', traceId: 'missing' })
  })

  it('fetchTraces() says which field of which trace is wrong', async () => {
    const { loader } = await start({ traces: [legacyTrace('t', 0, { observations: [{ id: 'o', traceId: 'other' }] })] })
    const error = await failureOf(loader.fetchTrace('t'))
    expect(error).toMatchObject({ code: 'invalid_response', path: 'observations[0].type', traceId: 't' })
  })

  it('fetchTraces() goes over to the newer API when the server was upgraded meanwhile', async () => {
    let isUpgraded = false
    const rig = await startLoader({}, {}, (url) => {
      if (!isUpgraded) return legacyAnswer(url, { traces: many(1) })
      return url.pathname.endsWith('/v2/observations')
        ? [200, { data: [], meta: {} }]
        : [404, { message: 'not available on deployments running in Langfuse v4 events_only mode.' }]
    })
    open.push(rig)
    expect((await rig.loader.fetchTraces()).length).toBe(1)
    isUpgraded = true
    expect((await rig.loader.fetchTraces()).length).toBe(0)
  })

  it('fetchTraces() reports a server that has neither API as the newer one says it', async () => {
    const rig = await startLoader({}, {}, () => [404, { message: 'Not here' }])
    open.push(rig)
    const error = await failureOf(rig.loader.fetchTraces())
    expect(error).toMatchObject({ code: 'not_found', path: '/api/public/v2/observations' })
    rig.server.faults.push((_, response) => {
      sendJson(response, 401, {})
      return true
    })
    expect(await failureOf(rig.loader.fetchTraces())).toMatchObject({ code: 'unauthorized' })
  })
})
