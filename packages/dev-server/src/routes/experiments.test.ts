import { describe, expect, it } from 'vitest'
import { span, startTestServer, type TestServer } from '../test-server.fixture.js'

const START = Date.parse('2026-11-23T04:00:00.000Z')
const SINCE = 'fromStartTime=2026-11-23T00:00:00Z'
const DAY = 24 * 60 * 60 * 1000

/** A span of an experiment, so many milliseconds after the start; the root of its item unless it says otherwise. */
function experimentSpan(
  id: number,
  experiment: string,
  afterMillis: number,
  attributes: Record<string, string> = {},
): Record<string, unknown> {
  const spanId = id.toString(16).padStart(16, '0')
  return span(
    {
      traceId: id.toString(16).padStart(32, '0'),
      spanId,
      startTimeUnixNano: `${START + afterMillis}000000`,
      endTimeUnixNano: `${START + afterMillis + 10}000000`,
    },
    {
      'langfuse.experiment.id': experiment,
      'langfuse.experiment.name': `run ${experiment}`,
      'langfuse.experiment.dataset.id': experiment === 'a' ? 'ds-1' : 'ds-2',
      'langfuse.experiment.item.id': `item-${id}`,
      'langfuse.experiment.item.root_observation_id': spanId,
      ...attributes,
    },
  )
}

async function seed(): Promise<TestServer> {
  const server = await startTestServer({ clock: () => START + 60_000 })
  await server.ingest(
    experimentSpan(1, 'a', 0),
    experimentSpan(2, 'b', 1000),
    experimentSpan(3, 'c', 1000),
    experimentSpan(4, 'a', 2000),
    // Neither an item nor outside of the experiment.
    experimentSpan(5, 'b', 500, { 'langfuse.experiment.item.root_observation_id': '0000000000000002' }),
    experimentSpan(6, 'c', 1500, { 'langfuse.experiment.item.id': '' }),
    span({ spanId: '00000000000000ff' }),
  )
  return server
}

async function readAll(server: TestServer, path: string, query: string): Promise<string[][]> {
  const pages: string[][] = []
  for (let cursor = ''; pages.length < 10; ) {
    const { status, body } = await server.get(`/api/public/${path}?${SINCE}&${query}${cursor}`)
    expect(status).toBe(200)
    pages.push(body.data.map((row: Record<string, string>) => row.experimentItemId ?? row.id))
    if (body.meta.cursor === undefined) break
    cursor = `&cursor=${body.meta.cursor}`
  }
  return pages
}

describe('listExperiments()', () => {
  it('listExperiments() sums up the spans of each', async () => {
    const { body } = await (await seed()).get(`/api/public/experiments?${SINCE}`)
    const at = (millis: number): string => new Date(START + millis).toISOString()
    expect(body).toEqual({
      data: [
        { ...facts('a', 'ds-1'), startTime: at(0), endTime: at(2010), itemCount: 2 },
        { ...facts('c', 'ds-2'), startTime: at(1000), endTime: at(1510), itemCount: 2 },
        { ...facts('b', 'ds-2'), startTime: at(500), endTime: at(1010), itemCount: 1 },
      ],
      meta: {},
    })
  })

  function facts(id: string, datasetId: string): object {
    return { id, name: `run ${id}`, description: '', datasetId }
  }

  it.each([
    ['', ['a', 'c', 'b']],
    ['id=a,%20c', ['a', 'c']],
    ['id=', ['a', 'c', 'b']],
    ['name=run%20b', ['b']],
    ['datasetId=ds-2', ['c', 'b']],
    ['datasetId=ds-2&id=a', []],
    [`toStartTime=2026-11-23T04:00:01.000Z`, ['b', 'a']],
    [`filter=${filter('datasetId', 'none of', ['ds-1'])}`, ['c', 'b']],
    [`datasetId=ds-1&filter=${filter('datasetId', 'any of', ['ds-2'])}`, ['c', 'b']],
    ["id=a' OR 1=1 --", []],
  ])('listExperiments() reads ?%s', async (query, ids) => {
    expect((await readAll(await seed(), 'experiments', query)).flat()).toEqual(ids)
  })

  it("listExperiments() takes what spans may disagree on from the first in the order of Langfuse's store", async () => {
    const server = await startTestServer()
    const describe = (id: number, afterMillis: number, description: string): Record<string, unknown> => ({
      ...experimentSpan(id, 'a', afterMillis, { 'langfuse.experiment.description': description }),
      traceId: '1'.padStart(32, '0'),
    })
    await server.ingest(describe(2, 0, 'earliest'), describe(1, 500, 'least id'), describe(3, 1000, 'newest'))
    const read = async (): Promise<string> =>
      (await server.get(`/api/public/experiments?${SINCE}`)).body.data[0].description
    expect(await read()).toBe('least id')
    await server.ingest(describe(9, -1, 'of the minute before'))
    expect(await read()).toBe('of the minute before')
  })

  it('listExperiments() gives each experiment once, page by page, also when two are as new', async () => {
    const server = await seed()
    await server.ingest(experimentSpan(7, 'd', 1500), experimentSpan(8, 'e', 1500))
    for (const limit of [1, 2, 3, 5]) {
      const pages = await readAll(server, 'experiments', `limit=${limit}`)
      expect(pages.flat()).toEqual(['a', 'e', 'd', 'c', 'b'])
      expect(pages).toHaveLength(Math.ceil(5 / limit))
    }
  })

  it('listExperiments() forgets what was deleted and what another experiment took over', async () => {
    const server = await seed()
    await server.send('DELETE', `/api/public/traces/${'4'.padStart(32, '0')}`, undefined)
    await server.ingest(experimentSpan(1, 'b', 0))
    expect((await readAll(server, 'experiments', '')).flat()).toEqual(['c', 'b'])
  })

  it('listExperiments() shows the scores of an experiment as a whole, within a day of it, so many', async () => {
    const server = await seed()
    const score = (id: string, fields: object, millis: number): object => ({
      ...{ id: `event-${id}`, type: 'score-create', timestamp: new Date(START + millis).toISOString() },
      body: { id, name: id, value: 1, datasetRunId: 'a', ...fields },
    })
    const batch = [
      score('one', {}, 2000),
      score('two', {}, 2001),
      score('category', { dataType: 'CATEGORICAL', value: 'x' }, 2002),
      score('of another', { datasetRunId: 'b' }, 2000),
      score('early', {}, 500 - DAY),
      score('first of all', {}, 1000 - DAY),
      score('last of all', {}, 1999 + DAY),
      score('late', {}, 2000 + DAY),
    ]
    expect((await server.send('POST', '/api/public/ingestion', { batch })).body.errors).toEqual([])
    const read = async (query: string): Promise<string[][]> => {
      const { body } = await server.get(`/api/public/experiments?${SINCE}&fields=scores${query}`)
      return body.data.map(({ scores }: { scores: { name: string }[] }) => scores.map(({ name }) => name))
    }
    expect(await read('')).toEqual([['last of all', 'category', 'two', 'one', 'first of all'], [], ['of another']])
    expect((await read('&scoreLimit=2'))[0]).toEqual(['last of all', 'category'])
  })
})

describe('listExperimentItems()', () => {
  it.each([
    ['', ['item-4', 'item-3', 'item-2', 'item-1']],
    ['experimentId=a', ['item-4', 'item-1']],
    ['experimentName=run%20b,run%20c', ['item-3', 'item-2']],
    ['experimentItemId=item-3,item-4', ['item-4', 'item-3']],
    ['datasetId=ds-1', ['item-4', 'item-1']],
    ['toStartTime=2026-11-23T04:00:01.000Z', ['item-1']],
    [`filter=${filter('experimentItemId', 'any of', ['item-1'])}`, ['item-1']],
  ])('listExperimentItems() reads ?%s', async (query, ids) => {
    const server = await seed()
    expect((await readAll(server, 'experiment-items', query)).flat().sort()).toEqual([...ids].sort())
    // Two of them are as new as each other; what matters is that pages keep one order.
    const whole = (await readAll(server, 'experiment-items', query)).flat()
    const pages = await readAll(server, 'experiment-items', `${query}&limit=1`)
    expect([pages.flat(), pages.length]).toEqual([whole, whole.length])
  })

  it('listExperimentItems() shows the groups that are asked for', async () => {
    const server = await startTestServer()
    await server.ingest(
      experimentSpan(1, 'a', 0, {
        'langfuse.experiment.description': 'desc',
        'langfuse.experiment.metadata': '{"model":{"name":"m"},"n":1}',
        'langfuse.experiment.item.metadata': '{"level":"easy"}',
        'langfuse.experiment.item.version': '2026-11-22T00:00:00Z',
        'langfuse.experiment.item.expected_output': '4',
        'langfuse.observation.input': '{"q":1}',
      }),
    )
    const read = async (query: string): Promise<Record<string, unknown>> =>
      (await server.get(`/api/public/experiment-items?${SINCE}${query}`)).body.data[0]
    const core = ['id', 'traceId', 'startTime', 'endTime', 'level', 'environment', 'experimentId', 'experimentName']
    core.push('experimentItemId')
    const dataset = { experimentDatasetId: 'ds-1', experimentItemVersion: '2026-11-22T00:00:00.000Z' }
    const first = await read('')
    expect(first).toMatchObject(dataset)
    expect(Object.keys(first)).toEqual([...core, ...Object.keys(dataset)])
    expect(Object.keys(await read('&fields=core'))).toEqual(core)
    expect(await read('&fields=io,itemMetadata,experimentMetadata')).toMatchObject({
      input: '{"q":1}',
      output: '',
      expectedOutput: '4',
      experimentItemMetadata: { level: 'easy' },
      experimentMetadata: { 'model.name': 'm', n: '1' },
      experimentDescription: 'desc',
    })
  })

  it('listExperimentItems() shows scores of the item and of its trace, and of no other observation', async () => {
    const server = await seed()
    const [traceId, observationId] = ['4'.padStart(32, '0'), '4'.padStart(16, '0')]
    const scores = [
      { id: 'item', traceId, observationId },
      { id: 'trace', traceId },
      { id: 'other', traceId, observationId: 'f'.repeat(16) },
      { id: 'elsewhere', traceId: '1'.padStart(32, '0') },
    ]
    for (const score of scores) await server.send('POST', '/api/public/scores', { ...score, name: score.id, value: 1 })
    await server.send('POST', '/api/public/scores', { traceId, name: 'n', value: 'x', dataType: 'CORRECTION' })
    const { body } = await server.get(`/api/public/experiment-items?${SINCE}&experimentId=a&fields=scores`)
    expect(body.data.map((item: { scores: { id: string }[] }) => item.scores.map(({ id }) => id))).toEqual([
      ['trace', 'item'],
      ['elsewhere'],
    ])
  })
})

describe('parseExperimentParams()', () => {
  const bad = Buffer.from(JSON.stringify({ v: 2, lastTime: '2026-11-23T04:00:00Z' })).toString('base64url')

  it.each([
    ['fromStartTime=yesterday', ['fromStartTime']],
    [`${SINCE}&toStartTime=2026-11-23`, ['toStartTime']],
    [`${SINCE}&limit=101`, ['limit']],
    [`${SINCE}&scoreLimit=51`, ['scoreLimit']],
    [`${SINCE}&fields=core,all`, ['fields', 1]],
    [`${SINCE}&datasetId=a&datasetId=b`, ['datasetId']],
    [`${SINCE}&cursor=${bad}`, ['cursor', 'v']],
    [`${SINCE}&cursor=x`, undefined],
    [`${SINCE}&filter=x`, undefined],
    [`${SINCE}&filter=${filter('startTime', 'any of', ['x'])}`, undefined],
  ])('parseExperimentParams() refuses ?%s', async (query, path) => {
    const server = await startTestServer()
    for (const list of ['experiments', 'experiment-items']) {
      const { status, body } = await server.get(`/api/public/${list}?${query}`)
      expect(status).toBe(400)
      expect(Array.isArray(body.error) ? body.error[0].path : undefined).toEqual(path)
    }
  })
})

function filter(column: string, operator: string, value: readonly string[]): string {
  return encodeURIComponent(JSON.stringify([{ type: 'stringOptions', column, operator, value }]))
}
