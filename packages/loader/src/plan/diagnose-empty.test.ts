import { afterEach, describe, expect, it } from 'vitest'
import type { FetchTracesOptions } from '../options/fetch-traces-options.js'
import { sendJson } from '../testing/langfuse-server.fixture.js'
import { at, rootRow } from '../testing/rows.fixture.js'
import { failureOf, type Rig, startLoader } from '../testing/start-loader.fixture.js'

const open: Rig[] = []
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
})

async function start(): Promise<Rig> {
  const observations = [
    ...Array.from({ length: 150 }, (_, index) => rootRow(`a${index}`, index, { traceName: 'a', tags: ['red'] })),
    rootRow('b', 0, { traceName: 'b', tags: ['blue'], userId: 'u' }),
    rootRow('old', -20 * 86_400_000, { traceName: 'old' }),
  ]
  const rig = await startLoader({ observations })
  open.push(rig)
  return rig
}

const of = (without: string[], count: number, isAtLeast = false) => ({ without, count, isAtLeast })

describe('traces.diagnosis', () => {
  it.each<[string, FetchTracesOptions, unknown[], string]>([
    ['tags', { tags: ['red', 'blue'] }, [of(['tags'], 100, true), of(['window'], 0)], 'Without tags at least 100 do.'],
    [
      'the name',
      { name: 'c', tags: ['blue'] },
      [of(['tags'], 0), of(['name'], 1), of(['window'], 0)],
      'Without name 1 does.',
    ],
    ['the window', { name: 'old' }, [of(['name'], 100, true), of(['window'], 1)], 'In a wider window 1 does.'],
    [
      'others',
      { userId: 'x', version: 'y' },
      [of(['userId', 'version'], 100, true), of(['window'], 0)],
      'Without userId, version',
    ],
    ['nothing', { name: 'c', userId: 'v' }, [of(['name'], 0), of(['window'], 0)], 'call flush() before'],
    ['ids', { traceIds: ['unknown'] }, [], 'call flush() before'],
    ['ids in a window', { traceIds: ['old'], fromTimestamp: at(0) }, [of(['window'], 0)], 'In a wider window none'],
  ])(
    'fetchTraces() tells that it is %s, with at most three small requests',
    async (_, options, alternatives, message) => {
      const { loader, server } = await start()
      const traces = await loader.fetchTraces({ fetchFullTraces: false, ...options })
      expect(traces.length).toBe(0)
      expect(traces.diagnosis?.alternatives).toEqual(alternatives)
      expect(traces.diagnosis?.message).toContain(message)
      expect(server.requests.length).toBe(1 + alternatives.length)
      for (const { query } of server.requests.slice(1)) {
        // A list of ids bounds the answer by itself.
        if (options.traceIds === undefined) expect(Number(query.get('limit'))).toBeLessThanOrEqual(100)
        expect(query.get('fields')).toBe('core')
      }
    },
  )

  it('fetchTraces() asks nothing more when it found something', async () => {
    const { loader, server } = await start()
    expect((await loader.fetchTraces({ fetchFullTraces: false })).diagnosis).toBeNull()
    expect(server.requests.length).toBe(1)
  })

  it('fetchTraces() gives its answer even if nothing can be found out about it', async () => {
    const { loader, server } = await start()
    server.faults.push(
      () => false,
      (_, response) => {
        sendJson(response, 403, {})
        return true
      },
    )
    const traces = await loader.fetchTraces({ name: 'c' })
    expect([traces.length, traces.diagnosis?.alternatives]).toEqual([0, []])
  })
})

describe('partial', () => {
  const breaking = async (): Promise<Rig> => {
    const rig = await start()
    // The roots and the first batch; then no more.
    rig.server.faults.push(
      () => false,
      () => false,
      ...Array.from({ length: 9 }, () => (_: unknown, response: Parameters<typeof sendJson>[0]) => {
        sendJson(response, 403, {})
        return true
      }),
    )
    return rig
  }

  it("fetchTraces() with partial: 'return' gives the part, and says that it is one", async () => {
    const { loader } = await breaking()
    const traces = await loader.fetchTraces({ limit: 140, partial: 'return' })
    expect(traces.length).toBe(50)
    expect(traces.failure).toMatchObject({ code: 'forbidden' })
    expect(traces.diagnosis).toBeNull()
  })

  it('fetchTraces() throws by default, and when there is no part', async () => {
    expect(await failureOf((await breaking()).loader.fetchTraces({ limit: 140 }))).toMatchObject({ code: 'forbidden' })
    const { loader, server } = await start()
    server.faults.push((_, response) => {
      sendJson(response, 401, {})
      return true
    })
    expect(await failureOf(loader.fetchTraces({ partial: 'return' }))).toMatchObject({ code: 'unauthorized' })
    expect((await loader.fetchTraces({ limit: 1, partial: 'return' })).failure).toBeNull()
    expect(() => loader.streamTraces({ partial: 'return' })).toThrow('Invalid option partial')
  })
})
