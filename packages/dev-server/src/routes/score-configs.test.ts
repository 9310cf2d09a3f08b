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
