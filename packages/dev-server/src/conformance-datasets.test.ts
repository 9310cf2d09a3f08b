import { describe, expect, it } from 'vitest'
import type { DevServerOptions } from './options/dev-server-options.js'
import { expectSame, replay } from './replay-exchange.fixture.js'
import { type Recorded, recorded, STORAGES, startTestServer, type TestServer } from './test-server.fixture.js'

/** A server on which every request has a second of its own, as the recorded ones had. */
function startServer(storage: DevServerOptions): Promise<TestServer> {
  let now = Date.parse('2026-11-23T04:00:00.000Z')
  return startTestServer({ ...storage, clock: () => (now += 1000) })
}

/** The recording with another id wherever one stood that the server chose. */
function withId(exchange: Recorded, recordedId: string, id: string): Recorded {
  return JSON.parse(JSON.stringify(exchange).replaceAll(recordedId, id))
}

/** Replays a creation and fails unless the answer is the recorded one, but for the id. Gives the id. */
async function createSame(server: TestServer, exchange: Recorded): Promise<string> {
  const { status, body } = await replay(server, exchange)
  expect(status).toBe(200)
  expect(body.id).toEqual(expect.stringMatching(/^[0-9a-f-]{36}$/))
  const { id: recordedId, ...rest } = exchange.response.body
  const { id, ...own } = body
  const timeless = { projectId: '', createdAt: '', updatedAt: '' }
  expect({ ...own, ...timeless }).toEqual({ ...rest, ...timeless })
  expect([new Date(body.createdAt).toISOString(), typeof recordedId]).toEqual([body.createdAt, 'string'])
  return id
}

/** Replays the creation of an item under the id that Langfuse gave it, and fails unless the answer is the recorded one. */
async function createSameItem(server: TestServer, exchange: Recorded, datasetId: string): Promise<void> {
  const { id, datasetId: recordedId } = exchange.response.body
  const request = { ...exchange.request, body: { ...exchange.request.body, id } }
  await expectSame(server, withId({ ...exchange, request }, recordedId, datasetId))
}

describe.each(STORAGES)(
  'startDevServer() keeps datasets and shows experiments as Langfuse 4.16 does, %s',
  (_where, storage) => {
    it('startDevServer() makes a dataset and its items, and reads them back field by field', async () => {
      const server = await startServer(storage)
      const dataset = recorded('30_v2_datasets_post')
      const recordedId = dataset.response.body.id
      const id = await createSame(server, dataset)
      await createSameItem(server, recorded('31_dataset_items_post'), id)
      await createSameItem(server, recorded('31b_dataset_items_post_with_id'), id)
      // The request by which the recorded item got its last input was not recorded.
      const { status } = await server.send('POST', '/api/public/dataset-items', {
        datasetName: 'ds-cc1775',
        id: 'item-cc1775',
        input: '3+3!',
      })
      expect(status).toBe(200)
      for (const name of ['32_dataset_items_get', '33_v2_datasets_by_name', '34_v2_datasets_list']) {
        await expectSame(server, withId(recorded(name), recordedId, id))
      }
    })

    it('startDevServer() answers what the SDK asks about a dataset and its run, and stores no run', async () => {
      const server = await startServer(storage)
      const dataset = recorded('sdk_wire/006_POST_api_public_v2_datasets')
      const recordedId = dataset.response.body.id
      const id = await createSame(server, dataset)
      await createSameItem(server, recorded('sdk_wire/007_POST_api_public_dataset_items'), id)
      await createSameItem(server, recorded('sdk_wire/008_POST_api_public_dataset_items'), id)
      for (const name of ['009_GET_api_public_v2_datasets_exp_ds_72b238', '010_GET_api_public_dataset_items']) {
        await expectSame(server, withId(recorded(`sdk_wire/${name}`), recordedId, id))
      }
      const runIds = new Set<string>()
      for (const name of ['011_POST_api_public_dataset_run_items', '012_POST_api_public_dataset_run_items']) {
        const exchange = recorded(`sdk_wire/${name}`)
        const { status, body } = await replay(server, exchange)
        const own = {
          id: body.id,
          datasetRunId: body.datasetRunId,
          createdAt: body.createdAt,
          updatedAt: body.createdAt,
        }
        expect({ status, body }).toEqual({ status: 200, body: { ...exchange.response.body, ...own } })
        expect([body.id, body.datasetRunId]).toEqual([
          expect.stringMatching(/^[0-9a-f-]{36}$/),
          expect.stringMatching(/^[0-9a-f]{16}$/),
        ])
        runIds.add(body.datasetRunId)
      }
      expect(runIds.size).toBe(1)
      expect(await server.observations()).toEqual([])
      await expectSame(server, recorded('sdk_wire/016_GET_api_public_experiment_items'))
      await expectSame(server, recorded('39_experiments_get_before_sdk'))
    })

    it('startDevServer() answers the run item that was recorded alone', async () => {
      const server = await startServer(storage)
      const id = await createSame(server, recorded('30_v2_datasets_post'))
      await createSameItem(server, recorded('31_dataset_items_post'), id)
      const exchange = recorded('35_dataset_run_items_post')
      const { body } = await replay(server, exchange)
      const own = { id: body.id, datasetRunId: body.datasetRunId, createdAt: body.createdAt, updatedAt: body.createdAt }
      expect(body).toEqual({ ...exchange.response.body, ...own })
    })

    it('startDevServer() makes an experiment of the spans and scores that the SDK sent for it', async () => {
      const server = await startServer(storage)
      await replay(server, recorded('sdk_wire/015_POST_api_public_otel_v1_traces'))
      await replay(server, recorded('sdk_wire/014_POST_api_public_ingestion'))
      await expectSame(server, recorded('sdk_wire/017_GET_api_public_experiment_items'))
      await expectSame(server, recorded('sdk_wire/019_GET_api_public_experiments'))
    })

    it('startDevServer() refuses a list of experiments that has no beginning', async () => {
      await expectSame(await startServer(storage), recorded('sdk_wire/024_GET_api_public_experiments'))
    })

    it('startDevServer() makes a score config and reads it back field by field', async () => {
      const server = await startServer(storage)
      const exchange = recorded('26_score_configs_post')
      const id = await createSame(server, exchange)
      await expectSame(server, withId(recorded('27_score_configs_get'), exchange.response.body.id, id))
    })
  },
)
