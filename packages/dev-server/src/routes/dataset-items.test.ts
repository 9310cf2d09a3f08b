import { describe, expect, it } from 'vitest'
import { type Answer, startTestServer, type TestServer, temporaryDirectory } from '../test-server.fixture.js'

const PATH = '/api/public/dataset-items'
const START = Date.parse('2026-11-23T04:00:00.000Z')

async function startServer(dataDir: string = temporaryDirectory()): Promise<TestServer> {
  let now = START
  const server = await startTestServer({ dataDir, clock: () => (now += 1000) })
  for (const name of ['one', 'two']) await server.send('POST', '/api/public/v2/datasets', { name })
  return server
}

function put(server: TestServer, item: Record<string, unknown>): Promise<Answer> {
  return server.send('POST', PATH, { datasetName: 'one', ...item })
}

async function ids(server: TestServer, query: string): Promise<string[]> {
  const { body } = await server.get(`${PATH}?${query}`)
  return body.data.map(({ id }: { id: string }) => id)
}

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))

describe('createDatasetItem()', () => {
  it.each<[unknown, unknown]>([
    ['4', 4],
    ['"4"', '4'],
    ['true', true],
    ['null', null],
    ['', null],
    [null, null],
    [' {"a":[1,"2"]} ', { a: [1, '2'] }],
    ['{"a":', '{"a":'],
    ['plain', 'plain'],
    [0, 0],
    [false, false],
    [[], []],
    [
      { a: '4', b: null },
      { a: '4', b: null },
    ],
    ['nul \u0000 and \u001b\u0085, tab\t and\r\n', 'nul  and , tab\t and\r\n'],
    [{ deep: ['\u0007bell'] }, { deep: ['bell'] }],
    ['😀', '😀'],
    ['['.repeat(129) + ']'.repeat(129), '['.repeat(129) + ']'.repeat(129)],
  ])('createDatasetItem() keeps %j as %j', async (sent, kept) => {
    const server = await startServer()
    const values = { input: sent, expectedOutput: sent, metadata: sent }
    const { status, body } = await put(server, { id: 'i', ...values })
    expect(status).toBe(200)
    expect(body).toMatchObject({ input: kept, expectedOutput: kept, metadata: kept })
    expect((await server.get(`${PATH}/i`)).body).toEqual(body)
  })

  it('createDatasetItem() changes the item of that id, and keeps what is left out or null', async () => {
    const server = await startServer()
    const source = { sourceTraceId: 't', sourceObservationId: 'o' }
    const { body: made } = await put(server, {
      id: 'i',
      input: 'a',
      expectedOutput: 'b',
      metadata: { c: 1 },
      ...source,
    })
    expect(made).toMatchObject({ status: 'ACTIVE', ...source, createdAt: '2026-11-23T04:00:03.000Z' })
    const nulls = { input: null, expectedOutput: null, metadata: null, sourceTraceId: null, status: null }
    const { body: kept } = await put(server, { id: 'i', ...nulls })
    const at = (second: number) => ({
      createdAt: `2026-11-23T04:00:0${second}.000Z`,
      updatedAt: `2026-11-23T04:00:0${second}.000Z`,
    })
    expect(kept).toEqual({ ...made, ...at(4) })
    const { body: changed } = await put(server, { id: 'i', input: 0, status: 'ARCHIVED' })
    expect(changed).toEqual({ ...made, input: 0, status: 'ARCHIVED', ...at(5) })
    expect(await ids(server, 'datasetName=one')).toEqual([])
    expect((await server.get(`${PATH}/i`)).body).toEqual(changed)
  })

  it('createDatasetItem() refuses the id of an item of another dataset, which stays as it was', async () => {
    const server = await startServer()
    const { body: item } = await put(server, { id: 'i', input: 'a' })
    const { status, body } = await put(server, { id: 'i', datasetName: 'two', input: 'b' })
    expect([status, body.error]).toEqual([409, 'LangfuseConflictError'])
    expect(body.message).toContain(`Dataset item id i already exists in another dataset (id ${item.datasetId})`)
    expect((await server.get(`${PATH}/i`)).body).toEqual(item)
  })

  it.each([
    ['an unknown dataset', { datasetName: 'none', input: 1 }, 404, 'Dataset none not found for project axion-local'],
    ['no dataset', { datasetName: undefined, input: 1 }, 400, 'Invalid request data'],
    ['no input', {}, 400, 'Dataset item validation failed: Dataset item input cannot be null'],
    ['null as the input', { input: null }, 400, 'Dataset item validation failed: Dataset item input cannot be null'],
    ['an empty id', { id: '', input: 1 }, 400, 'Invalid request data'],
    ['a long id', { id: 'i'.repeat(256), input: 1 }, 400, 'Invalid request data'],
    ['another status', { input: 1, status: 'active' }, 400, 'Invalid request data'],
    ['what nests too deep', { input: nested(129) }, 400, 'may nest 128 levels deep'],
    ['more than 4.5 MB', { input: 'i'.repeat(4.5 * 1024 * 1024) }, 413, 'larger than'],
  ])('createDatasetItem() refuses %s', async (_what, item, expected, message) => {
    const server = await startServer()
    const { status, body } = await put(server, item)
    expect([status, body.message]).toEqual([expected, expect.stringContaining(message)])
    expect(await ids(server, '')).toEqual([])
  })

  it('createDatasetItem() takes an item without input if the client chose its id', async () => {
    const { status, body } = await put(await startServer(), { id: 'i' })
    expect([status, body.input]).toEqual([200, null])
  })
})

describe('listDatasetItems()', () => {
  async function seed(): Promise<TestServer> {
    const server = await startServer()
    await put(server, { id: 'a', input: 1, sourceTraceId: 't' })
    await put(server, { id: 'b', input: 1, sourceTraceId: 't', sourceObservationId: 'o' })
    await put(server, { id: 'c', input: 1, datasetName: 'two' })
    await put(server, { id: 'd', input: 1, status: 'ARCHIVED' })
    await put(server, { id: 'a', input: 2 })
    return server
  }

  it.each([
    ['', ['a', 'c', 'b']],
    ['datasetName=&sourceTraceId=&sourceObservationId=', ['a', 'c', 'b']],
    ['datasetName=one', ['a', 'b']],
    ['datasetName=two', ['c']],
    ['sourceTraceId=t', ['a', 'b']],
    ['sourceTraceId=t&sourceObservationId=o', ['b']],
    ['datasetName=two&sourceTraceId=t', []],
    ['datasetName=one&limit=1&page=2', ['b']],
    ['datasetName=one&version=2026-11-23T04:00:04.000Z', ['b', 'a']],
    ['datasetName=one&version=2026-11-23T04:00:03.999Z', ['a']],
    ['datasetName=one&version=2026-11-23', []],
  ])('listDatasetItems() reads ?%s', async (query, expected) => {
    expect(await ids(await seed(), query)).toEqual(expected)
  })

  it.each([
    ['datasetName=none', 404, { message: 'Dataset not found', error: 'LangfuseNotFoundError' }],
    [
      'version=2026-11-23T04:00:03Z',
      400,
      {
        message: 'Invalid request data',
        error: [
          {
            code: 'custom',
            path: ['datasetName'],
            message: 'datasetName is required when version parameter is provided',
          },
        ],
      },
    ],
    [
      'datasetName=one&version=never',
      400,
      {
        message: 'Invalid request data',
        error: [{ code: 'custom', path: ['version'], message: 'Invalid input: expected date, received Date' }],
      },
    ],
  ])('listDatasetItems() refuses ?%s', async (query, status, body) => {
    const answer = await (await startServer()).get(`${PATH}?${query}`)
    expect([answer.status, answer.body]).toEqual([status, body])
  })
})

describe('deleteDatasetItem()', () => {
  it('deleteDatasetItem() takes an item away, once; a new one may have its id, in another dataset too', async () => {
    const server = await startServer()
    await put(server, { id: 'i', input: 1, expectedOutput: 2 })
    const { status, body } = await server.send('DELETE', `${PATH}/i`, undefined)
    expect([status, body]).toEqual([200, { message: 'Dataset item successfully deleted' }])
    const again = await server.send('DELETE', `${PATH}/i`, undefined)
    const message = 'Dataset item with id i not found for project axion-local'
    expect([again.status, again.body]).toEqual([404, { message, error: 'LangfuseNotFoundError' }])
    const missing = await server.get(`${PATH}/i`)
    expect([missing.status, missing.body.message]).toEqual([404, 'Dataset item not found'])
    expect(await ids(server, 'datasetName=one&version=2026-11-23T04:00:03.000Z')).toEqual(['i'])
    const { body: next } = await put(server, { id: 'i', datasetName: 'two', input: 3 })
    expect(next).toMatchObject({ datasetName: 'two', input: 3, expectedOutput: null })
  })

  it('deleteDatasetItem() leaves the rest for the next start of the server', async () => {
    const dataDir = temporaryDirectory()
    const first = await startServer(dataDir)
    for (const id of ['a', 'b']) await put(first, { id, input: { id } })
    await first.send('DELETE', `${PATH}/a`, undefined)
    await first.close()
    const second = await startTestServer({ dataDir })
    expect(await ids(second, 'datasetName=one')).toEqual(['b'])
  })
})
