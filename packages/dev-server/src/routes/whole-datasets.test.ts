import { describe, expect, it } from 'vitest'
import { STORAGES, startTestServer } from '../test-server.fixture.js'

const PATH = '/api/public/datasets'

// Not recorded: from Langfuse 4.16's web/src/features/datasets/server/publicDatasetService.ts.
describe.each(STORAGES)('createWholeDataset(), listWholeDatasets() and showWholeDataset(), %s', (_where, storage) => {
  it('showWholeDataset() shows a dataset with its items and the names of its runs', async () => {
    let now = 0
    const server = await startTestServer({ ...storage, legacy: true, clock: () => (now += 1000) })
    const { status, body: created } = await server.send('POST', PATH, { name: 'a b', metadata: { k: 1 } })
    expect([status, created]).toMatchObject([200, { name: 'a b', metadata: { k: 1 }, items: [], runs: [] }])
    for (const [id, state] of Object.entries({ i1: 'ACTIVE', i2: 'ACTIVE', gone: 'ARCHIVED' })) {
      await server.send('POST', '/api/public/dataset-items', { datasetName: 'a b', id, input: id, status: state })
    }
    const run = { runName: 'first', datasetItemId: 'i1', traceId: 't' }
    expect((await server.send('POST', '/api/public/dataset-run-items', run)).status).toBe(200)

    const { body: current } = await server.get('/api/public/v2/datasets/a%20b')
    const items = await Promise.all(
      ['i2', 'i1'].map(async (id) => (await server.get(`/api/public/dataset-items/${id}`)).body),
    )
    expect((await server.get(`${PATH}/a%20b`)).body).toEqual({ ...current, items, runs: ['first'] })
    expect((await server.get(PATH)).body).toEqual({
      data: [{ ...current, items: ['i2', 'i1'], runs: ['first'] }],
      meta: { page: 1, limit: 50, totalItems: 1, totalPages: 1 },
    })
    // Made again it is changed, and shown without what is in it.
    const { body: changed } = await server.send('POST', PATH, { name: 'a b', description: 'd' })
    expect(changed).toMatchObject({ id: created.id, description: 'd', items: [], runs: [] })
  })

  it('showWholeDataset() answers 404 for none, and createWholeDataset() refuses what is none', async () => {
    const server = await startTestServer(storage)
    expect(await server.get(`${PATH}/none`)).toMatchObject({ status: 404, body: { message: 'Dataset not found' } })
    expect((await server.send('POST', PATH, {})).status).toBe(400)
    expect((await server.get(`${PATH}?limit=101`)).status).toBe(400)
    expect((await server.get(PATH)).body.data).toEqual([])
  })
})
