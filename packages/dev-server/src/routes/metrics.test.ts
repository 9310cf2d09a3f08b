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
    ['hour', ['2026-11-23T10:00:00Z', 6], ['2026-11-23T11:00:00Z', 4]],
    ['day', ['2026-11-23', 10]],
    ['week', ['2026-11-23', 10]],
    ['month', ['2026-11-01', 10]],
    ['auto', ['2026-11-23T10:00:00Z', 6], ['2026-11-23T11:00:00Z', 4]],
  ])('showMetrics() groups by %s', async (granularity, ...expected) => {
    const orderBy = [{ field: 'time_dimension', direction: 'asc' }]
    const { body } = await metrics(await startWithCalls(), { timeDimension: { granularity }, orderBy })
    expect(body.data.map((row: Answer['body']) => [row.time_dimension, row.count_count])).toEqual(expected)
  })

  // Not recorded: from Langfuse 4.16's packages/shared/src/features/query/server/queryBuilder.ts, which says `WITH FILL`.
  it('showMetrics() fills times for which there is nothing, up to the last one, unless an order is asked for', async () => {
    const server = await startWithCalls()
    const query = {
      ...{ timeDimension: { granularity: 'hour' }, dimensions: [{ field: 'name' }, { field: 'userId' }] },
      metrics: figures('count_count', 'sum_totalTokens', 'avg_latency', 'histogram_latency', 'p50_totalTokens'),
      ...{ fromTimestamp: '2026-11-23T09:30:00Z', toTimestamp: '2026-11-23T13:30:00Z' },
      filters: [{ column: 'name', type: 'string', operator: '=', value: 'even' }],
    }
    expect((await metrics(server, query)).status).toBe(400)
    const filled = (await metrics(server, { ...query, dimensions: [{ field: 'name' }, { field: 'release' }] })).body
      .data
    const even = { name: 'even', release: null, histogram_latency: expect.any(Array) }
    const nothing = {
      name: '',
      release: null,
      count_count: 0,
      sum_totalTokens: 0,
      avg_latency: null,
      histogram_latency: [],
      p50_totalTokens: 0,
    }
    expect(filled).toEqual([
      { time_dimension: '2026-11-23T09:00:00Z', ...nothing },
      {
        time_dimension: '2026-11-23T10:00:00Z',
        ...even,
        count_count: 3,
        sum_totalTokens: 36,
        avg_latency: 3000,
        p50_totalTokens: 12,
      },
      {
        time_dimension: '2026-11-23T11:00:00Z',
        ...even,
        count_count: 2,
        sum_totalTokens: 0,
        avg_latency: 8000,
        p50_totalTokens: 0,
      },
      { time_dimension: '2026-11-23T12:00:00Z', ...nothing },
    ])
    const limited = await metrics(server, { ...query, dimensions: [], config: { row_limit: 2 } })
    expect(limited.body.data.map((row: Answer['body']) => row.count_count)).toEqual([0, 3])
    const orderBy = [{ field: 'time_dimension', direction: 'desc' }]
    const ordered = await metrics(server, { ...query, dimensions: [], orderBy })
    expect(ordered.body.data.map((row: Answer['body']) => row.count_count)).toEqual([2, 3])
  })

  it.each([
    ['minute', '2026-11-23T23:59:30Z', '2026-11-24T00:01:30Z', ['2026-11-23T23:59:00Z', '2026-11-24T00:00:00Z']],
    ['day', '2026-02-27T12:00:00Z', '2026-03-02T00:00:00Z', ['2026-02-27', '2026-02-28', '2026-03-01']],
    ['week', '2026-11-25T00:00:00Z', '2026-12-07T00:00:00Z', ['2026-11-23', '2026-11-30']],
    ['month', '2026-11-30T00:00:00Z', '2027-02-15T00:00:00Z', ['2026-11-01', '2026-12-01', '2027-01-01']],
    ['auto', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 12],
    ['auto', '2026-01-01T00:00:00Z', '2026-12-31T23:00:00Z', 52],
    ['auto', '2026-11-23T00:00:00Z', '2026-11-23T02:00:00Z', 2],
    ['minute', '0001-01-01T00:00:00Z', '9999-01-01T00:00:00Z', 100],
  ])('showMetrics() fills by %s from %s to %s', async (granularity, fromTimestamp, toTimestamp, expected) => {
    const { body } = await metrics(await startTestServer(), {
      timeDimension: { granularity },
      fromTimestamp,
      toTimestamp,
    })
    const times = body.data.map((row: Answer['body']) => row.time_dimension)
    expect(Array.isArray(expected) ? times : times.length).toEqual(expected)
  })

  it('showMetrics() groups by several dimensions, orders, limits and filters', async () => {
    const server = await startWithCalls()
    const dimensions = [{ field: 'name' }, { field: 'providedModelName' }]
    const orderBy = [{ field: 'sum_latency', direction: 'desc' }]
    const { body } = await metrics(server, { dimensions, orderBy, metrics: figures('sum_latency') })
    // Without an order it is by the first figure, the highest first.
    expect((await metrics(server, { dimensions, metrics: figures('sum_latency') })).body).toEqual(body)
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
    expect((await metrics(server, { toTimestamp: '2026-11-23T10:10:00Z' })).body.data).toEqual([{ count_count: 2 }])
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
      { name: 'c', avg_value: 1 },
    ])
    const filters = [{ column: 'scoreName', type: 'stringOptions', operator: 'any of', value: ['a'] }]
    expect(await of('scores-numeric', { metrics: figures('max_value'), filters })).toEqual([{ max_value: 2 }])
    expect(await of('scores-categorical', { dimensions: [{ field: 'stringValue' }] })).toEqual([
      { stringValue: 'good', count_count: 1 },
    ])
    expect(await of('scores-boolean', { dimensions: [{ field: 'booleanValue' }] })).toEqual([
      { booleanValue: true, count_count: 1 },
    ])
  })

  it.each([
    ['an unknown view', { view: 'traces' }],
    ['an unknown measure', { metrics: figures('count_1); DROP TABLE observations; --') }],
    ['an unknown dimension', { dimensions: [{ field: '(SELECT details FROM observations)' }] }],
    ['an unknown aggregation', { metrics: figures('median_latency') }],
    ['an order by what is not there', { orderBy: [{ field: 'name', direction: 'asc' }] }],
    ['an unknown granularity', { timeDimension: { granularity: 'second' } }],
    ['an empty window', { toTimestamp: WINDOW.fromTimestamp }],
    ['too many rows', { config: { row_limit: 1001 } }],
    ['an unknown filter', { filters: [{ column: 'x', type: 'string', operator: '=', value: '' }] }],
    ['a filter that is none', { view: 'scores-numeric', filters: [{}] }],
    ['full-text search', { filters: [{ column: 'name', type: 'string', operator: 'matches', value: 'x' }] }],
  ])('showMetrics() refuses %s', async (_what, query) => {
    expect((await metrics(await startTestServer(), query)).status).toBe(400)
  })

  const many = "High cardinality dimension(s) 'traceId'"
  const byCount = [{ field: 'count_count', direction: 'desc' }]
  const ofTrace = { dimensions: [{ field: 'traceId' }] }
  const filter = (fields: object): object => ({
    filters: [{ column: 'name', type: 'string', operator: '=', value: '', ...fields }],
  })
  // Not recorded: from Langfuse 4.16's validateQuery.ts and queryBuilder.ts.
  it.each([
    [ofTrace, `${many} require both 'config.row_limit' and 'orderBy' with direction 'desc' on a measure field.`],
    [
      { ...ofTrace, orderBy: byCount },
      `${many} require both 'config.row_limit' and 'orderBy' with direction 'desc' on a measure field.`,
    ],
    [
      { ...ofTrace, orderBy: [{ field: 'traceId', direction: 'desc' }], config: { row_limit: 5 } },
      `${many} require 'orderBy' with direction 'desc' on a measure field. 'traceId' is not a measure in this query.`,
    ],
    [
      { ...ofTrace, timeDimension: { granularity: 'day' }, orderBy: byCount, config: { row_limit: 5 } },
      `${many} cannot be used with timeDimension. Time series queries with high cardinality dimensions produce unbounded result sets.`,
    ],
    [
      { dimensions: [{ field: 'x' }], view: 'scores-boolean' },
      /^Invalid dimension x\. Must be one of sessionId,datasetRunId,traceName,.+,booleanValue$/,
    ],
    [{ metrics: figures('sum_value') }, /^Invalid metric value\. Must be one of count,traceId,.+,usageByType$/],
    [
      { metrics: figures('sum_traceId') },
      'Aggregation "sum" is not valid for measure "traceId" (type: string). Valid aggregations: count, uniq',
    ],
    [
      { orderBy: [{ field: 'name', direction: 'asc' }] },
      'Invalid orderBy field: name. Must be one of the dimension or metric fields.',
    ],
    [
      { metrics: figures('sum_costByType', 'sum_usageByType') },
      'Only one pairExpand dimension is supported per query. Found: costType, usageType',
    ],
    [filter({ column: 'latency' }), /^Invalid filter column latency\. Must be one of id,traceId,.+ or start_time$/],
    [
      { view: 'scores-numeric', ...filter({ column: 'x' }) },
      /^Invalid filter column x\. Must be one of sessionId,.+,value or timestamp$/,
    ],
    [
      filter({ column: 'tags' }),
      "Invalid filter for field 'tags': Filter type 'string' is not supported for dimension type 'string[]'. Expected 'arrayOptions'.",
    ],
    [
      filter({ type: 'number', value: 1 }),
      "Invalid filter for field 'name': Filter type 'number' is not supported for dimension type 'string'. Expected 'string' or 'stringOptions'.",
    ],
    [
      filter({ column: 'start_time' }),
      "Invalid filter for field 'start_time': Filter type 'string' is not supported for time dimension 'start_time'. Expected 'datetime'.",
    ],
    [
      filter({ column: 'metadata' }),
      /^Invalid filter for field 'metadata': Metadata filters require type 'stringObject'/,
    ],
  ])('showMetrics() refuses %j in words of Langfuse', async (query, message) => {
    const { status, body } = await metrics(await startTestServer(), query)
    expect([status, body]).toEqual([
      400,
      { message: message instanceof RegExp ? expect.stringMatching(message) : message, error: 'InvalidRequestError' },
    ])
  })

  it('showMetrics() groups by what is different in every row for the highest figures', async () => {
    const server = await startWithCalls()
    const orderBy = [{ field: 'sum_latency', direction: 'desc' }]
    const query = { dimensions: [{ field: 'id' }], metrics: figures('sum_latency'), orderBy, config: { row_limit: 2 } }
    expect((await metrics(server, query)).body.data).toEqual([
      { id: '0000000000000009', sum_latency: 10_000 },
      { id: '0000000000000008', sum_latency: 9_000 },
    ])
  })

  it.each(['', '{', '[]', 'null'])('showMetrics() refuses %j', async (query) => {
    const server = await startTestServer()
    expect((await server.get(`/api/public/v2/metrics?${new URLSearchParams({ query })}`)).status).toBe(400)
  })

  // Not recorded: version 3 checks none of this, see Langfuse 4.16's web/src/pages/api/public/metrics/index.ts.
  it('showMetrics() groups by anything at the older endpoint, and shows all groups', async () => {
    const server = await startTestServer({ legacy: true })
    await server.ingest(
      ...Array.from({ length: 101 }, (_, index) => span({ spanId: (index + 1).toString(16).padStart(16, '0') })),
    )
    const query = {
      ...{ view: 'observations', metrics: figures('count_count'), dimensions: [{ field: 'id' }] },
      ...{ fromTimestamp: '2026-01-01T00:00:00Z', toTimestamp: '2027-01-01T00:00:00Z' },
    }
    const { status, body } = await server.get(
      `/api/public/metrics?${new URLSearchParams({ query: JSON.stringify(query) })}`,
    )
    expect([status, body.data.length]).toEqual([200, 101])
    expect((await metrics(server, query)).status).toBe(400)
  })
})
