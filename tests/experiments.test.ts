import { traced } from '@axion/core'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { clearTracingConfig, configureTracing, type Tracing } from '@axion/exporter'
import { Dataset, evaluate, LangfuseTraceLoader } from '@axion/loader'
import { LangfuseClient } from '@langfuse/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from './temporary-folder.js'

const FROM_START_TIME = new Date(Date.now() - 3_600_000).toISOString()

const sums = Dataset.fromRecords(
  [
    {
      id: 'two',
      query: '2+2',
      expectedOutput: '4',
      metadata: { level: 'easy', nested: { deep: [1, null, 'x'] } },
      tags: ['sum'],
      conversation: [{ role: 'user', content: '2+2' }],
    },
    { id: 'three', query: '3+3', expectedOutput: 'six', additionalInput: { unit: 'm' }, retrievedContent: ['a', 'b'] },
    { id: 'four', query: '4+4', traceId: 'a'.repeat(32), observationId: 'b'.repeat(16) },
  ],
  { name: 'sums' },
)

// The loader, the dev-server and Langfuse's client as published: what one writes the others read.
describe('datasets and experiments from the loader to the dev-server and back', () => {
  let server: DevServer
  let tracing: Tracing
  let client: LangfuseClient
  let keys: { baseUrl: string; publicKey: string; secretKey: string }

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder() })
    keys = { baseUrl: server.url, publicKey: server.publicKey, secretKey: server.secretKey }
    tracing = configureTracing(keys)
    client = new LangfuseClient(keys)
  })

  afterAll(async () => {
    await clearTracingConfig()
    await client?.shutdown()
    await server?.close()
  })

  it('pushToLangfuse() and fromLangfuse() keep every item as it was, however often it is pushed', async () => {
    const options = { ...keys, name: 'folder/sums 100%?' }
    const pushed = await sums.pushToLangfuse({ ...options, description: 'd' })
    expect(pushed).toMatchObject({ name: 'folder/sums 100%?', uploaded: 3, failed: [] })
    expect(await sums.pushToLangfuse(options)).toEqual(pushed)

    const byId = (dataset: Dataset) => dataset.toRecords().sort((one, other) => (one.id < other.id ? -1 : 1))
    expect(byId(await Dataset.fromLangfuse(options))).toEqual(byId(sums))
    const stored = await client.dataset.get('folder/sums 100%?')
    expect([stored.id, stored.description, stored.items.length]).toEqual([pushed.datasetId, 'd', 3])
    expect(stored.items.find(({ id }) => id === 'four')).toMatchObject({
      input: { query: '4+4' },
      sourceTraceId: 'a'.repeat(32),
      sourceObservationId: 'b'.repeat(16),
    })
  })

  it('pushToLangfuse() puts an item that another dataset has under an id of its own', async () => {
    await sums.pushToLangfuse({ ...keys, name: 'first' })
    expect(await sums.pushToLangfuse({ ...keys, name: 'second' })).toMatchObject({ uploaded: 3, failed: [] })
    for (const name of ['first', 'second']) {
      const ids = (await Dataset.fromLangfuse({ ...keys, name })).items.map(({ id }) => id)
      expect(ids.sort()).toEqual(['four', 'three', 'two'])
    }
  })

  it('fromLangfuse() reads what the client of Langfuse wrote', async () => {
    await client.api.datasets.create({ name: 'theirs' })
    await client.dataset.createItem({
      datasetName: 'theirs',
      id: 'their-item',
      input: { question: 'why?' },
      expectedOutput: 'because',
    })
    const { items } = await Dataset.fromLangfuse({ ...keys, name: 'theirs' })
    expect(items).toMatchObject([{ id: 'their-item', query: 'why?', expectedOutput: 'because' }])
    await expect(Dataset.fromLangfuse({ ...keys, name: 'nowhere' })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('publishAsExperiment() makes an experiment that the server shows, once, with its items and scores', async () => {
    const judged = await evaluate(sums, {
      task: ({ query }) => `answer to ${query}`,
      evaluators: {
        length: ({ output }) => ({ score: output.length, reason: 'counted' }),
        right: ({ output }) => output.includes('2'),
      },
    })
    const options = { ...keys, datasetName: 'run on', runName: 'run-1', description: 'desc', metadata: { model: 'm' } }
    const run = await judged.publishAsExperiment(options)
    expect(run).toMatchObject({ items: 3, failedItems: [], scores: { uploaded: 6, skipped: [], failed: [] } })
    // Again is the same run, not another.
    expect(await judged.publishAsExperiment(options)).toEqual(run)
    await judged.publishAsExperiment({ ...options, runName: 'run-2' })

    const { data } = await client.api.experiments.list({
      fromStartTime: FROM_START_TIME,
      datasetId: run.datasetId,
      fields: 'core,metadata',
    })
    expect(data.map(({ name }) => name).sort()).toEqual(['run-1', 'run-2'])
    expect(data.find(({ id }) => id === run.experimentId)).toMatchObject({
      name: 'run-1',
      description: 'desc',
      itemCount: 3,
      metadata: { model: 'm' },
    })
    const items = await client.api.experiments.listItems({
      fromStartTime: FROM_START_TIME,
      experimentName: 'run-1',
      fields: 'core,io,itemMetadata,scores',
    })
    const two = items.data.find(({ input }) => input === '{"query":"2+2"}')
    expect(items.data).toHaveLength(3)
    expect(two).toMatchObject({
      experimentId: run.experimentId,
      output: 'answer to 2+2',
      expectedOutput: '4',
      experimentItemMetadata: { level: 'easy', 'nested.deep': '[1,null,"x"]' },
    })
    expect(two?.scores?.map(({ name, value }) => [name, value]).sort()).toEqual([
      ['length', 13],
      ['right', true],
    ])
  })

  it('publishAsExperiment() stands in the traces of the outputs, where their scores are as well', async () => {
    const answer = traced(async (query: string) => `answer to ${query}`, {
      name: 'linked-answer',
      captureArgs: true,
      captureResult: true,
    })
    for (const query of ['one', 'two']) await answer(query)
    await tracing.flush()
    const loader = new LangfuseTraceLoader(keys)
    const traces = await loader.fetchTraces({ name: 'linked-answer' })
    expect(traces.length).toBe(2)

    const judged = await evaluate(traces.toDataset({ name: 'linked' }), { evaluators: { good: () => 1 } })
    const run = await judged.publishAsExperiment({ ...keys, runName: 'linked-run', scoreOnRuntimeTraces: true })
    expect(run).toMatchObject({ items: 2, scores: { uploaded: 2 } })

    const items = await client.api.experiments.listItems({
      fromStartTime: FROM_START_TIME,
      experimentId: String(run.experimentId),
    })
    expect(items.data.map(({ traceId }) => traceId).sort()).toEqual(traces.map(({ id }) => id).sort())
    const scored = await loader.fetchTraces({ name: 'linked-answer', fetchScores: true })
    for (const { root, scores } of scored) {
      expect(scores).toMatchObject([{ name: 'good', value: 1, observationId: root.id }])
    }
  })
})
