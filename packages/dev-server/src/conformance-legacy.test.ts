import { describe, expect, it } from 'vitest'
import type { DevServerOptions } from './options/dev-server-options.js'
import { expectSame, replay } from './replay-exchange.fixture.js'
import {
  type Answer,
  comparable,
  type Recorded,
  recorded,
  STORAGES,
  span,
  startTestServer,
  type TestServer,
} from './test-server.fixture.js'

const dualDirect = (name: string): Recorded => recorded(`../langfuse-4.16-dual-direct/${name}`)

const TRACE = '638bf89c3fa042cf3438fb13d41b9cc3'
const SPANS = ['root-span', 'llm-call', 'tool-call']

/** The trace of the recordings, with its scores. */
async function startWithTrace(storage: DevServerOptions): Promise<TestServer> {
  let now = 0
  const server = await startTestServer({ ...storage, legacy: true, clock: () => now })
  await replay(server, dualDirect('02_otlp_json_post'))
  const stored: readonly Answer['body'][] = dualDirect('19_v3_scores_all_fields').response.body.data
  for (const name of [
    '10_scores_post_numeric',
    '11_scores_post_categorical',
    '12_scores_post_boolean',
    '12_scores_post_text',
  ]) {
    const { request, response } = dualDirect(name)
    now = Date.parse(stored.find(({ id }) => id === response.body.id).timestamp)
    // The server chose these ids; given ones make the answers comparable.
    await server.send('POST', request.url, { ...request.body, id: response.body.id })
  }
  await expectSame(server, dualDirect('16_ingestion_score_create'))
  return server
}

/**
 * What may differ beside `comparable`: `htmlPath` names the project; the observations of a trace come in the order of Langfuse's
 * table, which is none, so they are compared by id.
 */
function legacyComparable(body: Answer['body']): unknown {
  const { htmlPath, observations, ...rest } = body
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
  return comparable({
    ...rest,
    ...(htmlPath !== undefined && { htmlPath: htmlPath.replace(/^\/project\/[^/]+/, '') }),
    ...(observations !== undefined && { observations: observations.toSorted?.(byId) ?? observations }),
  })
}

describe.each(STORAGES)(
  'startDevServer({ legacy: true }) answers as Langfuse 4.16 in its mode dual_direct, %s',
  (_where, storage) => {
    it.each(['22_v2_scores', '23_v2_scores_by_id', '24_v1_scores', '63_legacy_session_by_id'])(
      'startDevServer() answers %s as recorded',
      async (name) => {
        await expectSame(await startWithTrace(storage), dualDirect(name))
      },
    )

    it.each(['64_legacy_observations_list', '65_legacy_observation_by_id', '03_v2_observations_all_fields'])(
      'startDevServer() answers %s as recorded',
      async (name) => {
        await expectSame(await startWithTrace(storage), dualDirect(name))
      },
    )

    it('startDevServer() shows a trace with its observations and scores as recorded', async () => {
      const exchange = dualDirect('61_legacy_trace_by_id')
      const { status, body } = await (await startWithTrace(storage)).get(exchange.request.url)
      expect(status).toBe(200)
      expect(legacyComparable(body)).toEqual(legacyComparable(exchange.response.body))
    })

    it('startDevServer() counts observations by name as recorded, those of batches too', async () => {
      const server = await startWithTrace(storage)
      await expectSame(server, dualDirect('17_ingestion_trace_span'))
      const { request, response } = dualDirect('50_v1_metrics')
      const { status, body } = await server.get(request.url)
      const names = body.data.map(({ name }: { name: string }) => name).sort()
      expect([status, names]).toEqual([200, ['legacy-span', ...SPANS].sort()])
      // The recording has the spans of other exchanges as well.
      expect(response.body.data).toEqual(expect.arrayContaining(body.data))
    })

    it('startDevServer() says that a trace is not there as recorded', async () => {
      await expectSame(await startTestServer({ ...storage, legacy: true }), dualDirect('67_legacy_trace_missing'))
    })

    it('startDevServer() takes traces and spans in a batch, lists them, and keeps them from version 4', async () => {
      const server = await startTestServer({ ...storage, legacy: true })
      const { request, response } = dualDirect('60_legacy_traces_list')
      const asRoot = response.body.data[1]
      const start = Date.parse(asRoot.timestamp)
      const body = exportOfProbe(asRoot.id, start)
      expect((await server.send('POST', '/api/public/otel/v1/traces', body)).status).toBe(200)
      await expectSame(server, dualDirect('17_ingestion_trace_span'))
      await expectSame(server, dualDirect('25_v2_observations_of_legacy_ingestion'))
      const list = await server.get(request.url)
      expect(list.body.data.map(legacyComparable)).toEqual(response.body.data.map(legacyComparable))
      // The recorded project had ten traces more.
      expect(list.body.meta).toEqual({ page: 1, limit: 2, totalItems: 2, totalPages: 1 })
    })

    it('startDevServer() takes single traces and spans as recorded', async () => {
      const server = await startTestServer({ ...storage, legacy: true })
      for (const name of ['68_legacy_traces_post', '69_legacy_spans_post']) {
        const { status, body } = await replay(server, dualDirect(name))
        expect([status, body]).toEqual([200, { id: expect.stringMatching(/^[0-9a-f-]{36}$/) }])
      }
      const { body } = await server.get('/api/public/observations?name=x')
      expect(body.data).toMatchObject([{ type: 'SPAN', traceId: '6ea8418d23d648718817e61e29ed4823', endTime: null }])
      expect((await server.get('/api/public/traces?name=x')).body.meta.totalItems).toBe(1)
    })

    it('startDevServer() lists sessions, the newest first, as recorded', async () => {
      let now = 0
      const server = await startTestServer({ ...storage, legacy: true, clock: () => ++now })
      const { request, response } = dualDirect('62_legacy_sessions_list')
      for (const { id, environment } of [{ id: 'sess-1', environment: 'e2e' }, ...response.body.data.toReversed()]) {
        await server.ingest(
          span({ traceId: `trace-of-${id}` }, { 'session.id': id, 'langfuse.environment': environment }),
        )
      }
      const { body } = await server.get(request.url)
      expect(comparable(body)).toEqual(comparable(response.body))
    })

    it('startDevServer() keeps runs of datasets as recorded', async () => {
      const server = await startTestServer({ ...storage, legacy: true })
      const ids = new Map<string, string>()
      // Ids are chosen by the server: what the recorded one chose stands for what this one does.
      const ours = (exchange: Recorded): Recorded => {
        let text = JSON.stringify(exchange)
        for (const [theirs, own] of ids) text = text.replaceAll(theirs, own)
        return JSON.parse(text)
      }
      const create = async (name: string, ...keys: readonly string[]): Promise<void> => {
        const { body } = await replay(server, ours(dualDirect(name)))
        for (const key of keys) ids.set(dualDirect(name).response.body[key], body[key])
        expect(comparable(body)).toEqual(comparable(ours(dualDirect(name)).response.body))
      }
      await create('30_v2_datasets_post', 'id')
      await create('31_dataset_items_post', 'id')
      await create('35_dataset_run_items_post', 'id', 'datasetRunId')
      for (const name of ['36_dataset_run_items_get', '37_dataset_runs_get', '38_dataset_run_get']) {
        await expectSame(server, ours(dualDirect(name)))
      }
    })

    it('startDevServer() shows the runs of an experiment as recorded', async () => {
      let now = 0
      const server = await startTestServer({ ...storage, legacy: true, clock: () => ++now })
      const run = dualDirect('56_dataset_run_after_sdk').response.body
      await server.send('POST', '/api/public/v2/datasets', { name: run.datasetName })
      const { body: dataset } = await server.get(`/api/public/v2/datasets/${run.datasetName}`)
      const own = new Map([[run.datasetId, dataset.id]])
      for (const item of run.datasetRunItems.toReversed()) {
        const { datasetName, name: runName, description: runDescription, metadata } = run
        const { datasetItemId, traceId, observationId } = item
        await server.send('POST', '/api/public/dataset-items', { datasetName, id: datasetItemId })
        const sent = { runName, runDescription, metadata, datasetItemId, traceId, observationId }
        const { body } = await server.send('POST', '/api/public/dataset-run-items', sent)
        own.set(item.id, body.id).set(item.datasetRunId, body.datasetRunId)
      }
      for (const name of ['55_dataset_runs_after_sdk', '56_dataset_run_after_sdk']) {
        let text = JSON.stringify(dualDirect(name))
        for (const [theirs, id] of own) text = text.replaceAll(theirs, id)
        await expectSame(server, JSON.parse(text))
      }
    })

    it('startDevServer() counts by name as recorded', async () => {
      const { request, response } = dualDirect('50_v1_metrics')
      const { status, body } = await (await startWithTrace(storage)).get(request.url)
      // The recording has the spans of other exchanges as well, and no order.
      const own = response.body.data.filter(({ name }: { name: string }) => SPANS.includes(name))
      const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1)
      expect([status, body.data.toSorted(byName)]).toEqual([200, own.toSorted(byName)])
    })

    it('startDevServer() without `legacy` keeps none of it', async () => {
      const server = await startTestServer(storage)
      expect((await server.get(`/api/public/traces/${TRACE}`)).body.message).toContain('events_only')
    })
  },
)

/** The spans behind the second trace of `60_legacy_traces_list`: one says that it is the root, though it has a parent. */
function exportOfProbe(traceId: string, startMillis: number): object {
  const at = (millis: number): string => `${startMillis + millis}000000`
  const times = { startTimeUnixNano: at(0), endTimeUnixNano: at(1) }
  const asRoot = span(
    { traceId, name: 'asroot', spanId: 'a06bd35cd1719100', parentSpanId: 'ffffffffffffffff', ...times },
    { 'langfuse.internal.as_root': true },
  )
  const others = ['6424e377adb03653', '728177265dd48c35'].map((spanId) =>
    span({ traceId, name: 'child', spanId, parentSpanId: 'a06bd35cd1719100', ...times }),
  )
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'probe' } }] }
  const spans = [...others, asRoot]
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'probe', version: '1' }, spans }] }] }
}
