import { afterEach, describe, expect, it } from 'vitest'
import { sendJson } from './testing/langfuse-server.fixture.js'
import { childRow, rootRow } from './testing/rows.fixture.js'
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

const observations: StoredRow[] = Array.from({ length: 2500 }, (_, index) =>
  rootRow(`t${String(index).padStart(4, '0')}`, index),
)

describe('streamTraces()', () => {
  it('streamTraces() hands out all traces in order, before all are read', async () => {
    const { loader, server } = await start({ observations })
    const ids: string[] = []
    let requestsAtFirst = 0
    for await (const { id } of loader.streamTraces({ limit: Number.POSITIVE_INFINITY })) {
      if (ids.length === 0) requestsAtFirst = server.requests.length
      ids.push(id)
    }
    expect(ids).toEqual(observations.map(({ traceId }) => traceId).toReversed())
    expect(requestsAtFirst).toBeLessThan(server.requests.length / 2)
  })

  it('streamTraces() sends nothing more once the loop is left', async () => {
    const { loader, server } = await start({ observations })
    for await (const _ of loader.streamTraces({ limit: Number.POSITIVE_INFINITY })) break
    const sent = server.requests.length
    await loader.fetchTraces({ traceIds: ['t0000'] })
    expect(server.requests.length).toBe(sent + 2)
  })

  it('streamTraces() hands out nothing more once its signal fires, not even what it has', async () => {
    const { loader } = await start({ observations })
    const stop = new AbortController()
    let count = 0
    const read = async (): Promise<void> => {
      for await (const _ of loader.streamTraces({ limit: 40, signal: stop.signal })) {
        count += 1
        if (count === 2) stop.abort(new Error('enough'))
      }
    }
    expect(await failureOf(read())).toMatchObject({ code: 'aborted', cause: new Error('enough') })
    expect(count).toBe(2)
  })

  it('streamTraces() hands out what came before a failure, then throws it', async () => {
    const { loader, server } = await start({ observations: observations.slice(0, 100) })
    // Discovery, the first fifty traces, then a refusal.
    server.faults.push(
      () => false,
      () => false,
      (_, response) => {
        sendJson(response, 403, {})
        return true
      },
    )
    let count = 0
    const read = async (): Promise<void> => {
      for await (const _ of loader.streamTraces({ limit: 100 })) count += 1
    }
    expect(await failureOf(read())).toMatchObject({ code: 'forbidden' })
    expect(count).toBe(50)
  })

  it('streamTraces() throws at once when the first traces cannot be read', async () => {
    const { loader, server } = await start({ observations })
    server.faults.push(
      () => false,
      (_, response) => {
        sendJson(response, 401, {})
        return true
      },
    )
    const read = async (): Promise<void> => {
      for await (const _ of loader.streamTraces({ limit: Number.POSITIVE_INFINITY }));
    }
    expect(await failureOf(read())).toMatchObject({ code: 'unauthorized' })
  })
})

describe('fetchTrace()', () => {
  it('fetchTrace() reads one trace, whenever it was, root or not', async () => {
    const { loader, server } = await start({ observations: [childRow('lost', 'a', 'gone', -1e11), ...observations] })
    expect((await loader.fetchTrace('lost')).root.placement).toBe('orphan')
    expect(server.requests.map(({ query }) => query.get('traceId'))).toEqual(['lost'])
  })

  it('fetchTrace() reports an id that is not there, and one that is none', async () => {
    const { loader, server } = await start({ observations })
    expect(await failureOf(loader.fetchTrace('missing'))).toMatchObject({ code: 'not_found', traceId: 'missing' })
    // The first digits, as a table shows them.
    expect(await failureOf(loader.fetchTrace('a14229fc'))).toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('check the id (it has 8 digits, a whole one 32), or flush'),
    })
    expect(await failureOf(loader.fetchTrace(' '))).toMatchObject({ code: 'invalid_options' })
    for (const options of [{ scores: true }, { fetchScores: 1 }, { signal: {} }, null]) {
      expect(await failureOf(loader.fetchTrace('a', options as never))).toMatchObject({ code: 'invalid_options' })
      expect(await failureOf(loader.fetchSession('a', options as never))).toMatchObject({ code: 'invalid_options' })
    }
    // One for each id that may be one.
    expect(server.requests.length).toBe(2)
  })
})

describe('fetchSession()', () => {
  it('fetchSession() reads the traces of a session in order, also those whose children alone name it', async () => {
    const rows = [
      rootRow('second', 2000, { sessionId: 's', userId: 'u' }),
      rootRow('first', -1e10),
      childRow('first', 'c', 'first-root', 1000, { sessionId: 's' }),
      rootRow('other', 0, { sessionId: 'S' }),
    ]
    const { loader } = await start({ observations: rows })
    const session = await loader.fetchSession('s')
    expect(session.traces.map(({ id, observations: all }) => [id, all.length])).toEqual([
      ['first', 2],
      ['second', 1],
    ])
    expect([session.id, session.length, session.userId]).toEqual(['s', 2, 'u'])
    expect([...session].map(({ id }) => id)).toEqual(['first', 'second'])
    expect(await failureOf(loader.fetchSession('unknown'))).toMatchObject({ code: 'not_found' })
  })
})

describe('scores', () => {
  const score = (id: string, subject: unknown, extra: Record<string, unknown> = {}) => ({
    ...{ id, name: id, source: 'API', dataType: 'NUMERIC', value: 1, timestamp: '2026-11-20T12:00:00.000Z', subject },
    ...extra,
  })
  const scores = [
    ...Array.from({ length: 250 }, (_, index) => score(`s${index}`, { kind: 'trace', id: 't0001' })),
    score('of-observation', { kind: 'observation', id: 't0000-root', traceId: 't0000' }),
    // An observation's score need not name its trace.
    score('nameless', { kind: 'observation', id: 't0000-root' }, { hiddenTraceId: 't0000' }),
    score('elsewhere', { kind: 'trace', id: 't0009' }),
  ]

  it('fetchTraces() attaches scores to traces and observations', async () => {
    const { loader, server } = await start({ observations: observations.slice(0, 3), scores })
    const result = await loader.fetchTraces({ fetchScores: true })
    expect(result.map((trace) => [trace.id, trace.scores.length])).toEqual([
      ['t0002', 0],
      ['t0001', 250],
      ['t0000', 2],
    ])
    expect(result.at(2)?.root.scores.map(({ id }) => id)).toEqual(['of-observation', 'nameless'])
    expect(server.requests.filter(({ path }) => path.endsWith('/scores')).length).toBe(3)
    const [summary] = await loader.fetchTraces({ fetchScores: true, fetchFullTraces: false, traceIds: ['t0000'] })
    expect(summary?.scores.length).toBe(2)
    expect((await loader.fetchTrace('t0001', { fetchScores: true })).scores.length).toBe(250)
  })

  it('fetchTraces() attaches scores to 1,000 traces with at most 25 requests for them', async () => {
    const { loader, server } = await start({ observations: observations.slice(0, 1000), scores })
    await loader.fetchTraces({ limit: 1000, fetchScores: true })
    expect(server.requests.filter(({ path }) => path.endsWith('/scores')).length).toBeLessThanOrEqual(25)
  })

  it('fetchScores() reads the scores of traces, and of no traces none', async () => {
    const { loader, server } = await start({ scores })
    expect((await loader.fetchScores({ traceIds: ['t0001', 't0009'] })).length).toBe(251)
    const sent = server.requests.length
    expect(await loader.fetchScores({ traceIds: [] })).toEqual([])
    expect(server.requests.length).toBe(sent)
    expect(await failureOf(loader.fetchScores({ traceIds: ['a,b'] }))).toMatchObject({ code: 'invalid_options' })
  })
})
