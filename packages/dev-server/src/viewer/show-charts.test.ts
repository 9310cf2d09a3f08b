import { describe, expect, it } from 'vitest'
import type { Charts } from '../store/viewer/chart.js'
import { span, startTestServer, type TestServer } from '../test-server.fixture.js'

const START = Date.parse('2026-11-23T04:00:00Z')

const traceId = (id: number): string => id.toString(16).padStart(32, '0')

/** A trace of one call, so many seconds after the start, that took so many milliseconds. */
function call(id: number, seconds: number, millis: number, name = 'ask', model = 'm'): Record<string, unknown> {
  const at = START + seconds * 1000
  return span(
    {
      ...{ traceId: traceId(id), spanId: id.toString(16).padStart(16, '0'), name },
      startTimeUnixNano: `${at}000000`,
      endTimeUnixNano: `${at + millis}000000`,
    },
    {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': model,
      'langfuse.observation.usage_details': '{"total":10}',
      'langfuse.observation.cost_details': '{"total":0.5}',
      ...(millis === 0 && { 'langfuse.observation.level': 'ERROR' }),
    },
  )
}

async function charts(server: TestServer, query = ''): Promise<Charts> {
  const { status, body } = await server.get(`/viewer/api/charts?${query}`)
  expect(status).toBe(200)
  return body
}

describe('showCharts()', () => {
  it('showCharts() counts, adds up and ranks what happened in each part of the time', async () => {
    const server = await startTestServer()
    await server.ingest(...Array.from({ length: 100 }, (_, index) => call(index + 1, 0, (index + 1) * 10)))
    await server.ingest(call(101, 59, 0), call(102, 59, 500))
    const { series, ...rest } = await charts(server)
    expect(rest).toEqual({
      ...{ fromMillis: START, bucketMillis: 1000, bucketCount: 60, scores: [], offered: ['ask'], isPartial: false },
    })
    const [only] = series
    const at = (list: readonly (number | null)[] = []): unknown[] => [list[0], list[1], list[59], list.length]
    expect(only?.name).toBe('ask')
    expect(at(only?.counts)).toEqual([100, 0, 2, 60])
    expect(at(only?.errorCounts)).toEqual([0, 0, 1, 60])
    expect(at(only?.tokens)).toEqual([1000, 0, 20, 60])
    expect(at(only?.costs)).toEqual([50, 0, 1, 60])
    // The mean of the bin that holds 990.
    expect(at(only?.latencies.p99)).toEqual([995, null, 500, 60])
    expect(only?.totals).toMatchObject({ count: 102, errorCount: 1, tokens: 1020, cost: 51 })
    // Within the width of a bin, which is two per cent.
    for (const [percentile, exact] of [
      ['p50', 500],
      ['p90', 910],
      ['p95', 960],
      ['p99', 990],
    ] as const) {
      expect(Math.abs((only?.totals.latency[percentile] ?? 0) / exact - 1)).toBeLessThan(0.02)
    }
  })

  it('showCharts() names the most frequent and puts the others together', async () => {
    const server = await startTestServer()
    let id = 0
    for (const [name, count] of [
      ['a', 3],
      ['b', 5],
      ['c', 4],
      ['d', 2],
      ['e', 6],
      ['f', 1],
      ['g', 1],
    ] as const) {
      await server.ingest(...Array.from({ length: count }, () => call(++id, id, 10, name)))
    }
    const totals = ({ series }: Charts): unknown[] => series.map(({ name, totals: { count } }) => [name, count])
    const all = await charts(server)
    expect(totals(all)).toEqual([
      ['e', 6],
      ['b', 5],
      ['c', 4],
      ['a', 3],
      ['d', 2],
      [null, 2],
    ])
    expect(all.offered).toEqual(['e', 'b', 'c', 'a', 'd', 'f', 'g'])
    const some = await charts(server, 'only=f&only=a&only=unknown&only=f')
    expect(totals(some)).toEqual([
      ['f', 1],
      ['a', 3],
      ['unknown', 0],
    ])
    expect(some.offered).toHaveLength(7)
  })

  it('showCharts() compares models by their calls', async () => {
    const server = await startTestServer()
    const call2 = { ...call(2, 1, 40, 'ask', 'large'), traceId: traceId(1), parentSpanId: '1'.padStart(16, '0') }
    await server.ingest(call(1, 0, 20, 'ask', 'small'), call2, span({ traceId: 'other', spanId: 'o' }))
    const { series, offered } = await charts(server, 'by=model')
    expect(offered).toEqual(['large', 'small'])
    expect(series.map(({ name, totals }) => [name, totals.count, totals.latency.p50])).toEqual([
      ['large', 1, 40],
      ['small', 1, 20],
    ])
  })

  it('showCharts() keeps to the time that is asked for', async () => {
    const server = await startTestServer()
    await server.ingest(call(1, 0, 10), call(2, 10, 10), call(3, 20, 10))
    const counts = async (query: string): Promise<unknown> => {
      const { series, fromMillis, bucketMillis, bucketCount } = await charts(server, query)
      const end = fromMillis + bucketCount * bucketMillis
      return [series[0]?.totals.count, (fromMillis - START) / 1000, (end - START) / 1000]
    }
    expect(await counts('')).toEqual([3, 0, 21])
    expect(await counts(`from=${START + 5000}&to=${START + 15_000}`)).toEqual([1, 5, 15])
    expect(await counts(`from=${START - 5000}`)).toEqual([3, -5, 21])
    expect(await counts(`from=${START + 10_000}&to=${START + 10_000}`)).toEqual([
      undefined,
      -START / 1000,
      -START / 1000,
    ])
    expect(await counts('from=x&to=1e9&by=nothing&only=')).toEqual([3, 0, 21])
  })

  it.each([
    [
      'name',
      [
        ['answer', 2, 0.35, [0.5, 0.2]],
        ['sort', 1, 1, [1]],
      ],
    ],
    [
      'model',
      [
        ['m', 1, 0.5, [0.5]],
        ['large', 1, 0.2, [0.2]],
        ['small', 1, 1, [1]],
      ],
    ],
  ])('showCharts() shows the mean of a score over time by %s', async (by, expected) => {
    const server = await startTestServer()
    await server.ingest(
      call(1, 0, 10, 'answer', 'm'),
      // Called twice, the model has the score of the trace once.
      { ...call(5, 1, 10, 'inner', 'm'), traceId: traceId(1), parentSpanId: '1'.padStart(16, '0') },
      call(2, 10, 10, 'answer', 'large'),
      call(3, 10, 10, 'sort', 'm'),
      { ...call(4, 11, 10, 'inner', 'small'), traceId: traceId(3), parentSpanId: '3'.padStart(16, '0') },
    )
    const score = (fields: object): Promise<unknown> =>
      server.send('POST', '/api/public/scores', { name: 'quality', ...fields })
    await score({ traceId: traceId(1), value: 0.5 })
    await score({ traceId: traceId(2), value: 0.2 })
    await score({ traceId: traceId(3), observationId: '4'.padStart(16, '0'), value: 1 })
    await score({ traceId: traceId(3), name: 'tone', value: 'kind', dataType: 'CATEGORICAL' })
    const { scores } = await charts(server, `by=${by}`)
    expect(scores.map(({ name }) => name)).toEqual(['quality'])
    const lines = scores[0]?.series.map(({ name, count, mean, means }) => [
      ...[name, count, mean],
      means.filter((each) => each !== null),
    ])
    expect(lines).toEqual(expected)
  })
})
