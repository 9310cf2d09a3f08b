import { describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.fixture.js'

const PATH = '/api/public/dataset-run-items'

async function startServer(): Promise<TestServer> {
  const server = await startTestServer()
  for (const datasetName of ['one', 'two']) {
    await server.send('POST', '/api/public/v2/datasets', { name: datasetName })
    await server.send('POST', '/api/public/dataset-items', { datasetName, id: `of-${datasetName}`, input: 1 })
  }
  await server.send('POST', '/api/public/dataset-items', {
    datasetName: 'one',
    id: 'archived',
    input: 1,
    status: 'ARCHIVED',
  })
  return server
}

const RUN_ITEM = { runName: 'r', datasetItemId: 'of-one', traceId: 't' }

describe('createDatasetRunItem()', () => {
  it('createDatasetRunItem() gives each run of a dataset an id of its own', async () => {
    const server = await startServer()
    const runOf = async (fields: object): Promise<string> =>
      (await server.send('POST', PATH, { ...RUN_ITEM, ...fields })).body.datasetRunId
    const id = await runOf({})
    expect(await runOf({ traceId: 'another', metadata: { a: 1 } })).toBe(id)
    expect(new Set([id, await runOf({ runName: 's' }), await runOf({ datasetItemId: 'of-two' })]).size).toBe(3)
  })

  it('createDatasetRunItem() shows what it was given', async () => {
    const server = await startServer()
    const given = { runName: 'r', datasetItemId: 'of-one', observationId: 'o', createdAt: '2026-11-23T05:00:00+01:00' }
    const { status, body } = await server.send('POST', PATH, given)
    const createdAt = '2026-11-23T04:00:00.000Z'
    expect([status, body]).toMatchObject([200, { traceId: '', observationId: 'o', createdAt, updatedAt: createdAt }])
  })

  it.each([
    ['an unknown item', { datasetItemId: 'none' }, 404, { message: 'Dataset item not found' }],
    ['an archived item', { datasetItemId: 'archived' }, 404, { message: 'Dataset item not found' }],
    ['an item before it was', { datasetVersion: '2020-01-01T00:00:00Z' }, 404, { message: 'Dataset item not found' }],
    ['no trace', { traceId: null }, 400, { error: [{ path: ['observationId', 'traceId'] }] }],
    ['what it does not know', { runId: 'x' }, 400, { error: [{ code: 'unrecognized_keys' }] }],
    ['no name', { runName: undefined }, 400, { message: 'Invalid request data' }],
  ])('createDatasetRunItem() refuses %s', async (_what, fields, expected, error) => {
    const server = await startServer()
    const { status, body } = await server.send('POST', PATH, { ...RUN_ITEM, ...fields })
    expect([status, body]).toMatchObject([expected, error])
  })
})
