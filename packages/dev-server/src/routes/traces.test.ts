import { describe, expect, it } from 'vitest'
import { STORAGES, span, startTestServer } from '../test-server.fixture.js'

const PATH = '/api/public/traces'
const TRACES = ['1', '2', '3'].map((digit) => digit.repeat(32))

// Not recorded: from Langfuse 4.16's web/src/pages/api/public/traces/index.ts.
describe.each(STORAGES)('deleteTraces(), %s', (_where, storage) => {
  it('deleteTraces() deletes the traces that are named, and no others', async () => {
    const server = await startTestServer(storage)
    await server.ingest(...TRACES.map((traceId) => span({ traceId })))
    const { status, body } = await server.send('DELETE', PATH, { traceIds: [TRACES[0], TRACES[2], 'none'] })
    expect([status, body]).toEqual([200, { message: 'Traces deleted successfully' }])
    expect((await server.observations()).map(({ traceId }) => traceId)).toEqual([TRACES[1]])
  })

  it.each([
    [{}, 'traceIds'],
    [{ traceIds: [] }, 'At least 1 traceId is required.'],
    [{ traceIds: Array.from({ length: 1001 }, String) }, 'Cannot specify more than 1000 traces in a single request.'],
    [{ traceIds: [1] }, 'Invalid input: expected string, received number'],
    [{ traceIds: [TRACES[0]], traceId: 'x' }, 'Unrecognized key: "traceId"'],
    [null, 'Invalid input'],
  ])('deleteTraces() refuses %.60j', async (body, problem) => {
    const server = await startTestServer(storage)
    await server.ingest(span({ traceId: TRACES[0] }))
    const answer = await server.send('DELETE', PATH, body)
    expect([answer.status, answer.body.message]).toEqual([400, 'Invalid request data'])
    expect(JSON.stringify(answer.body.error)).toContain(JSON.stringify(problem).slice(1, -1))
    expect(await server.observations()).toHaveLength(1)
  })
})
