import { afterEach, describe, expect, it } from 'vitest'
import { LangfuseTraceLoader } from './langfuse-trace-loader.js'
import type { FetchProgress, FetchTracesOptions } from './options/fetch-traces-options.js'
import { sendJson } from './testing/langfuse-server.fixture.js'
import { at, childRow, rootRow } from './testing/rows.fixture.js'
import { failureOf, type Rig, startLoader } from './testing/start-loader.fixture.js'
import type { StoredRow } from './testing/stored-rows.fixture.js'

const open: Rig[] = []
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
})

async function start(...args: Parameters<typeof startLoader>): Promise<Rig> {
  const rig = await startLoader(...args)
  open.push(rig)
  return rig
}

/** Traces t00000, t00001, … ten milliseconds apart. */
function traces(count: number, children: number): StoredRow[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `t${String(index).padStart(5, '0')}`
    const kids = Array.from({ length: children }, (_, child) =>
      childRow(id, `${id}-${child}`, `${id}-root`, index * 10 + child + 1),
    )
    return [rootRow(id, index * 10), ...kids]
  }).flat()
}

describe('fetchTraces()', () => {
  it('fetchTraces() hands out whole traces, newest first, as many as limit says', async () => {
    const { loader, server } = await start({ observations: traces(60, 3) })
    const result = await loader.fetchTraces()
    expect(result.length).toBe(50)
    expect(result.map((trace) => trace.id).slice(0, 3)).toEqual(['t00059', 't00058', 't00057'])
    expect(new Set(result.map((trace) => trace.observations.length))).toEqual(new Set([4]))
    expect(server.requests.length).toBe(2)
    expect((await loader.fetchTraces({ limit: 1 })).map(({ id }) => id)).toEqual(['t00059'])
    expect((await loader.fetchTraces({ limit: Number.POSITIVE_INFINITY })).length).toBe(60)
  })

  it('fetchTraces() reads 1,000 traces of 8 observations with 10 requests', async () => {
    const { loader, server } = await start({ observations: traces(1000, 7) })
    const result = await loader.fetchTraces({ limit: 1000 })
    expect(result.map((trace) => trace.observations.length)).toEqual(Array(1000).fill(8))
    expect(result.at(-1)?.id).toBe('t00000')
    // The roots, the first 50 traces, then 120 at a time.
    expect(server.requests.length).toBe(1 + 1 + 8)
  })

  it('fetchTraces() reads trace by trace when the server takes no lists of ids, and remembers it', async () => {
    const { loader, server } = await start({ observations: traces(30, 2), refusesTraceIdLists: true })
    const result = await loader.fetchTraces()
    expect(result.map((trace) => trace.observations.length)).toEqual(Array(30).fill(3))
    expect(result.at(0)?.id).toBe('t00029')
    // Discovery, the list that is refused, thirty traces; the second time no list is tried.
    expect(server.requests.length).toBe(32)
    await loader.fetchTraces()
    expect(server.requests.length).toBe(32 + 31)
  })

  it('fetchTraces() reads trace by trace when lists of ids are too heavy for the server', async () => {
    const { loader, server } = await start({ observations: traces(30, 2) })
    server.faults.push(
      () => false,
      (_, response) => {
        sendJson(response, 422, { message: 'Request timed out' })
        return true
      },
    )
    const result = await loader.fetchTraces()
    expect(result.map((trace) => trace.observations.length)).toEqual(Array(30).fill(3))
    expect(server.requests.length).toBe(32)
  })

  it('fetchTraces() does not blame lists of ids for a filter of the caller that is refused', async () => {
    const { loader, server } = await start({ observations: traces(30, 2) })
    const filter: FetchTracesOptions['filter'] = [{ type: 'string', column: 'nope', operator: '=', value: 'x' }]
    const error = await failureOf(loader.fetchTraces({ traceIds: ['t00001', 't00002'], filter }))
    expect(error).toMatchObject({ code: 'bad_request', status: 400 })
    expect(error.message).toContain('Column nope does not match')
    const sent = server.requests.length
    expect((await loader.fetchTraces()).length).toBe(30)
    expect(server.requests.length).toBe(sent + 2)
  })

  it.each([false, true])(
    'fetchTraces() completes a trace with what lies outside the window (lists refused: %s)',
    async (refusesTraceIdLists) => {
      const observations = [
        rootRow('in', 0),
        childRow('in', 'hours-before', 'in-root', -7_200_000),
        childRow('in', 'hours-after', 'in-root', 1_800_000),
        childRow('in', 'orphan', 'gone', 900_000),
        rootRow('in', -86_400_000, { id: 'root-of-yesterday' }),
        rootRow('before', -60_000),
        rootRow('after', 60_000),
        rootRow('too', 1),
      ]
      const { loader } = await start({ observations, refusesTraceIdLists })
      const result = await loader.fetchTraces({ fromTimestamp: at(0), toTimestamp: at(60_000) })
      expect(result.map(({ id }) => id)).toEqual(['too', 'in'])
      expect(result.at(1)?.observations.map(({ id }) => id)).toEqual([
        'root-of-yesterday',
        'hours-before',
        'in-root',
        'orphan',
        'hours-after',
      ])
    },
  )

  it('fetchTraces() takes the start of the window and leaves its end', async () => {
    const { loader } = await start({ observations: [rootRow('start', 0), rootRow('end', 1000), rootRow('last', 999)] })
    const result = await loader.fetchTraces({ fromTimestamp: at(0), toTimestamp: at(1000) })
    expect(result.map(({ id }) => id)).toEqual(['last', 'start'])
  })

  it('fetchTraces() makes one trace of several roots, wherever the pages break', async () => {
    const roots = Array.from({ length: 25 }, (_, index) =>
      rootRow('many', 0, { id: `r${String(index).padStart(2, '0')}` }),
    )
    const { loader } = await start({ observations: [...roots, rootRow('other', -5)] })
    const result = await loader.fetchTraces({ limit: 2 })
    expect(result.map(({ id, observations }) => [id, observations.length])).toEqual([
      ['many', 25],
      ['other', 1],
    ])
  })

  it('fetchTraces() reads a trace of 2,500 observations over page borders', async () => {
    const children = Array.from({ length: 2499 }, (_, index) =>
      childRow('big', `c${index}`, 'big-root', Math.floor(index / 25)),
    )
    const { loader, server } = await start({ observations: [rootRow('big', 0), ...children, rootRow('small', -1)] })
    const result = await loader.fetchTraces()
    expect(result.map(({ observations }) => observations.length)).toEqual([2500, 1])
    expect(new Set(result.at(0)?.observations.map(({ id }) => id)).size).toBe(2500)
    expect(server.requests.length).toBe(4)
  })

  const labelled = rootRow('labelled', 0, {
    traceName: 'rag-query',
    tags: ['production', 'v2.0', 'extra'],
    userId: 'u',
    sessionId: 's',
    environment: 'production',
    release: 'r1',
    version: 'v1',
    metadata: { tier: 'gold', count: 7 },
    latency: 3,
  })
  const plain = rootRow('plain', 1, { traceName: 'other', tags: ['production'] })

  it.each<[string, FetchTracesOptions]>([
    ['name', { name: 'rag-query' }],
    ['tags, all of them', { tags: ['production', 'v2.0'] }],
    ['userId', { userId: 'u' }],
    ['sessionId', { sessionId: 's' }],
    ['environment', { environment: 'production' }],
    ['release', { release: 'r1' }],
    ['version', { version: 'v1' }],
    ['metadata', { metadata: { tier: 'gold', count: 7 } }],
    ['traceIds', { traceIds: ['labelled', 'unknown'] }],
    ['traceIds with others', { traceIds: ['labelled', 'plain'], name: 'rag-query' }],
    ['filter', { filter: [{ type: 'number', column: 'latency', operator: '>', value: 2 }] }],
  ])('fetchTraces() filters by %s', async (_, options) => {
    // The child carries the attributes too, and does not make its trace fit: the root stands for the trace.
    const { id: __, ...attributes } = labelled
    const observations = [
      labelled,
      plain,
      childRow('plain', 'child', 'plain-root', 2, { ...attributes, traceId: 'plain', isRootObservation: false }),
    ]
    const { loader } = await start({ observations })
    expect((await loader.fetchTraces(options)).map(({ id }) => id)).toEqual(['labelled'])
    expect((await loader.fetchTraces({ ...options, userId: 'nobody' })).length).toBe(0)
  })

  it('fetchTraces() asks for the loader’s default tags too', async () => {
    const { loader } = await start({ observations: [labelled, plain] }, { defaultTags: ['v2.0'] })
    expect((await loader.fetchTraces({ tags: ['production'] })).map(({ id }) => id)).toEqual(['labelled'])
  })

  it('fetchTraces() finds ids at any time, newest first, and none of none', async () => {
    const { loader, server } = await start({
      observations: [rootRow('old', -1e10), rootRow('new', 0), rootRow('mid', -1e9)],
    })
    const result = await loader.fetchTraces({ traceIds: ['old', 'mid', 'new'] })
    expect(result.map(({ id }) => id)).toEqual(['new', 'mid', 'old'])
    const before = server.requests.length
    expect((await loader.fetchTraces({ traceIds: [] })).length).toBe(0)
    expect(server.requests.length).toBe(before)
  })

  it('fetchTraces() of summaries asks only for roots, and for no more than they show', async () => {
    const observations = [
      rootRow('t', 0, {
        input: '{"question":"Why?"}',
        output: 'Because.',
        tags: ['a'],
        metadata: { long: 'x'.repeat(500) },
        latency: 1,
      }),
      childRow('t', 'c', 't-root', 1),
    ]
    const { loader, server } = await start({ observations })
    const [summary] = await loader.fetchTraces({ fetchFullTraces: false })
    expect(summary).toMatchObject({
      id: 't',
      name: 'rag-query',
      isSummary: true,
      observations: [],
      tags: ['a'],
      latencySeconds: 1,
    })
    expect(String(summary?.metadata.long).length).toBe(500)
    expect(summary?.input).toEqual({ question: 'Why?' })
    expect(server.requests.map(({ query }) => query.get('fields'))).toEqual([
      'core,basic,io,metadata,metrics,trace_context',
    ])
  })

  it('fetchTraces() never has metadata cut', async () => {
    const { loader } = await start({ observations: [rootRow('t', 0, { metadata: { long: 'x'.repeat(5000) } })] })
    expect(String((await loader.fetchTraces()).at(0)?.metadata.long).length).toBe(5000)
  })

  it('fetchTraces() gives an empty collection when nothing fits, and never when something fails', async () => {
    const { loader, server } = await start({ observations: traces(3, 1) })
    expect((await loader.fetchTraces({ name: 'nothing' })).length).toBe(0)
    server.faults.push(
      () => false,
      (_, response) => {
        sendJson(response, 400, { message: 'no' })
        return true
      },
      (_, response) => {
        sendJson(response, 403, { message: 'no' })
        return true
      },
    )
    expect(await failureOf(loader.fetchTraces())).toMatchObject({ code: 'forbidden', status: 403 })
  })

  it('fetchTraces() says which page, trace and variable', async () => {
    const { server } = await start({ observations: traces(3, 0) })
    const stranger = new LangfuseTraceLoader({ publicKey: 'pk-lf-fixture', secretKey: 'sk-wrong', baseUrl: server.url })
    const error = await failureOf(stranger.fetchTraces())
    expect(error.code).toBe('unauthorized')
    expect(error.message).toBe(
      'Cannot load traces: page 1 answered 401: check LANGFUSE_SECRET_KEY, LANGFUSE_PUBLIC_KEY and LANGFUSE_BASE_URL',
    )
    await stranger.close()
  })

  it('fetchTraces() refuses rows of a trace that was not asked for', async () => {
    const { loader, server } = await start({ observations: traces(2, 0) })
    server.faults.push(
      () => false,
      (_, response) => {
        sendJson(response, 200, { data: [{ id: 'x', traceId: 'stranger', startTime: at(0), type: 'SPAN' }], meta: {} })
        return true
      },
    )
    expect(await failureOf(loader.fetchTraces())).toMatchObject({ code: 'invalid_response', traceId: 'stranger' })
  })

  it('fetchTraces() checks its options before any request', async () => {
    const { loader, server } = await start({ observations: traces(1, 0) })
    expect(await failureOf(loader.fetchTraces({ limit: 0 }))).toMatchObject({ code: 'invalid_options', path: 'limit' })
    expect(await failureOf(loader.fetchTraces({ daysBack: 1, hoursBack: 1 }))).toMatchObject({
      code: 'invalid_options',
      path: 'hoursBack',
    })
    expect(() => loader.streamTraces({ daysBack: -1 })).toThrow('Invalid option daysBack')
    expect(server.requests.length).toBe(0)
  })

  it('fetchTraces() tells its progress, and lets through what onProgress throws', async () => {
    const { loader } = await start({ observations: traces(3, 1) })
    const seen: FetchProgress[] = []
    await loader.fetchTraces({ onProgress: (progress) => seen.push(progress) })
    // The clock stands still, so the rest takes no time either.
    const before = { cursorTime: null, etaSeconds: null }
    const after = (millis: number) => ({ cursorTime: new Date(at(millis)), etaSeconds: 0 })
    expect(seen).toEqual([
      { requests: 1, observations: 3, traces: 0, ...before },
      { requests: 2, observations: 9, traces: 0, ...before },
      { requests: 2, observations: 9, traces: 1, ...after(20) },
      { requests: 2, observations: 9, traces: 2, ...after(10) },
      { requests: 2, observations: 9, traces: 3, ...after(0) },
    ])
    const problem = new Error('mine')
    const act = loader.fetchTraces({
      onProgress: () => {
        throw problem
      },
    })
    await expect(act).rejects.toBe(problem)
  })

  it('fetchTraces() ends with `aborted` when its signal fires', async () => {
    const { loader } = await start({ observations: traces(100, 1) })
    const controller = new AbortController()
    const act = loader.fetchTraces({
      signal: controller.signal,
      onProgress: ({ traces: done }) => done === 0 && controller.abort(),
    })
    expect(await failureOf(act)).toMatchObject({ code: 'aborted' })
  })
})
