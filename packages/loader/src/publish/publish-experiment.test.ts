import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Dataset } from '../dataset/dataset.js'
import { evaluate } from '../evaluate/evaluate.js'
import type { EvaluationResult } from '../evaluate/evaluation-result.js'
import { attributesOf, type FixtureProject, startLangfuseProject } from '../testing/langfuse-project.fixture.js'
import { failureOf } from '../testing/start-loader.fixture.js'

let server: FixtureProject
beforeEach(async () => {
  server = await startLangfuseProject()
})
afterEach(() => server.close())

const dataset = Dataset.fromRecords(
  [
    {
      id: 'a',
      query: '2+2',
      expectedOutput: 'four',
      actualOutput: '4',
      traceId: 'a'.repeat(32),
      observationId: 'b'.repeat(16),
      metadata: { lvl: 'easy' },
      latencySeconds: 0.5,
    },
    { id: 'b', query: '3+3', additionalInput: { unit: 'm' }, actualOutput: '6' },
    { id: 'c', query: '4+4' },
  ],
  { name: 'sums' },
)

function judge(): Promise<EvaluationResult> {
  return evaluate(dataset, { evaluators: { len: ({ output }) => ({ score: output.length, reason: 'c' }) } })
}

function spanOf(itemId: string): Record<string, unknown> {
  const found = [...server.spans.values()].find((span) => attributesOf(span)['langfuse.experiment.item.id'] === itemId)
  if (found === undefined) throw new Error(`no span of ${itemId}`)
  return found
}

describe('publishAsExperiment()', () => {
  it('publishAsExperiment() makes dataset and items, and spans with the attributes that Langfuse 4 reads', async () => {
    const run = await (await judge()).publishAsExperiment({
      ...server.connection,
      runName: 'run-1',
      description: 'desc',
      metadata: { em: '1' },
    })
    const experimentId = run.experimentId
    expect(run).toEqual({
      datasetName: 'sums',
      datasetId: 'ds-1',
      runName: 'run-1',
      experimentId: expect.stringMatching(/^[0-9a-f]{16}$/),
      items: 3,
      failedItems: [],
      scores: { uploaded: 2, skipped: [expect.objectContaining({ id: 'c', metric: null })], failed: [] },
    })
    expect([...server.items.keys()]).toEqual(['a', 'b', 'c'])
    const span = spanOf('a')
    expect(span).toMatchObject({
      name: 'experiment-item-run',
      kind: 1,
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    expect(span).not.toHaveProperty('parentSpanId')
    expect(span.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(BigInt(String(span.endTimeUnixNano)) - BigInt(String(span.startTimeUnixNano))).toBe(500_000_000n)
    expect(attributesOf(span)).toEqual({
      'langfuse.internal.is_app_root': true,
      'langfuse.trace.name': 'experiment-item-run',
      'langfuse.observation.type': 'span',
      'langfuse.environment': 'sdk-experiment',
      'langfuse.observation.input': '{"query":"2+2"}',
      'langfuse.observation.output': '4',
      'langfuse.experiment.id': experimentId,
      'langfuse.experiment.name': 'run-1',
      'langfuse.experiment.description': 'desc',
      'langfuse.experiment.metadata': '{"em":"1"}',
      'langfuse.experiment.dataset.id': 'ds-1',
      'langfuse.experiment.item.id': 'a',
      'langfuse.experiment.item.metadata': '{"lvl":"easy"}',
      'langfuse.experiment.item.expected_output': 'four',
      'langfuse.experiment.item.root_observation_id': span.spanId,
    })
    expect(attributesOf(spanOf('b'))['langfuse.observation.input']).toBe('{"query":"3+3","unit":"m"}')
    expect(attributesOf(spanOf('c'))).toMatchObject({
      'langfuse.observation.level': 'ERROR',
      'langfuse.observation.status_message': 'the item has no actual output, and there is no task to make one',
    })
    expect([...server.scores.values()]).toMatchObject([
      { name: 'len', value: 1, traceId: span.traceId, observationId: span.spanId, comment: 'c' },
      { name: 'len', value: 1, traceId: spanOf('b').traceId },
    ])
    const otlp = server.requests.find(({ path }) => path.endsWith('/otel/v1/traces'))
    expect(otlp?.headers).toMatchObject({ 'x-langfuse-ingestion-version': '4', 'content-type': 'application/json' })
  })

  it('publishAsExperiment() sends the attributes of which the recorded experiment was made', async () => {
    await (await judge()).publishAsExperiment({ ...server.connection, description: 'd', metadata: { em: '1' } })
    const names = Object.keys(attributesOf(spanOf('a')))
    // The attributes by which `/experiments` and `/experiment-items` of the recorded answers were filled.
    const recorded = JSON.parse(
      readFileSync(new URL('../../fixtures/datasets/53_experiment_items_get.json', import.meta.url), 'utf8'),
    )
    const shown: Record<string, string> = {
      experimentId: 'langfuse.experiment.id',
      experimentName: 'langfuse.experiment.name',
      experimentItemId: 'langfuse.experiment.item.id',
      experimentDatasetId: 'langfuse.experiment.dataset.id',
      experimentDescription: 'langfuse.experiment.description',
      experimentMetadata: 'langfuse.experiment.metadata',
      experimentItemMetadata: 'langfuse.experiment.item.metadata',
      expectedOutput: 'langfuse.experiment.item.expected_output',
      input: 'langfuse.observation.input',
      output: 'langfuse.observation.output',
      environment: 'langfuse.environment',
    }
    for (const [field, attribute] of Object.entries(shown)) {
      expect(recorded.response.body.data[0]).toHaveProperty(field)
      expect(names).toContain(attribute)
    }
  })

  it('publishAsExperiment() again under the same name replaces the results', async () => {
    const result = await judge()
    const first = await result.publishAsExperiment({ ...server.connection, runName: 'r' })
    const counts = () => [server.items.size, server.spans.size, server.scores.size]
    const before = counts()
    expect(await result.publishAsExperiment({ ...server.connection, runName: 'r' })).toEqual(first)
    expect(counts()).toEqual(before)
    await result.publishAsExperiment({ ...server.connection, runName: 'other' })
    expect(server.spans.size).toBe(6)
  })

  it('publishAsExperiment() finds the items of a dataset that was pushed before, and leaves them as they are', async () => {
    await Dataset.fromRecords([{ id: 'a', query: 'elsewhere' }]).pushToLangfuse({ ...server.connection, name: 'first' })
    await dataset.pushToLangfuse({ ...server.connection, name: 'second' })
    server.requests.length = 0
    const run = await (await judge()).publishAsExperiment({ ...server.connection, datasetName: 'second', runName: 'r' })
    expect(run).toMatchObject({ datasetId: 'ds-2', items: 3, failedItems: [] })
    expect(server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/dataset-items'))).toEqual(
      [],
    )
    const ids = [...server.spans.values()].map((span) => attributesOf(span)['langfuse.experiment.item.id'])
    expect(ids.map((id) => server.items.get(String(id))?.datasetName)).toEqual(['second', 'second', 'second'])
    // Dataset, its items, the run on a server that stores none, its id; spans; scores.
    expect(server.requests).toHaveLength(6)
  })

  it('publishAsExperiment() shows results in the traces of their outputs on request', async () => {
    await (await judge()).publishAsExperiment({ ...server.connection, linkToTraces: true })
    const span = spanOf('a')
    expect(span).toMatchObject({ traceId: 'a'.repeat(32), parentSpanId: 'b'.repeat(16) })
    expect(attributesOf(span)).not.toHaveProperty('langfuse.internal.is_app_root')
    expect(attributesOf(spanOf('b'))).toHaveProperty('langfuse.internal.is_app_root', true)
    expect([...server.scores.values()][0]).toMatchObject({ traceId: 'a'.repeat(32), observationId: span.spanId })
  })

  it('publishAsExperiment() writes scores to the traces of the outputs on request', async () => {
    await (await judge()).publishAsExperiment({ ...server.connection, scoreOnRuntimeTraces: true, tags: ['v1'] })
    expect([...server.scores.values()]).toMatchObject([
      { traceId: 'a'.repeat(32), observationId: 'b'.repeat(16), metadata: { tags: ['v1'] } },
      { traceId: spanOf('b').traceId, observationId: spanOf('b').spanId },
    ])
    expect(spanOf('a').traceId).toBe('a'.repeat(32))
  })

  it('publishAsExperiment() fills a dataset run where the server stores them, each item once', async () => {
    await server.close()
    server = await startLangfuseProject('v3')
    const result = await judge()
    const run = await result.publishAsExperiment({ ...server.connection, runName: 'r', metadata: { k: 1 } })
    expect(server.runItems).toHaveLength(3)
    for (const item of server.runItems) {
      expect(item).toMatchObject({ datasetRunId: run.experimentId, datasetRunName: 'r' })
      expect(item.traceId).toBe(spanOf(String(item.datasetItemId)).traceId)
    }
    expect(server.requests.find(({ path }) => path.endsWith('/dataset-run-items'))).toBeDefined()
    expect(await result.publishAsExperiment({ ...server.connection, runName: 'r' })).toEqual(run)
    expect(server.runItems).toHaveLength(3)
  })

  it.each<[string, boolean]>([
    ['was stored although the server said it failed', true],
    ['failed', false],
  ])('publishAsExperiment() does not store an item of a run twice that %s', async (_, isDone) => {
    await server.close()
    server = await startLangfuseProject('v3')
    const failure = { path: '/dataset-run-items', method: 'POST', status: 500, body: { message: 'no' }, isDone }
    // The first one makes the run, the next two are posted at once.
    server.faults.push(failure, failure)
    const connection = { ...server.connection, maxRetries: 2 }
    const run = await (await judge()).publishAsExperiment({ ...connection, runName: 'r' })
    expect(run.items).toBe(3)
    expect(server.runItems.map(({ datasetItemId }) => datasetItemId).sort()).toEqual(['a', 'b', 'c'])
    server.faults.push(failure)
    await expect(
      (await judge()).publishAsExperiment({ ...connection, maxRetries: 0, runName: 's' }),
    ).rejects.toMatchObject({ code: 'unavailable', status: 500, attempts: 1 })
  })

  it('publishAsExperiment() leaves out items that Langfuse refuses, and tells which', async () => {
    server.faults.push({ path: '/dataset-items', status: 200, body: { data: [], meta: { totalPages: 0 } } })
    server.faults.push({ path: '/dataset-items', status: 400, body: { message: 'does not fit the schema' } })
    const run = await (await judge()).publishAsExperiment(server.connection)
    expect(run.items).toBe(2)
    expect(run.failedItems).toMatchObject([{ reason: expect.stringContaining('does not fit the schema') }])
    expect(server.spans.size).toBe(2)
  })

  it('publishAsExperiment() of nothing makes no run', async () => {
    const nothing = await evaluate(new Dataset([], { name: 'empty' }), { evaluators: [() => 1] })
    expect(await nothing.publishAsExperiment(server.connection)).toMatchObject({ experimentId: null, items: 0 })
    expect(server.spans.size).toBe(0)
  })

  it('publishAsExperiment() takes outputs that JSON has no form for', async () => {
    const result = await evaluate<unknown>(dataset, { task: () => ({ big: 1n }), evaluators: { e: () => 1 } })
    expect(await result.publishAsExperiment(server.connection)).toMatchObject({ items: 3, scores: { uploaded: 3 } })
  })

  it.each<[string, object, string]>([
    ['an option that is none', { runname: 'x' }, 'runname: it does not exist'],
    ['metadata that is none', { metadata: 'x' }, 'metadata: it is no plain object'],
    ['an empty name', { datasetName: '' }, 'datasetName: it is no id'],
    ['a metric that there is not', { metricNames: ['x'] }, 'metricNames: there is no metric "x"'],
  ])('publishAsExperiment() refuses %s before any request', async (_, options, message) => {
    const refused = await failureOf((await judge()).publishAsExperiment({ ...server.connection, ...options }))
    expect(refused.code).toBe('invalid_options')
    expect(refused.message).toContain(message)
    expect(server.requests).toEqual([])
  })
})
