import { describe, expect, it } from 'vitest'
import { expectSame, replay } from './replay-exchange.fixture.js'
import { comparable, recorded, STORAGES, startTestServer } from './test-server.fixture.js'

describe.each(STORAGES)('startDevServer() answers recorded requests as Langfuse 4.16 does, %s', (_where, storage) => {
  it('startDevServer() stores the recorded JSON export and reads it back field by field', async () => {
    const server = await startTestServer(storage)
    await replay(server, recorded('02_otlp_json_post'))
    for (const name of [
      '03_v2_observations_all_fields',
      '04_v2_observations_default_fields',
      '07_v2_observations_expandMetadata',
    ]) {
      await expectSame(server, recorded(name))
    }
  })

  it('startDevServer() answers exports with the job Langfuse answers with', async () => {
    const server = await startTestServer(storage)
    for (const name of ['02_otlp_json_post', 'sdk_wire/001_POST_api_public_otel_v1_traces']) {
      const exchange = recorded(name)
      const { status, body } = await replay(server, exchange)
      expect(status).toBe(200)
      // Random ids, the time of arrival and the number of the job belong to each request.
      expect([body.id, body.data.id, body.data.timestamp]).toEqual([
        expect.stringMatching(/^\d+$/),
        expect.stringMatching(/^[0-9a-f-]{36}$/),
        new Date(body.timestamp).toISOString(),
      ])
      const { data, ...job } = exchange.response.body
      const own = { id: body.id, timestamp: body.timestamp }
      const ownData = { id: body.data.id, timestamp: body.data.timestamp }
      expect(comparable(body)).toEqual(comparable({ ...job, ...own, data: { ...data, ...ownData } }))
    }
  })

  it('startDevServer() reads back the spans of an experiment', async () => {
    const server = await startTestServer(storage)
    await replay(server, recorded('sdk_wire/015_POST_api_public_otel_v1_traces'))
    await expectSame(server, recorded('sdk_wire/020_GET_api_public_v2_observations'))
  })

  it('startDevServer() stores the spans of nested SDK observations', async () => {
    const server = await startTestServer(storage)
    await replay(server, recorded('sdk_wire/001_POST_api_public_otel_v1_traces'))
    const rows = await server.observations({
      traceId: '7471feeeb857d9af74db5b71ea9c6e4c',
      fields: 'core,basic,io,metadata,usage,model',
    })
    expect(rows.map(({ name, type, level }) => [name, type, level])).toEqual([
      ['ev', 'EVENT', 'DEFAULT'],
      ['tool', 'TOOL', 'DEFAULT'],
      ['gen', 'GENERATION', 'WARNING'],
      ['outer', 'SPAN', 'DEFAULT'],
    ])
    expect(rows[2]).toMatchObject({
      statusMessage: 'sm',
      totalCost: 0.5,
      inputUsage: 1,
      model: 'gpt-4o',
      input: '[{"role":"user","content":"hi"}]',
    })
    // The input of the trace is not the input of its root: v4 has no traces.
    expect(rows[3]).toMatchObject({ input: '{"q":1}', output: 'out', isRootObservation: true, environment: 'wire' })
    expect(rows[3].metadata).toMatchObject({ k: { deep: 1 }, n: 2, m: 1 })
  })

  it('startDevServer() takes scores and reads them back field by field, page by page', async () => {
    let now = 0
    const server = await startTestServer({ ...storage, clock: () => now })
    const stored = recorded('19_v3_scores_all_fields').response.body.data
    for (const name of [
      '10_scores_post_numeric',
      '11_scores_post_categorical',
      '12_scores_post_boolean',
      '12_scores_post_text',
    ]) {
      const exchange = recorded(name)
      const { id } = exchange.response.body
      now = Date.parse(stored.find((score: { id: string }) => score.id === id).timestamp)
      // The server chose these ids; given ones make order and cursors comparable.
      const { status, body } = await server.send('POST', exchange.request.url, { ...exchange.request.body, id })
      expect({ status, body }).toEqual({ status: 200, body: { id } })
    }
    await expectSame(server, recorded('16_ingestion_score_create'))
    for (const name of [
      '18_v3_scores_default',
      '19_v3_scores_all_fields',
      '20_v3_scores_page1',
      '21_v3_scores_page2',
    ]) {
      await expectSame(server, recorded(name))
    }
    await expectSame(server, recorded('70_score_delete'))
    const { body } = await server.get('/api/public/v3/scores?id=19f10629-f8f9-4886-9851-67f86fbae196')
    expect(body).toEqual({ data: [], meta: { limit: 50 } })
  })

  it('startDevServer() takes the score batches of the SDK', async () => {
    const server = await startTestServer(storage)
    await expectSame(server, recorded('sdk_wire/002_POST_api_public_ingestion'))
    await expectSame(server, recorded('sdk_wire/014_POST_api_public_ingestion'))
    await expectSame(server, recorded('sdk_wire/023_GET_api_public_v3_scores'))
  })

  it.each([
    '01_health',
    '14_scores_post_no_target',
    '15_scores_post_bad_boolean',
    '17_ingestion_trace_span',
    '22_v2_scores',
    '23_v2_scores_by_id',
    '24_v1_scores',
    '25_v2_observations_of_legacy_ingestion',
    '36_dataset_run_items_get',
    '37_dataset_runs_get',
    '38_dataset_run_get',
    '50_v1_metrics',
    '51_metrics_daily',
    '60_legacy_traces_list',
    '61_legacy_trace_by_id',
    '62_legacy_sessions_list',
    '63_legacy_session_by_id',
    '64_legacy_observations_list',
    '65_legacy_observation_by_id',
    '67_legacy_trace_missing',
    '68_legacy_traces_post',
    '69_legacy_spans_post',
    '90_trace_delete',
  ])('startDevServer() answers %s as recorded', async (name) => {
    await expectSame(await startTestServer(storage), recorded(name))
  })

  it('startDevServer() answers the legacy endpoints before it looks at the keys', async () => {
    const server = await startTestServer(storage)
    const response = await fetch(`${server.url}/api/public/traces`)
    expect([response.status, await response.json()]).toEqual([404, recorded('60_legacy_traces_list').response.body])
  })

  it('startDevServer() names its one project', async () => {
    const server = await startTestServer(storage)
    const { body } = await server.get('/api/public/projects')
    expect(body).toEqual({
      data: [
        {
          id: 'axion-local',
          name: 'Local Project',
          organization: { id: 'axion-local-org', name: 'Local Org' },
          metadata: {},
        },
      ],
    })
  })
})
