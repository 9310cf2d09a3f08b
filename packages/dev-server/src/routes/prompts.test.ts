import { describe, expect, it } from 'vitest'
import { type Answer, startTestServer, type TestServer } from '../test-server.fixture.js'

const PATH = '/api/public/v2/prompts'

async function create(server: TestServer, body: object): Promise<Answer['body']> {
  const { status, body: created } = await server.send('POST', PATH, { prompt: 'p', ...body })
  expect({ status, created }).toMatchObject({ status: 201 })
  return created
}

async function labelsOf(server: TestServer, name: string, versions: number): Promise<string[][]> {
  const numbers = Array.from({ length: versions }, (_, index) => index + 1)
  return Promise.all(numbers.map(async (number) => (await server.get(`${PATH}/${name}?version=${number}`)).body.labels))
}

describe('createPrompt()', () => {
  it('createPrompt() counts versions, moves labels to the new one, and shares its tags with all', async () => {
    const server = await startTestServer()
    await create(server, { name: 'a', labels: ['production', 'x'], tags: ['t', 't'] })
    const second = await create(server, { name: 'a', labels: ['x'], config: { m: 1 }, commitMessage: 'why' })
    expect(second).toMatchObject({ version: 2, tags: ['t'], config: { m: 1 }, commitMessage: 'why' })
    await create(server, { name: 'a', tags: ['u'] })
    expect(await labelsOf(server, 'a', 3)).toEqual([['production'], ['x'], ['latest']])
    const { body } = await server.get(`${PATH}/a`)
    expect(body).toMatchObject({ version: 1, isActive: true, tags: ['u'] })
    expect((await server.get(`${PATH}/a?label=x`)).body).toMatchObject({ version: 2, isActive: false })
  })

  it('createPrompt() keeps chat messages and placeholders, without what else they have', async () => {
    const server = await startTestServer()
    const messages = [
      { type: 'chatmessage', role: 'user', content: 'hi {{x}}' },
      { type: 'placeholder', name: 'history' },
    ]
    const created = await create(server, { name: 'folder/chat', type: 'chat', prompt: messages })
    expect(created.prompt).toEqual([{ role: 'user', content: 'hi {{x}}' }, messages[1]])
    expect((await server.get(`${PATH}/folder%2Fchat?label=latest`)).body.name).toBe('folder/chat')
  })

  it.each([
    ['no name', { name: undefined }],
    ['an empty name', { name: '' }],
    ['a name with a pipe', { name: 'a|b' }],
    ['a name with a slash at its end', { name: 'a/' }],
    ['a reserved name', { name: 'new' }],
    ['HTML in its name', { name: '<b>' }],
    ['a label in upper case', { labels: ['A'] }],
    ['a label that is too long', { labels: ['a'.repeat(37)] }],
    ['text of type chat', { type: 'chat', prompt: 'text' }],
    ['messages of type text', { prompt: [{ role: 'user', content: '' }] }],
    ['a message without content', { type: 'chat', prompt: [{ role: 'user' }] }],
    ['an unknown type', { type: 'image' }],
    ['a long commit message', { commitMessage: 'a'.repeat(501) }],
    ['config that nests too deep', { config: JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`) }],
    [
      'a variable and a placeholder of one name',
      {
        type: 'chat',
        prompt: [
          { role: 'user', content: '{{x}}' },
          { type: 'placeholder', name: 'x' },
        ],
      },
    ],
    ['a reference to nothing', { prompt: '@@@langfusePrompt:name=none|label=production@@@' }],
  ])('createPrompt() refuses %s', async (_what, fields) => {
    const server = await startTestServer()
    const { status } = await server.send('POST', PATH, { name: 'a', prompt: 'p', ...fields })
    expect(status).toBe(400)
    expect((await server.get(PATH)).body.meta.totalItems).toBe(0)
  })

  it('createPrompt() refuses a version of another type', async () => {
    const server = await startTestServer()
    await create(server, { name: 'a' })
    const { status, body } = await server.send('POST', PATH, { name: 'a', type: 'chat', prompt: [] })
    expect([status, body.message]).toEqual([400, expect.stringContaining('different prompt type')])
  })
})

describe('showPrompt()', () => {
  it('showPrompt() puts in the prompts that a prompt refers to, unless it is asked not to', async () => {
    const server = await startTestServer()
    const inner = await create(server, { name: 'inner', prompt: 'costs $1 & $$', labels: ['production'] })
    const reference = '@@@langfusePrompt:name=inner|label=production@@@'
    const middle = await create(server, { name: 'middle', prompt: `<${reference}${reference}>` })
    const prompt = [{ role: 'system', content: '@@@langfusePrompt:name=middle|version=1@@@!' }]
    const outer = await create(server, { name: 'outer', type: 'chat', prompt, labels: ['production'] })
    const { body } = await server.get(`${PATH}/outer`)
    expect(body.prompt).toEqual([{ role: 'system', content: '<costs $1 & $$costs $1 & $$>!' }])
    const node = ({ name, id }: { name: string; id: string }): object => ({ name, version: 1, id })
    expect(body.resolutionGraph).toEqual({
      root: node(outer),
      dependencies: { [outer.id]: [node(middle)], [middle.id]: [node(inner)] },
    })
    expect((await server.get(`${PATH}/outer?resolve=false`)).body.prompt).toEqual(prompt)
  })

  it('showPrompt() refuses prompts that came to refer to each other', async () => {
    const server = await startTestServer()
    await create(server, { name: 'a', labels: ['production'] })
    await create(server, { name: 'b', prompt: '@@@langfusePrompt:name=a|label=production@@@', labels: ['production'] })
    const circle = { name: 'a', prompt: '@@@langfusePrompt:name=b|label=production@@@', labels: ['production'] }
    const { status, body } = await server.send('POST', PATH, circle)
    expect([status, body.message]).toEqual([400, expect.stringContaining('Circular dependency')])
  })

  it('createPrompt() refuses prompts that would grow without end', async () => {
    const server = await startTestServer()
    await create(server, { name: 'l0', prompt: 'lol' })
    for (const level of [1, 2]) {
      const prompt = `@@@langfusePrompt:name=l${level - 1}|version=1@@@`.repeat(50)
      const { status, body } = await server.send('POST', PATH, { name: `l${level}`, prompt })
      expect([status, body.message]).toEqual(
        level === 1 ? [201, undefined] : [400, 'Too many prompt dependencies: more than 1000'],
      )
    }
  })

  it.each([
    ['?version=1&label=x', 400],
    ['?version=x', 400],
    ['?version=2', 404],
    ['?label=none', 404],
    ['?version=0&label=latest', 200],
  ])('showPrompt() answers %s with %i', async (query, status) => {
    const server = await startTestServer()
    await create(server, { name: 'a' })
    expect((await server.get(`${PATH}/a${query}`)).status).toBe(status)
  })
})

describe('labelPrompt() and deletePrompt()', () => {
  it('labelPrompt() adds labels to those of a version, and takes them from the others', async () => {
    const server = await startTestServer()
    for (const labels of [['production', 'x'], [], ['y']]) await create(server, { name: 'a', labels })
    const { status, body } = await server.send('PATCH', `${PATH}/a/versions/2`, { newLabels: ['production', 'y'] })
    expect([status, body.version, body.labels]).toEqual([200, 2, ['production', 'y']])
    expect(await labelsOf(server, 'a', 3)).toEqual([['x'], ['production', 'y'], ['latest']])
    for (const [path, sent, expected] of [
      ['a/versions/2', { newLabels: ['latest'] }, 400],
      ['a/versions/2', {}, 400],
      ['a/versions/9', { newLabels: ['z'] }, 404],
      ['a/versions/x', { newLabels: ['z'] }, 400],
    ] as const) {
      expect([path, (await server.send('PATCH', `${PATH}/${path}`, sent)).status]).toEqual([path, expected])
    }
  })

  it('deletePrompt() deletes the versions that are meant, and keeps one the latest', async () => {
    const server = await startTestServer()
    for (const labels of [['x'], ['production'], []]) await create(server, { name: 'a', labels })
    expect((await server.send('DELETE', `${PATH}/a?version=3`, undefined)).status).toBe(204)
    expect((await server.get(`${PATH}/a?label=latest`)).body.version).toBe(2)
    expect((await server.send('DELETE', `${PATH}/a?label=x`, undefined)).status).toBe(204)
    expect((await server.get(PATH)).body.data).toMatchObject([{ versions: [2], labels: ['latest', 'production'] }])
    expect((await server.send('DELETE', `${PATH}/a`, undefined)).status).toBe(204)
    expect((await server.send('DELETE', `${PATH}/a`, undefined)).status).toBe(404)
  })
})

describe('listPrompts()', () => {
  it('listPrompts() lists names with the versions that fit, page by page', async () => {
    let now = 1_000
    const server = await startTestServer({ clock: () => now })
    await create(server, { name: 'b', labels: ['x'], tags: ['t'] })
    now = 2_000
    await create(server, { name: 'b', type: 'text', config: { v: 2 } })
    await create(server, { name: 'a', type: 'chat', prompt: [] })
    const { body } = await server.get(PATH)
    expect(body.data).toEqual([
      {
        name: 'a',
        versions: [1],
        labels: ['latest'],
        tags: [],
        type: 'chat',
        lastConfig: {},
        lastUpdatedAt: new Date(2000).toISOString(),
      },
      {
        name: 'b',
        versions: [1, 2],
        labels: ['latest', 'x'],
        tags: ['t'],
        type: 'text',
        lastConfig: { v: 2 },
        lastUpdatedAt: new Date(2000).toISOString(),
      },
    ])
    expect(body.meta).toEqual({ page: 1, limit: 10, totalItems: 2, totalPages: 1 })
    const names = async (query: string): Promise<string[]> =>
      (await server.get(`${PATH}?${query}`)).body.data.map(({ name, versions }: Answer['body']) => `${name}${versions}`)
    expect(await names('label=x')).toEqual(['b1'])
    expect(await names('tag=t')).toEqual(['b1,2'])
    expect(await names('name=a')).toEqual(['a1'])
    expect(await names('version=2')).toEqual(['b2'])
    expect(await names('page=2&limit=1')).toEqual(['b1,2'])
    expect(await names('fromUpdatedAt=1970-01-01T00:00:03Z')).toEqual([])
    expect((await server.get(`${PATH}?limit=101`)).status).toBe(400)
  })
})
