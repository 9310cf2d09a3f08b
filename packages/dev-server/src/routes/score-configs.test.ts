import { describe, expect, it } from 'vitest'
import { startTestServer } from '../test-server.fixture.js'

const PATH = '/api/public/score-configs'
const categories = [
  { label: 'good', value: 1 },
  { label: 'bad', value: 0 },
]

describe('createScoreConfig()', () => {
  it.each([
    [{ dataType: 'NUMERIC' }, { minValue: null, maxValue: null, categories: null }],
    [
      { dataType: 'NUMERIC', minValue: -1, maxValue: 0.5 },
      { minValue: -1, maxValue: 0.5, categories: null },
    ],
    [
      { dataType: 'CATEGORICAL', categories },
      { minValue: null, maxValue: null, categories },
    ],
    [
      { dataType: 'BOOLEAN', description: 'd' },
      {
        description: 'd',
        categories: [
          { label: 'True', value: 1 },
          { label: 'False', value: 0 },
        ],
      },
    ],
    [
      { dataType: 'TEXT', minValue: null },
      { minValue: null, maxValue: null, categories: null },
    ],
  ])('createScoreConfig() keeps %j', async (config, expected) => {
    const server = await startTestServer()
    const { status, body } = await server.send('POST', PATH, { name: 'n', ...config })
    expect([status, body]).toMatchObject([200, { name: 'n', isArchived: false, ...expected }])
    expect((await server.get(PATH)).body.data).toEqual([body])
  })

  it.each([
    ['no data type', {}],
    ['corrections', { dataType: 'CORRECTION' }],
    ['an empty name', { name: '', dataType: 'TEXT' }],
    ['a long name', { name: 'n'.repeat(36), dataType: 'TEXT' }],
    ['a name with a slash', { name: 'a/b', dataType: 'TEXT' }],
    ['a range the wrong way round', { dataType: 'NUMERIC', minValue: 1, maxValue: 1 }],
    ['categories of a number', { dataType: 'NUMERIC', categories }],
    ['a range of text', { dataType: 'TEXT', minValue: 1 }],
    ['no categories', { dataType: 'CATEGORICAL' }],
    ['categories without values', { dataType: 'CATEGORICAL', categories: [{ label: 'a' }] }],
    ['a label twice', { dataType: 'CATEGORICAL', categories: [...categories, { label: 'bad', value: 2 }] }],
    ['a value twice', { dataType: 'CATEGORICAL', categories: [...categories, { label: 'ugly', value: 0 }] }],
  ])('createScoreConfig() refuses %s', async (_what, config) => {
    const server = await startTestServer()
    const { status, body } = await server.send('POST', PATH, { name: 'n', ...config })
    expect([status, body.message]).toEqual([400, 'Invalid request data'])
    expect((await server.get(PATH)).body.meta).toEqual({ page: 1, limit: 50, totalItems: 0, totalPages: 0 })
  })
})

describe('listScoreConfigs()', () => {
  it('listScoreConfigs() pages through configs, the newest first', async () => {
    let now = 0
    const server = await startTestServer({ clock: () => (now += 1000) })
    for (const name of ['a', 'b', 'a']) await server.send('POST', PATH, { name, dataType: 'TEXT' })
    const pages = await Promise.all([1, 2].map((page) => server.get(`${PATH}?limit=2&page=${page}`)))
    expect(pages.map(({ body }) => body.data.map(({ name }: { name: string }) => name))).toEqual([['a', 'b'], ['a']])
    expect(pages[1]?.body.meta).toEqual({ page: 2, limit: 2, totalItems: 3, totalPages: 2 })
  })
})

// Not recorded: from Langfuse 4.16's web/src/features/public-api/server/score-configs-api-service.ts.
describe('showScoreConfig() and updateScoreConfig()', () => {
  const numeric = { dataType: 'NUMERIC', minValue: 0, maxValue: 1 }
  const truth = [
    { label: 'True', value: 1 },
    { label: 'False', value: 0 },
  ]

  it.each([
    [numeric, { isArchived: true }],
    [numeric, { name: 'kind', description: 'd', maxValue: 5, unknown: 1 }],
    [{ dataType: 'CATEGORICAL', categories }, { categories: [{ label: 'ugly', value: -1 }] }],
    [{ dataType: 'BOOLEAN' }, { categories: truth, minValue: 3 }],
    [{ dataType: 'TEXT', description: 'x' }, { description: '' }],
  ])('updateScoreConfig() changes of %j what %j names', async (config, change) => {
    let now = 0
    const server = await startTestServer({ clock: () => (now += 1000) })
    const { body: created } = await server.send('POST', PATH, { name: 'n', ...config })
    const { status, body } = await server.send('PATCH', `${PATH}/${created.id}`, change)
    const { unknown, ...changed } = { unknown: undefined, ...change }
    expect([status, body]).toEqual([200, { ...created, ...changed, updatedAt: body.updatedAt }])
    expect(Date.parse(body.updatedAt)).toBeGreaterThan(Date.parse(created.createdAt))
    expect((await server.get(`${PATH}/${created.id}`)).body).toEqual(body)
    expect((await server.get(PATH)).body.data).toEqual([body])
  })

  const empty = 'Request body cannot be empty. At least one field must be provided for update.'
  it.each<[object, unknown, unknown]>([
    [numeric, {}, [{ code: 'custom', path: [], message: empty }]],
    [numeric, { unknown: 1 }, [{ code: 'custom', path: [], message: empty }]],
    [numeric, { name: 'a/b' }, [{ code: 'custom', path: ['name'], message: 'Name contains invalid characters' }]],
    [numeric, { description: null }, [expect.objectContaining({ path: ['description'] })]],
    [numeric, [], [expect.anything()]],
    [numeric, { minValue: 1 }, 'Maximum value must be greater than Minimum value'],
    [numeric, { categories }, 'Invalid input: expected undefined, received array'],
    [
      { dataType: 'TEXT' },
      { minValue: 1, maxValue: 2 },
      `${Array(2).fill('Invalid input: expected undefined, received number').join(', ')}`,
    ],
    [{ dataType: 'CATEGORICAL', categories }, { minValue: 0 }, 'Invalid input: expected undefined, received number'],
    [
      { dataType: 'CATEGORICAL', categories },
      { categories: [...categories, ...categories] },
      [expect.objectContaining({ message: expect.stringMatching(/^Duplicate category label/) })],
    ],
    [{ dataType: 'BOOLEAN' }, { categories: truth.slice(1) }, 'Boolean data type must have exactly 2 categories.'],
    [{ dataType: 'BOOLEAN' }, { categories: truth.toReversed() }, 'Invalid input'],
  ])('updateScoreConfig() of %j refuses %j', async (config, change, expected) => {
    const server = await startTestServer()
    const { body: created } = await server.send('POST', PATH, { name: 'n', ...config })
    const { status, body } = await server.send('PATCH', `${PATH}/${created.id}`, change)
    const isSentence = typeof expected === 'string'
    const refusal = isSentence
      ? { message: expected, error: 'InvalidRequestError' }
      : { message: 'Invalid request data', error: expected }
    expect([status, body]).toEqual([400, refusal])
    expect((await server.get(`${PATH}/${created.id}`)).body).toEqual(created)
  })

  it('showScoreConfig() and updateScoreConfig() answer 404 for none', async () => {
    const server = await startTestServer()
    const expected = { message: 'Score config not found within authorized project', error: 'LangfuseNotFoundError' }
    expect(await server.get(`${PATH}/none`)).toMatchObject({ status: 404, body: expected })
    expect(await server.send('PATCH', `${PATH}/none`, { isArchived: true })).toMatchObject({
      status: 404,
      body: expected,
    })
  })
})
