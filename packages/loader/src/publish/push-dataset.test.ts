import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Dataset } from '../dataset/dataset.js'
import { DatasetItem } from '../dataset/dataset-item.js'
import { anyItem } from '../dataset/files/any-item.fixture.js'
import { type FixtureProject, startLangfuseProject } from '../testing/langfuse-project.fixture.js'
import { failureOf } from '../testing/start-loader.fixture.js'

let server: FixtureProject
beforeEach(async () => {
  server = await startLangfuseProject()
})
afterEach(() => server.close())

describe('pushToLangfuse()', () => {
  it('pushToLangfuse() makes the dataset, and puts each field where Langfuse shows it', async () => {
    const item = {
      id: 'one',
      query: 'Why?',
      expectedOutput: 'So.',
      actualOutput: 'No.',
      retrievedContent: ['p'],
      traceId: 't',
      observationId: 'o',
      metadata: { level: 'easy' },
      tags: ['x'],
    }
    const pushed = await Dataset.fromRecords([item], { name: 'mine' }).pushToLangfuse({
      ...server.connection,
      description: 'd',
      metadata: { team: 'a' },
    })
    expect(pushed).toEqual({ name: 'mine', datasetId: 'ds-1', uploaded: 1, failed: [] })
    expect(server.requests[0]).toMatchObject({ body: { name: 'mine', description: 'd', metadata: { team: 'a' } } })
    expect(server.items.get('one')).toMatchObject({
      datasetName: 'mine',
      input: { query: 'Why?', retrievedContent: ['p'] },
      expectedOutput: 'So.',
      metadata: { level: 'easy', axion: { id: 'one', actualOutput: 'No.', tags: ['x'] } },
      sourceTraceId: 't',
      sourceObservationId: 'o',
    })
  })

  it('pushToLangfuse() and fromLangfuse() keep every item as it was', async () => {
    const anyDataset = fc
      .uniqueArray(anyItem, { maxLength: 4, selector: ({ id }) => id })
      .map((rows) => Dataset.fromRecords(rows))
    let run = 0
    await fc.assert(
      fc.asyncProperty(anyDataset, async (dataset) => {
        run += 1
        const options = { ...server.connection, name: `folder/run ${run}?` }
        expect(await dataset.pushToLangfuse(options)).toMatchObject({ uploaded: dataset.length, failed: [] })
        const back = await Dataset.fromLangfuse(options)
        const byId = (records: { id: string }[]) => records.sort((one, other) => (one.id < other.id ? -1 : 1))
        expect(byId(back.toRecords())).toEqual(byId(dataset.toRecords()))
      }),
      { numRuns: 60 },
    )
  }, 30_000)

  it('pushToLangfuse() again adds nothing twice, and changes what changed', async () => {
    const dataset = Dataset.fromRecords([
      { query: 'a' },
      { query: 'b' },
      { id: 'c', query: 'c', expectedOutput: 'old' },
    ])
    await dataset.pushToLangfuse({ ...server.connection, name: 'n' })
    const ids = [...server.items.keys()]
    const changed = dataset.map((item) => (item.id === 'c' ? new DatasetItem({ ...item, expectedOutput: null }) : item))
    expect(await changed.pushToLangfuse({ ...server.connection, name: 'n' })).toMatchObject({ uploaded: 3 })
    expect([...server.items.keys()]).toEqual(ids)
    expect(server.items.get('c')).toMatchObject({ expectedOutput: null })
  })

  it.each(['v4', 'v3'] as const)('pushToLangfuse() puts one trace into two datasets of %s', async (mode) => {
    await server.close()
    server = await startLangfuseProject(mode)
    const dataset = Dataset.fromRecords([{ id: 't1', query: 'a', traceId: 't1' }])
    for (const name of ['first', 'second', 'second']) {
      expect(await dataset.pushToLangfuse({ ...server.connection, name })).toMatchObject({ uploaded: 1, failed: [] })
    }
    expect(server.items.size).toBe(2)
    expect((await Dataset.fromLangfuse({ ...server.connection, name: 'second' })).at(0)?.id).toBe('t1')
  })

  it('pushToLangfuse() tells of items that Langfuse refuses or JSON has no form for, and pushes the others', async () => {
    server.faults.push({ path: '/dataset-items', status: 400, body: { message: 'Dataset item validation failed' } })
    const rows = [
      { id: '1', query: 'a' },
      { id: '2', query: 'b', metadata: { big: 1n } },
      { id: '3', query: 'c' },
    ]
    const pushed = await Dataset.fromRecords(rows).pushToLangfuse({ ...server.connection, name: 'n' })
    expect(pushed.uploaded).toBe(1)
    expect(pushed.failed).toHaveLength(2)
    const reasons = pushed.failed.map(({ reason }) => reason).join('\n')
    expect(reasons).toContain(
      'answered 400: the server does not accept what was sent (server: Dataset item validation failed)',
    )
    expect(reasons).toContain('it has no form in JSON')
  })

  it('pushToLangfuse() sends a request again whose answer was lost, and stops at what concerns all', async () => {
    server.faults.push({ path: '/dataset-items', status: 503, body: {} })
    const dataset = Dataset.fromRecords([{ query: 'a' }], { name: 'n' })
    expect(await dataset.pushToLangfuse({ ...server.connection, maxRetries: 1 })).toMatchObject({ uploaded: 1 })
    const unauthorized = await failureOf(dataset.pushToLangfuse({ ...server.connection, secretKey: 'sk-wrong' }))
    expect(unauthorized).toMatchObject({ code: 'unauthorized', status: 401 })
    expect(unauthorized.message).toContain('Cannot push dataset "n": the dataset answered 401')
    server.faults.push({ path: '/dataset-items', status: 429, body: {} })
    expect(await failureOf(dataset.pushToLangfuse(server.connection))).toMatchObject({ code: 'rate_limited' })
  })

  it.each<[string, object, string]>([
    ['an option that is none', { nmae: 'x' }, 'Invalid option nmae: it does not exist'],
    ['an empty name', { name: ' ' }, 'Invalid option name'],
    ['metadata that is a list', { metadata: [] }, 'Invalid option metadata: it is no plain object'],
    [
      'metadata that JSON has no form for',
      { metadata: { big: 1n } },
      'Invalid option metadata: it has no form in JSON',
    ],
    ['no key', { publicKey: '' }, 'Invalid option publicKey'],
  ])('pushToLangfuse() refuses %s before any request', async (_, options, message) => {
    const refused = await failureOf(new Dataset().pushToLangfuse({ ...server.connection, ...options }))
    expect(refused.code).toBe('invalid_options')
    expect(refused.message).toContain(message)
    expect(server.requests).toEqual([])
  })

  it('pushToLangfuse() stops when the signal fires', async () => {
    const stop = new AbortController()
    stop.abort()
    const dataset = Dataset.fromRecords([{ query: 'a' }])
    const failure = await failureOf(dataset.pushToLangfuse({ ...server.connection, signal: stop.signal }))
    expect(failure.code).toBe('aborted')
    expect(server.items.size).toBe(0)
  })
})

describe('fromLangfuse()', () => {
  async function put(...items: object[]): Promise<void> {
    const post = async (path: string, body: object): Promise<void> => {
      const authorization = `Basic ${btoa(`${server.connection.publicKey}:${server.connection.secretKey}`)}`
      await fetch(server.url + path, { method: 'POST', headers: { authorization }, body: JSON.stringify(body) })
    }
    await post('/api/public/v2/datasets', { name: 'theirs' })
    for (const item of items) await post('/api/public/dataset-items', { datasetName: 'theirs', ...item })
  }

  it('fromLangfuse() finds question and answer in items that were made elsewhere, oldest first', async () => {
    await put(
      { id: 'a', input: 'Why?', expectedOutput: '4', sourceTraceId: 't', sourceObservationId: 'o' },
      { id: 'b', input: { question: 'How?', k: 3 }, expectedOutput: { answer: 'So.' }, metadata: 'note' },
      {
        id: 'c',
        input: [
          { role: 'system', content: 'S' },
          { type: 'human', content: [{ type: 'text', text: 'Hi' }] },
        ],
        expectedOutput: { answer: 'x', score: 1 },
      },
      { id: 'd', input: null },
      { id: 'e', input: 'gone', status: 'ARCHIVED' },
    )
    const dataset = await Dataset.fromLangfuse({ ...server.connection, name: 'theirs' })
    expect(dataset.name).toBe('theirs')
    expect(dataset.toRecords()).toMatchObject([
      { id: 'a', query: 'Why?', expectedOutput: '4', traceId: 't', observationId: 'o' },
      { id: 'b', query: 'How?', additionalInput: { k: 3 }, expectedOutput: 'So.', metadata: { metadata: 'note' } },
      {
        id: 'c',
        query: 'Hi',
        expectedOutput: '{"answer":"x","score":1}',
        conversation: [
          { role: 'system', content: 'S' },
          { role: 'user', content: 'Hi' },
        ],
      },
      { id: 'd', query: '', expectedOutput: null },
    ])
  })

  it('fromLangfuse() takes what was edited at Langfuse after it was pushed', async () => {
    const options = { ...server.connection, name: 'theirs' }
    await Dataset.fromRecords([{ id: 'a', query: 'q', expectedOutput: '4.0' }]).pushToLangfuse(options)
    expect((await Dataset.fromLangfuse(options)).at(0)?.expectedOutput).toBe('4.0')
    await put({ id: 'a', expectedOutput: '5' })
    expect((await Dataset.fromLangfuse(options)).at(0)?.expectedOutput).toBe('5')
    await put({ id: 'a', input: { query: 7 } })
    expect(await failureOf(Dataset.fromLangfuse(options))).toMatchObject({
      code: 'invalid_dataset',
      message: expect.stringContaining('dataset item "a": field "query": expected string, found number'),
    })
  })

  it('fromLangfuse() reads all pages', async () => {
    const dataset = Dataset.fromRecords(Array.from({ length: 230 }, (_, index) => ({ id: `${index}`, query: 'q' })))
    await dataset.pushToLangfuse({ ...server.connection, name: 'n' })
    expect((await Dataset.fromLangfuse({ ...server.connection, name: 'n' })).length).toBe(230)
    expect(
      server.requests.filter(({ method, path }) => method === 'GET' && path.endsWith('/dataset-items')),
    ).toHaveLength(3)
  })

  it('fromLangfuse() reports a dataset that is not there, and answers that are none', async () => {
    const missing = await failureOf(Dataset.fromLangfuse({ ...server.connection, name: 'none' }))
    expect(missing).toMatchObject({ code: 'not_found', status: 404 })
    expect(missing.message).toContain('Cannot read dataset "none": the project has none of that name')
    await put({ id: 'a', input: 'x' })
    for (const body of [
      null,
      { data: 5, meta: {} },
      { data: [5], meta: { totalPages: 1 } },
      { data: [] },
      { data: [], meta: {} },
    ]) {
      server.faults.push({ path: '/dataset-items', status: 200, body })
      const failure = await failureOf(Dataset.fromLangfuse({ ...server.connection, name: 'theirs' }))
      expect(failure.code).toBe('invalid_response')
    }
  })

  it('fromLangfuse() does not read for ever from a server whose pages have no end', async () => {
    await put({ id: 'a', input: 'x' })
    const body = { data: [{ id: 'a', input: 'x' }], meta: { page: 1, totalPages: 1e9 } }
    for (let index = 0; index < 5; index++) server.faults.push({ path: '/dataset-items', status: 200, body })
    const failure = await failureOf(Dataset.fromLangfuse({ ...server.connection, name: 'theirs' }))
    expect(failure.message).toContain("the server's pages have no end")
  })
})
