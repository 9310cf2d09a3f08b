import { describe, expect, it } from 'vitest'
import { replay } from '../replay-exchange.fixture.js'
import { type Answer, recorded, span, startTestServer, type TestServer } from '../test-server.fixture.js'

const START = Date.parse('2026-11-23T10:00:00Z')
const WINDOW = { fromTimestamp: '2026-11-23T00:00:00Z', toTimestamp: '2026-11-24T00:00:00Z' }

/** Ten calls, one every ten minutes, the n-th taking n seconds. */
async function startWithCalls(): Promise<TestServer> {
  const server = await startTestServer({ clock: () => START })
  const calls = Array.from({ length: 10 }, (_, index) => {
    const start = START + index * 600_000
    const usage = index < 5 ? { 'langfuse.observation.usage_details': '{"input":10,"output":2}' } : {}
    return span(
      {
        ...{ spanId: index.toString(16).padStart(16, '0'), name: index % 2 === 0 ? 'even' : 'odd' },
        ...{ startTimeUnixNano: `${start}000000`, endTimeUnixNano: `${start + (index + 1) * 1000}000000` },
      },
      { 'user.id': `user-${index % 3}`, 'langfuse.observation.model.name': 'gpt-4o', ...usage },
    )
  })
  await server.ingest(...calls)
  return server
}

async function metrics(server: TestServer, query: object): Promise<Answer> {
  const whole = { view: 'observations', metrics: [{ measure: 'count', aggregation: 'count' }], ...WINDOW, ...query }
  return server.get(`/api/public/v2/metrics?${new URLSearchParams({ query: JSON.stringify(whole) })}`)
}

const figures = (...names: string[]): object[] =>
  names.map((name) => ({ aggregation: name.split('_')[0], measure: name.split('_')[1] }))

describe('showMetrics()', () => {
  it('showMetrics() counts by name as recorded', async () => {
    const server = await startTestServer()
    await replay(server, recorded('02_otlp_json_post'))
    const { body } = await metrics(server, { dimensions: [{ field: 'name' }] })
    const expected: Answer['body'][] = recorded('49_v2_metrics').response.body.data
    expect(body.data).toHaveLength(3)
    // The recording has the spans of other exchanges as well.
    expect(expected).toEqual(expect.arrayContaining(body.data))
  })

  it('showMetrics() aggregates in every way', async () => {
    const server = await startWithCalls()
    const names = [
      'sum_latency',
      'avg_latency',
      'min_latency',
      'max_latency',
      'p50_latency',
      'p90_latency',
      'count_count',
    ]
    const more = ['uniq_uniqueUserIds', 'sum_totalTokens', 'sum_inputTokens', 'p95_timeToFirstToken']
    const { body } = await metrics(server, { metrics: figures(...names, ...more) })
    expect(body.data).toEqual([
      {
        ...{ sum_latency: 55_000, avg_latency: 5_500, min_latency: 1_000, max_latency: 10_000 },
        ...{ p50_latency: 5_500, p90_latency: 9_100, count_count: 10, uniq_uniqueUserIds: 3 },
        ...{ sum_totalTokens: 60, sum_inputTokens: 50, p95_timeToFirstToken: null },
      },
    ])
  })

  it('showMetrics() makes histograms that count each value once', async () => {
    const server = await startWithCalls()
    const { body } = await metrics(server, { metrics: figures('histogram_latency'), config: { bins: 3 } })
    expect(body.data).toEqual([
      {
        histogram_latency: [
          [1000, 4000, 3],
          [4000, 7000, 3],
          [7000, 10_000, 4],
        ],
      },
    ])
  })

  it.each([
    ['hour', ['2026-11-23T10:00:00.000Z', 6, '2026-11-23T11:00:00.000Z', 4]],
    ['day', ['2026-11-23T00:00:00.000Z', 10]],
    ['week', ['2026-11-23T00:00:00.000Z', 10]],
    ['month', ['2026-11-01T00:00:00.000Z', 10]],
    ['auto', ['2026-11-23T10:00:00.000Z', 6, '2026-11-23T11:00:00.000Z', 4]],
  ])('showMetrics() groups by %s', async (granularity, expected) => {
    const { body } = await metrics(await startWithCalls(), { timeDimension: { granularity } })
    expect(body.data.flatMap((row: Answer['body']) => [row.time_dimension, row.count_count])).toEqual(expected)
  })

  it('showMetrics() groups by several dimensions, orders, limits and filters', async () => {
    const server = await startWithCalls()
    const dimensions = [{ field: 'name' }, { field: 'providedModelName' }]
    const orderBy = [{ field: 'sum_latency', direction: 'desc' }]
    const { body } = await metrics(server, { dimensions, orderBy, metrics: figures('sum_latency') })
    expect(body.data).toEqual([
      { name: 'odd', providedModelName: 'gpt-4o', sum_latency: 30_000 },
      { name: 'even', providedModelName: 'gpt-4o', sum_latency: 25_000 },
    ])
    expect(
      (await metrics(server, { dimensions, orderBy, metrics: figures('sum_latency'), config: { row_limit: 1 } })).body
        .data,
    ).toHaveLength(1)
    const filters = [{ column: 'userId', type: 'string', operator: '=', value: 'user-1' }]
    expect((await metrics(server, { filters })).body.data).toEqual([{ count_count: 3 }])
    expect((await metrics(server, { toTimestamp: '2026-11-23T10:10:00Z' })).body.data).toEqual([{ count_count: 1 }])
  })

  it('showMetrics() sums up scores by their kind', async () => {
    const server = await startTestServer({ clock: () => START })
    for (const score of [
      { name: 'a', value: 1 },
      { name: 'a', value: 2 },
      { name: 'b', value: 'good' },
      { name: 'c', value: 1, dataType: 'BOOLEAN' },
    ]) {
      await server.send('POST', '/api/public/scores', { traceId: 't', ...score })
    }
    const of = async (view: string, query: object): Promise<unknown> =>
      (await metrics(server, { view, ...query })).body.data
    expect(await of('scores-numeric', { metrics: figures('avg_value'), dimensions: [{ field: 'name' }] })).toEqual([
      { name: 'a', avg_value: 1.5 },
    ])
    expect(await of('scores-categorical', { dimensions: [{ field: 'stringValue' }] })).toEqual([
      { stringValue: 'good', count_count: 1 },
    ])
    expect(await of('scores-boolean', { dimensions: [{ field: 'booleanValue' }] })).toEqual([
      { booleanValue: true, count_count: 1 },
    ])
  })

  it.each([
    ['an unknown view', { view: 'traces' }],
    ['no metrics', { metrics: [] }],
    ['an unknown measure', { metrics: figures('count_1); DROP TABLE observations; --') }],
    ['an unknown dimension', { dimensions: [{ field: '(SELECT details FROM observations)' }] }],
    ['an unknown aggregation', { metrics: figures('median_latency') }],
    ['an order by what is not there', { orderBy: [{ field: 'name', direction: 'asc' }] }],
    ['an unknown granularity', { timeDimension: { granularity: 'second' } }],
    ['an empty window', { toTimestamp: WINDOW.fromTimestamp }],
    ['too many rows', { config: { row_limit: 1001 } }],
    ['an unknown filter', { filters: [{ column: 'x', type: 'string', operator: '=', value: '' }] }],
    ['a filter of scores', { view: 'scores-numeric', filters: [{}] }],
  ])('showMetrics() refuses %s', async (_what, query) => {
    expect((await metrics(await startTestServer(), query)).status).toBe(400)
  })

  it.each(['', '{', '[]', 'null'])('showMetrics() refuses %j', async (query) => {
    const server = await startTestServer()
    expect((await server.get(`/api/public/v2/metrics?${new URLSearchParams({ query })}`)).status).toBe(400)
  })
})
