import { describe, expect, it } from 'vitest'
import { span, startTestServer, type TestServer } from '../test-server.fixture.js'

const START = Date.parse('2026-11-23T04:00:00Z')

const traceId = (id: number): string => id.toString(16).padStart(32, '0')

/** The root span of an item, and what it cost. */
function item(id: number, run: string, itemId: string, output: string, millis = 100): Record<string, unknown> {
  const spanId = id.toString(16).padStart(16, '0')
  return span(
    {
      ...{ traceId: traceId(id), spanId },
      startTimeUnixNano: `${START + id}000000`,
      endTimeUnixNano: `${START + id + millis}000000`,
    },
    {
      'langfuse.experiment.id': run,
      'langfuse.experiment.name': `run ${run}`,
      'langfuse.experiment.dataset.id': 'ds',
      'langfuse.experiment.item.id': itemId,
      'langfuse.experiment.item.root_observation_id': spanId,
      'langfuse.experiment.item.expected_output': 'right',
      'langfuse.observation.type': 'generation',
      'langfuse.observation.output': output,
      'langfuse.observation.cost_details': '{"total":0.25}',
    },
  )
}

async function seed(): Promise<TestServer> {
  let now = START + 60_000
  const server = await startTestServer({ clock: () => ++now })
  await server.ingest(
    item(1, 'a', 'x', 'right'),
    item(2, 'a', 'y', 'wrong', 300),
    item(3, 'b', 'y', 'right'),
    item(4, 'b', 'z', 'new'),
    // Once more: the last run of an item counts.
    item(5, 'b', 'y', 'right again'),
    span({ spanId: '00000000000000ff' }),
  )
  const score = (about: object, name: string, value: number | string, dataType = 'NUMERIC'): Promise<unknown> =>
    server.send('POST', '/api/public/scores', { ...about, name, value, dataType })
  await score({ traceId: traceId(1) }, 'quality', 1)
  await score({ traceId: traceId(2), observationId: '2'.padStart(16, '0') }, 'quality', 0.5)
  await score({ traceId: traceId(2), observationId: 'another' }, 'elsewhere', 99)
  // The newest of a name counts.
  await score({ traceId: traceId(1) }, 'tone', 'rude', 'CATEGORICAL')
  await score({ traceId: traceId(1) }, 'tone', 'kind', 'CATEGORICAL')
  await score({ datasetRunId: 'a' }, 'overall', 0.75)
  await score({ traceId: traceId(5) }, 'quality', 0.9)
  return server
}

describe('listExperimentRows()', () => {
  it('listExperimentRows() sums up the items of each, the newest first', async () => {
    const server = await seed()
    const { body } = await server.get('/viewer/api/experiments')
    expect(body.experiments).toMatchObject([
      {
        ...{ id: 'b', name: 'run b', datasetId: 'ds', datasetName: '', startMillis: START + 3 },
        totals: { itemCount: 3, totalCost: 0.75, scores: [{ name: 'quality', mean: 0.9, count: 1 }] },
      },
      {
        id: 'a',
        totals: {
          ...{ itemCount: 2, errorCount: 0, meanLatencyMillis: 200, totalCost: 0.5 },
          scores: [
            { name: 'overall', mean: 0.75, count: 1 },
            { name: 'quality', mean: 0.75, count: 2 },
          ],
        },
      },
    ])
    expect((await server.get('/viewer/api/experiments?dataset=other')).body.experiments).toEqual([])
  })

  it('listExperimentRows() names the dataset', async () => {
    const server = await startTestServer()
    const { body } = await server.send('POST', '/api/public/v2/datasets', { name: 'gold' })
    const run = item(1, 'a', 'x', 'right') as { attributes: { key: string; value: object }[] }
    const attributes = run.attributes.map((each) =>
      each.key === 'langfuse.experiment.dataset.id' ? { ...each, value: { stringValue: body.id } } : each,
    )
    await server.ingest({ ...run, attributes })
    expect((await server.get('/viewer/api/experiments')).body.experiments).toMatchObject([{ datasetName: 'gold' }])
  })
})

describe('showComparison()', () => {
  it('showComparison() lines up what experiments made of the same items', async () => {
    const { body } = await (await seed()).get('/viewer/api/comparison?run=a&run=b&run=unknown')
    expect(body.runs.map(({ id }: { id: string }) => id)).toEqual(['a', 'b'])
    expect(body.isCut).toBe(false)
    expect(body.items).toMatchObject([
      {
        ...{ itemId: 'x', expectedOutput: 'right' },
        cells: [
          {
            ...{ output: 'right', traceId: traceId(1), latencyMillis: 100, totalCost: 0.25, isError: false },
            scores: [
              { name: 'quality', value: 1 },
              { name: 'tone', value: 'kind' },
            ],
          },
          null,
        ],
      },
      {
        itemId: 'y',
        cells: [
          { output: 'wrong', scores: [{ name: 'quality', value: 0.5 }] },
          { output: 'right again', scores: [{ name: 'quality', value: 0.9 }] },
        ],
      },
      { itemId: 'z', cells: [null, { output: 'new', scores: [] }] },
    ])
  })

  it('showComparison() takes the input from the dataset where the task traced none', async () => {
    const server = await seed()
    await server.send('POST', '/api/public/v2/datasets', { name: 'gold' })
    await server.send('POST', '/api/public/dataset-items', { datasetName: 'gold', id: 'x', input: { q: 1 } })
    const { body } = await server.get('/viewer/api/comparison?run=a')
    expect(body.items.map(({ input }: { input: string }) => input)).toEqual(['{"q":1}', ''])
  })

  it.each(['', 'run=', 'run=unknown', 'run=unknown&run=a'])('showComparison() answers 404 to ?%s', async (query) => {
    expect((await (await seed()).get(`/viewer/api/comparison?${query}`)).status).toBe(404)
  })
})
