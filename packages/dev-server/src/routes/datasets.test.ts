import { describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.fixture.js'

const PATH = '/api/public/v2/datasets'

function startServer(): Promise<TestServer> {
  let now = Date.parse('2026-11-23T04:00:00.000Z')
  return startTestServer({ clock: () => (now += 1000) })
}

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))

describe('createDataset()', () => {
  it('createDataset() changes the dataset of that name, and keeps what is left out or null', async () => {
    const server = await startServer()
    const schema = { type: 'object' }
    const { body: made } = await server.send('POST', PATH, {
      name: 'n',
      description: 'd',
      metadata: { a: 1 },
      inputSchema: schema,
      expectedOutputSchema: schema,
    })
    const { body: kept } = await server.send('POST', PATH, { name: 'n', description: null, metadata: null })
    expect(kept).toEqual({ ...made, updatedAt: '2026-11-23T04:00:02.000Z' })
    const changes = { description: '', metadata: [0], inputSchema: null }
    const { body: changed } = await server.send('POST', PATH, { name: 'n', ...changes })
    expect(changed).toEqual({ ...made, ...changes, updatedAt: '2026-11-23T04:00:03.000Z' })
    expect((await server.get(`${PATH}/n`)).body).toEqual(changed)
  })

  it.each([
    ['', 'Name cannot be empty'],
    [' ', 'Name cannot be empty'],
    ['/a', 'Name cannot start with a slash'],
    ['a/', 'Name cannot end with a slash'],
    ['a//b', 'Name cannot contain consecutive slashes'],
    ['<b>', 'Text cannot contain HTML tags'],
  ])('createDataset() refuses the name %j', async (name, message) => {
    const server = await startServer()
    const { status, body } = await server.send('POST', PATH, { name })
    expect([status, body.error]).toEqual([400, 'InvalidRequestError'])
    expect(body.message).toContain(`Dataset name not valid. `)
    expect(body.message).toContain(message)
    expect((await server.get(PATH)).body.meta.totalItems).toBe(0)
  })

  it.each([
    ['no JSON', '{', 400, 'Invalid JSON'],
    ['no object', [], 400, 'Invalid request data'],
    ['no name', {}, 400, 'Invalid request data'],
    ['a name that is no text', { name: 1 }, 400, 'Invalid request data'],
    ['a schema that is no object', { name: 'n', inputSchema: 'x' }, 400, 'Invalid request data'],
    ['metadata that nests too deep', { name: 'n', metadata: nested(129) }, 400, 'may nest 128 levels deep'],
    ['more than a megabyte', { name: 'n', description: 'd'.repeat(1024 * 1024) }, 413, 'larger than'],
  ])('createDataset() refuses %s', async (_what, sent, expected, message) => {
    const server = await startServer()
    const { status, body } = await server.send('POST', PATH, sent)
    expect([status, body.message]).toEqual([expected, expect.stringContaining(message)])
  })

  it.each(['a/b c', '100%', '%2F', 'ü?#&', "x' OR 1=1 --", '😀'])('createDataset() takes the name %j', async (name) => {
    const server = await startServer()
    const { status, body } = await server.send('POST', PATH, { name, metadata: nested(128) })
    expect([status, body.name]).toEqual([200, name])
    expect((await server.get(`${PATH}/${encodeURIComponent(name)}`)).body).toEqual(body)
  })
})

describe('listDatasets()', () => {
  it.each([
    ['', ['c', 'b', 'a'], { page: 1, limit: 50, totalItems: 3, totalPages: 1 }],
    ['page=&limit=', ['c', 'b', 'a'], { page: 1, limit: 50, totalItems: 3, totalPages: 1 }],
    ['limit=2', ['c', 'b'], { page: 1, limit: 2, totalItems: 3, totalPages: 2 }],
    ['limit=2&page=2', ['a'], { page: 2, limit: 2, totalItems: 3, totalPages: 2 }],
    ['page=9007199254740991', [], { page: 9007199254740991, limit: 50, totalItems: 3, totalPages: 1 }],
  ])('listDatasets() reads ?%s', async (query, names, meta) => {
    const server = await startServer()
    for (const name of ['a', 'b', 'c']) await server.send('POST', PATH, { name })
    // A change does not move a dataset in the list.
    await server.send('POST', PATH, { name: 'a', description: 'later' })
    const { body } = await server.get(`${PATH}?${query}`)
    expect([body.data.map(({ name }: { name: string }) => name), body.meta]).toEqual([names, meta])
  })

  it.each([
    'page=0',
    'page=-1',
    'page=1.5',
    'page=x',
    'page=1e300',
    'limit=0',
    'limit=101',
    'limit=x',
    'page=1&page=2',
  ])('listDatasets() refuses ?%s', async (query) => {
    const server = await startServer()
    const { status, body } = await server.get(`${PATH}?${query}`)
    expect([status, body.message]).toEqual([400, 'Invalid request data'])
    expect(body.error[0].path).toEqual([query.split('=')[0]])
  })
})

describe('showDataset()', () => {
  it('showDataset() answers 404 for a name that no dataset has', async () => {
    const { status, body } = await (await startServer()).get(`${PATH}/none`)
    expect([status, body]).toEqual([404, { message: 'Dataset not found', error: 'LangfuseNotFoundError' }])
  })
})
