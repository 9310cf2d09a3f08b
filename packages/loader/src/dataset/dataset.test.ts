import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LoaderError } from '../loader-error.js'
import { Dataset } from './dataset.js'
import { DatasetItem } from './dataset-item.js'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'axion-dataset-'))
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
})

const FULL = {
  id: 'one',
  query: 'Why — "quoted"\n\u2028?',
  actualOutput: '',
  expectedOutput: 'Because.',
  retrievedContent: ['a'],
  conversation: [
    { role: 'assistant', content: 'Hm', toolCalls: [{ name: 'f', id: null, input: { a: [1] }, output: 2 }] },
  ],
  toolsCalled: [{ name: 'f', id: 'c1', input: 'x', output: null }],
  expectedTools: [],
  latencySeconds: 0.25,
  traceId: 't',
  observationId: 'o',
  sessionId: null,
  metadata: { deep: { list: [null, 1.5] } },
  additionalInput: { k: 3 },
  additionalOutput: {},
  judgment: false,
  critique: 'fine',
  acceptanceCriteria: ['short'],
  tags: ['x'],
  sourceTimestamp: '2026-11-20T12:00:00.000Z',
}

describe('Dataset', () => {
  it('fromRecords() fills in what is left out, and toRecords() gives plain records', () => {
    const [item] = Dataset.fromRecords([
      { query: 'Why?', sourceTimestamp: '2026-11-20', expectedOutput: null },
    ]).toRecords()
    expect(item).toMatchObject({
      query: 'Why?',
      actualOutput: null,
      expectedOutput: null,
      retrievedContent: [],
      metadata: {},
      judgment: null,
      sourceTimestamp: '2026-11-20T00:00:00.000Z',
    })
    expect(Dataset.fromRecords([FULL]).toRecords()).toEqual([FULL])
    expect(Dataset.fromRecords(new Set()).length).toBe(0)
  })

  it.each<[string, unknown, string]>([
    ['no object', 'Why?', 'row 1: expected an object, found string'],
    ['null', null, 'row 1: expected an object, found null'],
    ['a list', ['Why?'], 'row 1: expected an object, found a list'],
    ['no query', { actualOutput: 'x' }, 'row 1: field "query" is missing'],
    ['a query that is none', { query: 5 }, 'row 1: field "query": expected string, found number'],
    ['an unknown field', { query: 'q', qeury: 'x' }, 'row 1: unknown field "qeury"'],
    [
      'several wrong fields',
      { query: 5, tags: 'a' },
      'row 1: field "query": expected string, found number; field "tags": expected a list, found string',
    ],
    [
      'a wrong field within',
      { query: 'q', toolsCalled: [{ name: 'f' }, { name: '' }] },
      'field "toolsCalled.1.name": expected a non-empty string',
    ],
    ['an unknown role', { query: 'q', conversation: [{ role: 'robot' }] }, 'field "conversation.0.role": expected'],
    ['a negative latency', { query: 'q', latencySeconds: -1 }, 'field "latencySeconds": expected 0 or more'],
    [
      'a latency of NaN',
      { query: 'q', latencySeconds: Number.NaN },
      'field "latencySeconds": expected number, found NaN',
    ],
    [
      'a judgment that is endless',
      { query: 'q', judgment: Number.POSITIVE_INFINITY },
      'field "judgment": expected a finite number',
    ],
    [
      'a Map for a record',
      { query: 'q', metadata: new Map([['k', 1]]) },
      'field "metadata": expected an object, found Map',
    ],
    [
      'a Date for a record',
      { query: 'q', additionalInput: new Date() },
      'field "additionalInput": expected an object, found Date',
    ],
    [
      'a day that does not exist',
      { query: 'q', sourceTimestamp: '2026-02-30' },
      'field "sourceTimestamp": expected a Date or an ISO 8601 string',
    ],
    ['an empty id', { query: 'q', id: '' }, 'field "id": expected a non-empty string'],
  ])('fromRecords() refuses %s, naming row and field', (_, row, message) => {
    const act = () => Dataset.fromRecords([row])
    expect(act).toThrow(LoaderError)
    expect(act).toThrow(`Cannot read dataset: `)
    expect(act).toThrow(message)
  })

  it.each([
    [null, 'rows is null'],
    [{}, 'rows is no iterable'],
    ['text', 'rows is a string'],
  ])('fromRecords() refuses %j, which is no list of records', (rows, message) => {
    expect(() => Dataset.fromRecords(rows as never)).toThrow(
      expect.objectContaining({ code: 'invalid_dataset', message: expect.stringContaining(message) }),
    )
  })

  it.each<[string, () => unknown, string]>([
    ['fromRecords', () => Dataset.fromRecords([], { columnmapping: {} } as never), 'columnmapping'],
    ['readCsv', () => Dataset.readCsv('x.csv', { delimiter: ';' } as never), 'delimiter'],
    ['toCsv', () => new Dataset().toCsv('x.csv', { bom: true } as never), 'bom'],
    ['readJsonl', () => Dataset.readJsonl(undefined as never), 'path'],
    ['readParquet', () => Dataset.readParquet(new URL('https://example.org/x.parquet')), 'path'],
    ['toJson', () => new Dataset().toJson(''), 'path'],
  ])('%s() refuses options that do not exist and paths that are none', async (_, act, path) => {
    await expect((async () => act())()).rejects.toMatchObject({ code: 'invalid_options', path })
  })

  it('fromRecords() never repeats a value in a message', () => {
    expect(() => Dataset.fromRecords([{ query: ['my secret prompt'], tags: 'my secret prompt' }])).not.toThrow(
      /secret prompt/,
    )
  })

  it('fromRecords() drops unknown fields and renames columns on request', () => {
    const rows = [{ question: 'Why?', gold: 'Because.', split: 'test' }]
    const [item] = Dataset.fromRecords(rows, {
      ignoreExtraKeys: true,
      columnMapping: { question: 'query', gold: 'expectedOutput' },
    })
    expect(item).toMatchObject({ query: 'Why?', expectedOutput: 'Because.' })
    expect(() => Dataset.fromRecords(rows, { columnMapping: { question: 'queery' } })).toThrow(
      'columnMapping.question names "queery"',
    )
    expect(() =>
      Dataset.fromRecords([{ question: 'a', query: 'b' }], { columnMapping: { question: 'query' } }),
    ).toThrow('row 1: two columns stand for "query"')
  })

  it('fromRecords() gives the same rows the same ids in every run, and repeated rows different ones', () => {
    const make = () => Dataset.fromRecords([{ query: 'a' }, { query: 'b' }, { query: 'a' }]).items.map(({ id }) => id)
    const [first, second, third] = make()
    expect(make()).toEqual([first, second, third])
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect(second).not.toBe(first)
    expect(third).toBe(`${first}-2`)
  })

  it('Dataset() refuses two items with one id', () => {
    const rows = [{ id: 'x', query: 'a' }, { query: 'b' }, { id: 'x', query: 'c' }]
    expect(() => Dataset.fromRecords(rows)).toThrow('rows 1 and 3 have the same id "x"')
  })

  it('filter(), map(), at() and iteration see the items in order', () => {
    const dataset = new Dataset([new DatasetItem({ query: 'a' }), new DatasetItem({ query: 'b' })], { name: 'n' })
    expect([...dataset].map(({ query }) => query)).toEqual(['a', 'b'])
    expect(dataset.at(-1)?.query).toBe('b')
    expect(dataset.filter(({ query }) => query === 'b')).toMatchObject({ name: 'n', length: 1 })
    expect(
      dataset.map((item) => new DatasetItem({ ...item, judgment: 1 })).items.map(({ judgment }) => judgment),
    ).toEqual([1, 1])
  })
})

describe('Dataset files', () => {
  it('toJsonl() and readJsonl() keep every field, make directories and take URLs', async () => {
    const dataset = Dataset.fromRecords([FULL, { query: 'second' }])
    const path = join(directory, 'new/deep/set.jsonl')
    expect(await dataset.toJsonl(pathToFileURL(path))).toEqual({ path, items: 2 })
    const lines = readFileSync(path, 'utf8').split('\n')
    expect(lines.length).toBe(3)
    expect(JSON.parse(lines[0] ?? '')).toEqual(FULL)
    expect((await Dataset.readJsonl(path, { name: 'back' })).toRecords()).toEqual(dataset.toRecords())
  })

  it('toJson() and readJson() keep every field, and an empty dataset', async () => {
    const path = join(directory, 'set.json')
    const dataset = Dataset.fromRecords([FULL, { query: 'second' }])
    await dataset.toJson(path)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(dataset.toRecords())
    expect((await Dataset.readJson(path)).toRecords()).toEqual(dataset.toRecords())
    await new Dataset().toJson(path)
    expect((await Dataset.readJson(path)).length).toBe(0)
  })

  it('toJsonl() writes megabytes whole', async () => {
    const path = join(directory, 'large.jsonl')
    const dataset = Dataset.fromRecords(
      Array.from({ length: 3000 }, (_, index) => ({ id: String(index), query: 'ä'.repeat(1000) })),
    )
    await dataset.toJsonl(path)
    expect((await Dataset.readJsonl(path)).toRecords()).toEqual(dataset.toRecords())
  })

  it('toJsonl() leaves the former file and nothing else when an item cannot be written', async () => {
    const own = await mkdtemp(join(directory, 'failing-'))
    const path = join(own, 'set.jsonl')
    await Dataset.fromRecords([{ query: 'former' }]).toJsonl(path)
    const former = readFileSync(path, 'utf8')
    const bad = Dataset.fromRecords([
      { id: '1', query: 'x'.repeat(600_000) },
      { id: '2', query: 'b', metadata: { big: 1n } },
    ])
    await expect(bad.toJsonl(path)).rejects.toMatchObject({
      code: 'invalid_dataset',
      message: expect.stringContaining('Cannot write item 2 as JSON'),
    })
    expect(readFileSync(path, 'utf8')).toBe(former)
    expect(await readdir(own)).toEqual(['set.jsonl'])
  })

  it('toJsonl() reports a place where nothing can be written, and leaves nothing', async () => {
    const own = await mkdtemp(join(directory, 'refusing-'))
    await writeFile(join(own, 'file'), '')
    await expect(new Dataset().toJsonl(join(own, 'file/set.jsonl'))).rejects.toMatchObject({
      code: 'write_failed',
      path: join(own, 'file/set.jsonl'),
    })
    await expect(new Dataset().toJsonl(own)).rejects.toMatchObject({ code: 'write_failed' })
    expect(await readdir(own)).toEqual(['file'])
  })

  it('toJsonl() from many callers at once leaves one whole file', async () => {
    const own = await mkdtemp(join(directory, 'racing-'))
    const path = join(own, 'set.jsonl')
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => Dataset.fromRecords([{ query: `from ${index}` }]).toJsonl(path)),
    )
    expect((await Dataset.readJsonl(path)).length).toBe(1)
    expect(await readdir(own)).toEqual(['set.jsonl'])
  })

  it.each<[string, string, string]>([
    ['a line that is no JSON', '{"query":"a"}\n\n{broken\n', 'bad.jsonl:3: no valid JSON'],
    ['a line that is no item', '{"query":"a"}\r\n\r\n{"query":7}\r\n', 'bad.jsonl:3: field "query"'],
    ['a JSON array', '[{"query":"a"}]', 'bad.jsonl:1: expected an object, found a list'],
  ])('readJsonl() refuses %s, naming the line', async (_, content, message) => {
    const path = join(directory, 'bad.jsonl')
    await writeFile(path, content)
    await expect(Dataset.readJsonl(path)).rejects.toMatchObject({
      code: 'invalid_dataset',
      message: expect.stringContaining(message),
    })
  })

  it('readJsonl() takes a byte order mark, blank lines and a last line without an end', async () => {
    const path = join(directory, 'odd.jsonl')
    await writeFile(path, '\uFEFF{"query":"a"}\r\n\n  \n{"query":"b"}')
    expect((await Dataset.readJsonl(path)).items.map(({ query }) => query)).toEqual(['a', 'b'])
    await writeFile(path, '')
    expect((await Dataset.readJsonl(path)).length).toBe(0)
  })

  it('readJsonl() and readJson() report a file that is not there, and one that holds something else', async () => {
    const missing = join(directory, 'missing')
    await expect(Dataset.readJsonl(missing)).rejects.toMatchObject({
      code: 'read_failed',
      message: `Cannot read dataset: ${missing}: there is no such file`,
    })
    await expect(Dataset.readJson(missing)).rejects.toMatchObject({ code: 'read_failed' })
    await expect(Dataset.readJsonl(directory)).rejects.toMatchObject({ code: 'read_failed' })
    const path = join(directory, 'object.json')
    await writeFile(path, '{}')
    await expect(Dataset.readJson(path)).rejects.toMatchObject({
      code: 'invalid_dataset',
      message: expect.stringContaining('holds no JSON array'),
    })
  })
})
