import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Dataset } from '../dataset/dataset.js'
import { evaluate } from '../evaluate/evaluate.js'
import type { EvaluationResult } from '../evaluate/evaluation-result.js'
import { type FixtureProject, startLangfuseProject } from '../testing/langfuse-project.fixture.js'
import { failureOf } from '../testing/start-loader.fixture.js'

let server: FixtureProject
beforeEach(async () => {
  server = await startLangfuseProject()
})
afterEach(() => server.close())

const dataset = Dataset.fromRecords(
  [
    { id: 'a', query: 'q', actualOutput: 'x', traceId: 't1', observationId: 'o1' },
    { id: 'b', query: 'q', actualOutput: 'y', traceId: 't2' },
    { id: 'c', query: 'q', actualOutput: 'z' },
    { id: 'd', query: 'q' },
  ],
  { name: 'n' },
)

function judge(value: number = 0.5): Promise<EvaluationResult> {
  return evaluate(dataset, {
    evaluators: {
      number: () => ({ score: value, reason: 'because', metadata: { k: 1 } }),
      passed: ({ id }) => id === 'a',
      label: ({ id }) => (id === 'a' ? 'good' : null),
      broken: () => {
        throw new Error('no judge')
      },
    },
  })
}

describe('publishToObservability()', () => {
  it('publishToObservability() writes each score where it belongs, and says why it left others out', async () => {
    const outcome = await (await judge()).publishToObservability({ ...server.connection, tags: ['v1'] })
    expect(outcome.uploaded).toBe(5)
    expect(outcome.failed).toEqual([])
    expect(outcome.skipped).toEqual([
      { id: 'a', metric: 'broken', reason: 'no judge' },
      { id: 'b', metric: 'label', reason: 'the evaluator gave no score' },
      { id: 'b', metric: 'broken', reason: 'no judge' },
      { id: 'c', metric: 'number', reason: 'it belongs to no trace: the item has none, or the task linked none' },
      { id: 'c', metric: 'passed', reason: expect.stringContaining('no trace') },
      { id: 'c', metric: 'label', reason: 'the evaluator gave no score' },
      { id: 'c', metric: 'broken', reason: 'no judge' },
      { id: 'd', metric: null, reason: 'the item has no actual output, and there is no task to make one' },
    ])
    const metadata = { dataset: 'n', tags: ['v1'] }
    expect([...server.scores.values()]).toMatchObject([
      {
        ...{ traceId: 't1', observationId: 'o1', name: 'number', value: 0.5, dataType: 'NUMERIC', comment: 'because' },
        metadata: { ...metadata, itemId: 'a', k: 1 },
      },
      { traceId: 't1', observationId: 'o1', name: 'passed', value: 1, dataType: 'BOOLEAN', metadata },
      { traceId: 't1', name: 'label', value: 'good', dataType: 'CATEGORICAL' },
      { traceId: 't2', name: 'number' },
      { traceId: 't2', name: 'passed', value: 0, dataType: 'BOOLEAN', metadata: { ...metadata, itemId: 'b' } },
    ])
    expect([...server.scores.values()][4]).not.toHaveProperty('observationId')
  })

  it('publishToObservability() twice makes no second score, and a later judgement takes the place of the former', async () => {
    await (await judge()).publishToObservability(server.connection)
    const ids = [...server.scores.keys()]
    expect(ids).toHaveLength(5)
    await (await judge(0.9)).publishToObservability(server.connection)
    expect([...server.scores.keys()]).toEqual(ids)
    expect([...server.scores.values()][0]).toMatchObject({ value: 0.9 })
  })

  it('publishToObservability() keeps apart items of one trace', async () => {
    const rows = ['1', '2'].map((id) => ({ id, query: 'q', actualOutput: 'x', traceId: 't' }))
    const result = await evaluate(Dataset.fromRecords(rows), { evaluators: { e: () => 1 } })
    expect(await result.publishToObservability(server.connection)).toMatchObject({ uploaded: 2 })
    expect(server.scores.size).toBe(2)
  })

  it('publishToObservability() writes to traces, certain metrics, or nothing at all on request', async () => {
    const result = await judge()
    const dry = await result.publishToObservability({ dryRun: true, metricNames: ['number'] })
    expect(dry).toMatchObject({ uploaded: 2, failed: [] })
    expect(server.requests).toEqual([])
    await result.publishToObservability({ ...server.connection, observationLevel: false, metricNames: ['number'] })
    expect([...server.scores.values()]).toMatchObject([
      { name: 'number', traceId: 't1' },
      { name: 'number', traceId: 't2' },
    ])
    expect([...server.scores.values()].some((score) => 'observationId' in score)).toBe(false)
  })

  it('publishToObservability() sends batches of 500, and tells which scores the server refused, and why', async () => {
    const rows = Array.from({ length: 1100 }, (_, index) => ({
      id: `${index}`,
      query: 'q',
      actualOutput: 'x',
      traceId: 't',
    }))
    const result = await evaluate(Dataset.fromRecords(rows), {
      evaluators: { e: ({ id }) => ({ score: 1, name: id === '700' ? 'odd' : 'e' }) },
    })
    server.refusedNames.add('odd')
    const outcome = await result.publishToObservability(server.connection)
    const sizes = server.requests.map(({ body }) => (body as { batch: unknown[] }).batch.length)
    expect(sizes).toEqual([500, 500, 100])
    expect(outcome).toEqual({
      uploaded: 1099,
      skipped: [],
      failed: [{ id: '700', metric: 'odd', reason: 'Invalid request data: this name is not allowed' }],
    })
  })

  it('publishToObservability() keeps batches below what the server takes, and leaves out a score that no batch can hold', async () => {
    const rows = Array.from({ length: 5 }, (_, index) => ({
      id: `${index}`,
      query: 'q',
      actualOutput: 'x',
      traceId: 't',
    }))
    const result = await evaluate(Dataset.fromRecords(rows), {
      evaluators: { e: ({ id }) => ({ score: 1, reason: 'ä'.repeat(id === '3' ? 2_100_000 : 500_000) }) },
    })
    const outcome = await result.publishToObservability(server.connection)
    expect(outcome).toMatchObject({
      uploaded: 4,
      failed: [{ id: '3', reason: expect.stringContaining('larger than') }],
    })
    const sizes = server.requests.map(({ body }) => Buffer.byteLength(JSON.stringify(body)))
    expect(sizes).toHaveLength(2)
    expect(Math.max(...sizes)).toBeLessThan(4.5 * 1024 * 1024)
  })

  it('publishToObservability() leaves out a score whose metadata JSON has no form for', async () => {
    const result = await evaluate(dataset, { evaluators: { e: () => ({ score: 1, metadata: { big: 1n } }) } })
    const outcome = await result.publishToObservability(server.connection)
    expect(outcome.uploaded).toBe(0)
    expect(outcome.skipped[0]).toEqual({ id: 'a', metric: 'e', reason: 'its metadata has no form in JSON' })
  })

  it('publishToObservability() sends again after a lost answer, and stops at what concerns all', async () => {
    const result = await judge()
    server.faults.push({ path: '/ingestion', status: 502, body: {} })
    expect(await result.publishToObservability({ ...server.connection, maxRetries: 1 })).toMatchObject({ uploaded: 5 })
    for (const [status, code] of [
      [403, 'forbidden'],
      [413, 'bad_request'],
      [500, 'unavailable'],
    ] as const) {
      server.faults.push({ path: '/ingestion', status, body: { message: 'm' } })
      const failure = await failureOf(result.publishToObservability(server.connection))
      expect(failure).toMatchObject({ code, status })
      expect(failure.message).toContain('Cannot publish scores: batch 1 answered')
    }
    for (const body of [5, {}, { errors: 5 }, { errors: [5] }]) {
      server.faults.push({ path: '/ingestion', status: 207, body })
      expect(await failureOf(result.publishToObservability(server.connection))).toMatchObject({
        code: 'invalid_response',
      })
    }
  })

  it.each<[string, object, string]>([
    [
      'a metric that there is not',
      { metricNames: ['numbr'] },
      'metricNames: there is no metric "numbr": expected some of number, passed',
    ],
    ['tags that are no list', { tags: 'x' }, 'tags: it is not a list'],
    ['an option that is none', { dryrun: true }, 'dryrun: it does not exist'],
    ['an option that is none in a dry run', { dryRun: true, tgas: [] }, 'tgas: it does not exist'],
  ])('publishToObservability() refuses %s before any request', async (_, options, message) => {
    const refused = await failureOf((await judge()).publishToObservability({ ...server.connection, ...options }))
    expect(refused.code).toBe('invalid_options')
    expect(refused.message).toContain(message)
    expect(server.requests).toEqual([])
  })
})
