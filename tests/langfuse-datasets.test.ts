import { type DevServer, startDevServer } from '@axion/dev-server'
import { LangfuseClient } from '@langfuse/client'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { setLangfuseTracerProvider, startActiveObservation } from '@langfuse/tracing'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from './temporary-folder.js'

const FROM_START_TIME = new Date(Date.now() - 3_600_000).toISOString()

// Langfuse's own client, as published, against our server: what works with it works with Langfuse.
describe('datasets and experiments of the dev-server with the unmodified @langfuse/client', () => {
  let server: DevServer
  let provider: BasicTracerProvider
  let client: LangfuseClient

  beforeAll(async () => {
    let now = Date.now()
    // No two requests in one millisecond: items are read below as they were in one.
    server = await startDevServer({ dataDir: await temporaryFolder(), clock: () => ++now })
    const { url: baseUrl, publicKey, secretKey } = server
    provider = new BasicTracerProvider({
      spanProcessors: [new LangfuseSpanProcessor({ baseUrl, publicKey, secretKey })],
    })
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    setLangfuseTracerProvider(provider)
    client = new LangfuseClient({ baseUrl, publicKey, secretKey })
  })

  afterAll(async () => {
    await client?.shutdown()
    await provider?.shutdown()
    await server?.close()
  })

  it('@langfuse/client makes datasets in folders, and finds them by name and in the list', async () => {
    const made = await client.api.datasets.create({ name: 'team a/sums', description: 'd', metadata: { level: 1 } })
    expect(await client.api.datasets.get('team a/sums')).toEqual(made)
    await client.api.datasets.create({ name: '100% sure?' })
    expect(await client.api.datasets.get('100% sure?')).toMatchObject({ name: '100% sure?', description: null })
    const { data, meta } = await client.api.datasets.list({ limit: 1 })
    expect([data.length, meta]).toEqual([1, { page: 1, limit: 1, totalItems: 2, totalPages: 2 }])
    await expect(client.api.datasets.get('team b/sums')).rejects.toMatchObject({
      statusCode: 404,
      body: { message: 'Dataset not found', error: 'LangfuseNotFoundError' },
    })
  })

  it('@langfuse/client writes items, changes them, reads them page by page and as they were, and deletes them', async () => {
    await client.api.datasets.create({ name: 'paged' })
    for (let index = 0; index < 7; index++) {
      await client.dataset.createItem({
        datasetName: 'paged',
        id: `item-${index}`,
        input: { index },
        expectedOutput: '4',
      })
    }
    const before = await client.dataset.get('paged', { fetchItemsPageSize: 3 })
    expect(before.items.map(({ id }) => id).sort()).toEqual(Array.from({ length: 7 }, (_, index) => `item-${index}`))
    expect(before.items.map(({ expectedOutput }) => expectedOutput)).toEqual(Array(7).fill(4))

    // The newest stands first.
    const version = before.items[0]?.createdAt ?? ''
    await client.api.datasetItems.create({ datasetName: 'paged', id: 'item-0', status: 'ARCHIVED' })
    await client.api.datasetItems.create({ datasetName: 'paged', id: 'item-1', input: 'new' })
    expect(await client.api.datasetItems.delete('item-2')).toEqual({ message: 'Dataset item successfully deleted' })
    await expect(client.api.datasetItems.get('item-2')).rejects.toMatchObject({ statusCode: 404 })

    const after = await client.dataset.get('paged')
    expect(after.items.map(({ id }) => id).sort()).toEqual(['item-1', 'item-3', 'item-4', 'item-5', 'item-6'])
    expect(after.items.find(({ id }) => id === 'item-1')).toMatchObject({ input: 'new', expectedOutput: 4 })
    expect(await client.api.datasetItems.get('item-0')).toMatchObject({ status: 'ARCHIVED', input: { index: 0 } })
    const then = await client.dataset.get('paged', { version })
    expect(then.items.map(({ id, input }) => [id, input]).sort()).toEqual(
      before.items.map(({ id, input }) => [id, input]).sort(),
    )
  })

  it('@langfuse/client runs an experiment on a dataset, which experiments and their items show with its scores', async () => {
    const dataset = await client.api.datasets.create({ name: 'experimented' })
    const questions = ['2+2', '3+3']
    for (const input of questions) {
      await client.dataset.createItem({
        datasetName: 'experimented',
        input: { q: input },
        expectedOutput: `sum of ${input}`,
        metadata: { nested: { level: 'easy' } },
      })
    }
    const { runExperiment } = await client.dataset.get('experimented')
    const result = await runExperiment({
      name: 'exp',
      runName: 'run-1',
      description: 'desc',
      metadata: { em: '1' },
      task: async ({ input }) =>
        startActiveObservation('inner', () => `answer to ${(input as { q: string }).q}`) as string,
      evaluators: [async ({ output }) => ({ name: 'len', value: String(output).length })],
      runEvaluators: [async () => ({ name: 'avg', value: 0.5 })],
    })
    await provider.forceFlush()
    await client.flush()

    const experimentId = result.experimentId
    const { data } = await client.api.experiments.list({
      fromStartTime: FROM_START_TIME,
      datasetId: dataset.id,
      fields: 'core,metadata,scores',
    })
    expect(data).toMatchObject([
      {
        id: experimentId,
        name: 'run-1',
        itemCount: 2,
        datasetId: dataset.id,
        metadata: { em: '1' },
        scores: [{ name: 'avg', value: 0.5, subject: { kind: 'experiment', id: experimentId } }],
      },
    ])

    const items = await client.api.experiments.listItems({
      fromStartTime: FROM_START_TIME,
      experimentId,
      fields: 'core,dataset,io,itemMetadata,experimentMetadata,scores',
    })
    const byInput = Object.fromEntries(items.data.map((item) => [item.input, item]))
    expect(Object.keys(byInput).sort()).toEqual(['{"q":"2+2"}', '{"q":"3+3"}'])
    expect(byInput['{"q":"2+2"}']).toMatchObject({
      experimentId,
      experimentName: 'run-1',
      experimentDatasetId: dataset.id,
      experimentItemVersion: null,
      environment: 'sdk-experiment',
      output: 'answer to 2+2',
      expectedOutput: 'sum of 2+2',
      experimentItemMetadata: { 'nested.level': 'easy' },
      experimentMetadata: { em: '1' },
      experimentDescription: 'desc',
      scores: [{ name: 'len', value: 13, subject: { kind: 'observation' } }],
    })
    // Children of the items are spans of the experiment too, but no items.
    const spans = await client.api.observations.getMany({ filter: JSON.stringify([experimentIs(experimentId)]) })
    expect(spans.data).toHaveLength(4)
  })

  it('@langfuse/client makes score configs and lists them', async () => {
    const made = await client.api.scoreConfigs.create({
      name: 'quality',
      dataType: 'NUMERIC',
      minValue: 0,
      maxValue: 1,
    })
    const flag = await client.api.scoreConfigs.create({ name: 'ok', dataType: 'BOOLEAN' })
    expect(flag.categories).toEqual([
      { label: 'True', value: 1 },
      { label: 'False', value: 0 },
    ])
    const { data } = await client.api.scoreConfigs.get({})
    expect(data).toEqual(expect.arrayContaining([made, flag]))
  })
})

function experimentIs(id: string): object {
  return { type: 'stringOptions', column: 'experimentId', operator: 'any of', value: [id] }
}
