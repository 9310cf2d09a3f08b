import { describe, expect, it } from 'vitest'
import type { DevServerOptions } from '../options/dev-server-options.js'
import { type Answer, STORAGES, span, startTestServer, type TestServer } from '../test-server.fixture.js'

const PATH = '/api/public/v2/scores'
const TRACE = '0af7651916cd43dd8448eb211c80319c'

/** A trace with scores of every type, one score of a session, and one of a trace that is not there. */
async function startWithScores(storage: DevServerOptions): Promise<TestServer> {
  let now = Date.parse('2026-11-24T00:00:00Z')
  const server = await startTestServer({ ...storage, legacy: true, clock: () => (now += 1000) })
  const attributes = { 'user.id': 'ada', 'langfuse.trace.name': 'asks', 'langfuse.environment': 'prod' }
  await server.ingest(span({}, { ...attributes, 'langfuse.trace.tags': ['x', 'y'] }))
  const scores = [
    { id: 'numeric', traceId: TRACE, observationId: 'o1', value: 0.5, metadata: { rater: 'bob' }, environment: 'prod' },
    { id: 'boolean', traceId: TRACE, observationId: 'o2', value: 1, dataType: 'BOOLEAN', comment: 'sure' },
    { id: 'category', traceId: TRACE, value: 'good', name: 'kind' },
    { id: 'session', sessionId: 's', value: 3 },
    { id: 'missing', traceId: 'gone', value: 9 },
  ]
  for (const score of scores) {
    expect((await server.send('POST', '/api/public/scores', { name: 'n', ...score })).status).toBe(200)
  }
  return server
}

// Not recorded: from Langfuse 4.16's scores-api-service.ts and mapScoresTable.ts.
describe.each(STORAGES)('listLegacyScores(), %s', (_where, storage) => {
  async function ids(server: TestServer, params: Record<string, string>): Promise<unknown> {
    const { status, body } = await server.get(`${PATH}?${new URLSearchParams(params)}`)
    expect([status, body.meta?.totalItems]).toEqual([200, body.data.length])
    return body.data.map(({ id }: Answer['body']) => id).join(' ')
  }

  it('listLegacyScores() shows scores whose trace is there, or that are about something else', async () => {
    const server = await startWithScores(storage)
    expect(await ids(server, {})).toBe('session category boolean numeric')
    expect(await ids(server, { fields: 'score' })).toBe('missing session category boolean numeric')
    expect(await ids(server, { userId: 'ada' })).toBe('category boolean numeric')
    expect(await ids(server, { userId: 'bob' })).toBe('')
    expect(await ids(server, { traceTags: 'x', environment: 'prod' })).toBe('numeric')
    expect(await ids(server, { observationId: 'o1, o2' })).toBe('boolean numeric')
  })

  it('listLegacyScores() leaves out the trace when the score alone is asked for', async () => {
    const server = await startWithScores(storage)
    const trace = { userId: 'ada', tags: ['x', 'y'], environment: 'prod', sessionId: null }
    const shown = async (fields: string): Promise<unknown> =>
      (await server.get(`${PATH}?scoreIds=numeric&${new URLSearchParams({ fields })}`)).body.data[0].trace
    expect([await shown('score'), await shown('trace,score'), await shown('nonsense'), await shown('')]).toEqual([
      null,
      trace,
      trace,
      trace,
    ])
  })

  it.each([
    [{ column: 'value', type: 'number', operator: '>=', value: 1 }, 'session boolean'],
    [{ column: 'Value', type: 'number', operator: '<', value: 0.5 }, 'category'],
    [{ column: 'booleanValue', type: 'stringOptions', operator: 'any of', value: ['true'] }, 'boolean'],
    [{ column: 'stringValue', type: 'string', operator: 'contains', value: 'oo' }, 'category'],
    [{ column: 'stringValue', type: 'stringOptions', operator: 'any of', value: ['True'] }, 'boolean'],
    [{ column: 'observationId', type: 'null', operator: 'is null', value: '' }, 'session category'],
    [{ column: 'sessionId', type: 'null', operator: 'is not null', value: '' }, 'session'],
    [{ column: 'comment', type: 'string', operator: 'starts with', value: 'su' }, 'boolean'],
    [{ column: 'metadata', type: 'stringObject', key: 'rater', operator: '=', value: 'bob' }, 'numeric'],
    [{ column: 'timestamp', type: 'datetime', operator: '<', value: '2026-11-24T00:00:03Z' }, 'numeric'],
    [{ column: 'traceName', type: 'stringOptions', operator: 'any of', value: ['asks'] }, 'category boolean numeric'],
    [{ column: 'Trace Tags', type: 'arrayOptions', operator: 'all of', value: ['x', 'y'] }, 'category boolean numeric'],
    [{ column: 'userId', type: 'string', operator: '=', value: "ada' OR 1" }, ''],
    [{ column: 'dataType', type: 'stringOptions', operator: 'none of', value: ['NUMERIC'] }, 'category boolean'],
  ])('listLegacyScores() filters by %j', async (condition, expected) => {
    expect(await ids(await startWithScores(storage), { filter: JSON.stringify([condition]) })).toBe(expected)
  })

  it('listLegacyScores() takes conditions of a filter for parameters, and both otherwise', async () => {
    const server = await startWithScores(storage)
    const filter = JSON.stringify([{ column: 'name', type: 'string', operator: '=', value: 'n' }])
    expect(await ids(server, { filter, name: 'kind', dataType: 'NUMERIC' })).toBe('session numeric')
    const value = JSON.stringify([{ column: 'value', type: 'number', operator: '=', value: 3 }])
    expect(await ids(server, { filter: value, operator: '>', value: '5' })).toBe('session')
  })
})

describe('listLegacyScores() refuses', () => {
  const filter = (condition: object): string => new URLSearchParams({ filter: JSON.stringify([condition]) }).toString()
  const aboutTraces =
    "Cannot filter by trace properties (userId, traceTags) when 'trace' field is not included. Please add 'trace' to the fields parameter or remove trace filters."
  it.each([
    ['fields=trace', 'Scores needs to be selected always.'],
    ['fields=score&userId=ada', aboutTraces],
    ['fields=score&traceTags=x', aboutTraces],
    ['filter={', 'Invalid JSON in filter parameter'],
    [
      filter({ column: 'x', type: 'string', operator: '=', value: '' }),
      'Column x does not match a UI / CH table mapping.',
    ],
    [
      filter({ column: 'value', type: 'string', operator: '=', value: '' }),
      "Invalid filter type 'string' for column 'value'. Expected filter type 'number'.",
    ],
    ['filter={}', 'Invalid request data'],
    [filter({ column: 'name', type: 'string', operator: 'like', value: '' }), 'Invalid request data'],
  ])('listLegacyScores() refuses %s', async (params, message) => {
    const server = await startTestServer({ legacy: true })
    const { status, body } = await server.get(`${PATH}?${params}`)
    expect([status, body.message]).toEqual([400, message])
  })
})
