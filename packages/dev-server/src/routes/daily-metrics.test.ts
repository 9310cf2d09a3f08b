import { describe, expect, it } from 'vitest'
import { type Answer, recorded, STORAGES, span, startTestServer, type TestServer } from '../test-server.fixture.js'

const PATH = '/api/public/metrics/daily'
const DAY = Date.parse('2026-11-23T00:00:00Z')

interface Call {
  readonly trace: number
  readonly id: number
  readonly day?: number
  readonly parent?: number
  readonly model?: string
  readonly usage?: object
  readonly attributes?: Record<string, string>
}

function call({ trace, id, parent, day = 0, model, usage, attributes }: Call): Record<string, unknown> {
  const start = DAY + day * 86_400_000 + 3_600_000 + id
  return span(
    {
      ...{
        traceId: trace.toString(16).padStart(32, '0'),
        spanId: id.toString(16).padStart(16, '0'),
        name: `call-${id}`,
      },
      ...(parent !== undefined && { parentSpanId: parent.toString(16).padStart(16, '0') }),
      ...{ startTimeUnixNano: `${start}000000`, endTimeUnixNano: `${start + 1}000000` },
    },
    {
      ...(model !== undefined && {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.model.name': model,
      }),
      ...(usage !== undefined && { 'langfuse.observation.usage_details': JSON.stringify(usage) }),
      ...attributes,
    },
  )
}

describe.each(STORAGES)('showDailyMetrics(), %s', (_where, storage) => {
  async function daily(server: TestServer, params: Record<string, string> = {}): Promise<Answer['body']> {
    const { status, body } = await server.get(`${PATH}?${new URLSearchParams(params)}`)
    expect(status).toBe(200)
    return body
  }

  it('showDailyMetrics() sums up a day as recorded', async () => {
    const server = await startTestServer({ ...storage, legacy: true })
    const { response } = recorded('../langfuse-4.16-dual-direct/51_metrics_daily')
    // Only the answer is compared: what it sums up came in with many recorded requests.
    const stated = { 'langfuse.observation.cost_details': '{"total":0.003}' }
    await server.ingest(
      call({ trace: 1, id: 100, model: 'gpt-4o', usage: { input: 3, output: 4, total: 7 } }),
      call({ trace: 2, id: 101, model: 'gpt-4o-mini', usage: { input: 11, output: 7, total: 18 }, attributes: stated }),
      ...Array.from({ length: 40 }, (_, index) => call({ trace: 1 + (index % 12), id: index + 1 })),
    )
    const sorted = (body: Answer['body']): unknown => ({
      ...body,
      data: body.data.map((day: Answer['body']) => ({
        ...day,
        usage: day.usage.toSorted((a: Answer['body'], b: Answer['body']) =>
          String(a.model) < String(b.model) ? -1 : 1,
        ),
      })),
    })
    expect(sorted(await daily(server))).toEqual(sorted(response.body))
  })

  it('showDailyMetrics() gives the last days first, in pages, and restricts both traces and observations', async () => {
    const server = await startTestServer({ ...storage, legacy: true })
    const ada = { 'user.id': 'ada', 'langfuse.trace.name': 'asks', 'langfuse.environment': 'prod' }
    await server.ingest(
      call({
        trace: 1,
        id: 1,
        day: 0,
        model: 'm',
        usage: { input: 1, output: 2, input_cached: 3, total: 6 },
        attributes: ada,
      }),
      call({ trace: 1, id: 2, parent: 1, day: 1, model: 'm', usage: { input: 1, total: 1 }, attributes: ada }),
      call({ trace: 2, id: 3, day: 2, attributes: { 'langfuse.trace.tags': '["x","y"]' } }),
    )
    const days = async (params: Record<string, string> = {}): Promise<unknown> => {
      const { data, meta } = await daily(server, params)
      return [
        meta.totalItems,
        ...data.map((day: Answer['body']) => [day.date.slice(-2), day.countTraces, day.countObservations]),
      ]
    }
    // The second day has no trace of its own, and is not counted, as in Langfuse.
    expect(await days()).toEqual([2, ['25', 1, 1], ['24', 0, 1], ['23', 1, 1]])
    expect(await days({ limit: '1', page: '2' })).toEqual([2, ['24', 0, 1]])
    expect(await days({ userId: 'ada' })).toEqual([1, ['24', 0, 1], ['23', 1, 1]])
    expect(await days({ traceName: 'asks', environment: 'prod' })).toEqual([1, ['24', 0, 1], ['23', 1, 1]])
    expect(await days({ tags: 'x' })).toEqual([1, ['25', 1, 1]])
    expect(await days({ traceName: "none' OR 1" })).toEqual([0])
    // Everything since a time, with observations from up to an hour before it, whatever their trace is.
    expect(await days({ fromTimestamp: '2026-11-24T02:00:00Z' })).toEqual([1, ['25', 1, 1], ['24', 0, 1]])
    expect(await days({ fromTimestamp: '2026-11-24T02:00:01Z' })).toEqual([1, ['25', 1, 1]])
    expect(await days({ fromTimestamp: '2026-11-23T00:00:00Z', toTimestamp: '2026-11-24T00:00:00Z' })).toEqual([
      1,
      ['24', 0, 1],
      ['23', 1, 1],
    ])
    const [first] = (await daily(server, { userId: 'ada', page: '2', limit: '1' })).data
    expect(first).toMatchObject({
      totalCost: 0,
      usage: [{ model: 'm', inputUsage: 4, outputUsage: 2, totalUsage: 6, countTraces: 1 }],
    })
  })

  it.each(['limit=0', 'limit=101', 'page=x', 'fromTimestamp=soon'])('showDailyMetrics() refuses %s', async (params) => {
    const server = await startTestServer({ ...storage, legacy: true })
    expect((await server.get(`${PATH}?${params}`)).status).toBe(400)
  })
})
