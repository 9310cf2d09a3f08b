import { Field, Float64, List, makeVector, Struct, Table, type TypeMap, Utf8, vectorFromArray } from 'apache-arrow'
import * as aq from 'arquero'
import { describe, expect, it } from 'vitest'
import { Dataset } from './dataset.js'

const ROWS = [
  {
    query: 'Why?',
    tags: ['a', 'b'],
    metadata: { k: 1, deep: { list: ['x'] } },
    latencySeconds: 1.5,
    sourceTimestamp: new Date('2026-11-20T12:00:00Z'),
  },
  {
    query: 'How?',
    tags: ['c'],
    metadata: { k: 2, deep: { list: ['y'] } },
    latencySeconds: null,
    sourceTimestamp: null,
  },
]
const ITEMS = [
  {
    query: 'Why?',
    tags: ['a', 'b'],
    metadata: { k: 1, deep: { list: ['x'] } },
    latencySeconds: 1.5,
    sourceTimestamp: '2026-11-20T12:00:00.000Z',
  },
  { query: 'How?', tags: ['c'], latencySeconds: null, sourceTimestamp: null },
]

describe('fromRecords() of tables', () => {
  it('fromRecords() reads an Arrow table', () => {
    const texts = new List(Field.new('item', new Utf8()))
    const deep = new Struct([Field.new('list', texts)])
    const metadata = new Struct<TypeMap>([Field.new('k', new Float64()), Field.new('deep', deep)])
    const column = (name: 'query' | 'latencySeconds' | 'sourceTimestamp') =>
      vectorFromArray(ROWS.map((row) => row[name]))
    const table = new Table({
      query: column('query'),
      tags: vectorFromArray(
        ROWS.map(({ tags }) => tags),
        texts,
      ),
      metadata: vectorFromArray(
        ROWS.map((row) => row.metadata),
        metadata,
      ),
      latencySeconds: column('latencySeconds'),
      sourceTimestamp: column('sourceTimestamp'),
    })
    const items = Dataset.fromRecords(table).toRecords()
    expect(items).toMatchObject(ITEMS)
    expect(items[1]?.metadata).toEqual(ROWS[1]?.metadata)
  })

  it('fromRecords() reads 64-bit integers and times of an Arrow table', () => {
    const table = new Table({
      query: vectorFromArray(['a']),
      latencySeconds: makeVector(BigInt64Array.of(3n)),
      sourceTimestamp: vectorFromArray([new Date('2026-11-20T12:00:00.123Z')]),
    })
    expect(Dataset.fromRecords(table).toRecords()).toMatchObject([
      { query: 'a', latencySeconds: 3, sourceTimestamp: '2026-11-20T12:00:00.123Z' },
    ])
  })

  it('fromRecords() reads an arquero table, one that was derived, and one that came from Arrow', () => {
    expect(Dataset.fromRecords(aq.from(ROWS)).toRecords()).toMatchObject(ITEMS)
    const derived = aq
      .from([
        { q: 'a', n: 2 },
        { q: 'b', n: 1 },
      ])
      .orderby('n')
      .rename({ q: 'query' })
      .select('query')
    expect(Dataset.fromRecords(derived).items.map(({ query }) => query)).toEqual(['b', 'a'])
    const fromArrow = aq.fromArrow(aq.from(ROWS.map(({ query, tags }) => ({ query, tags }))).toArrowIPC())
    expect(Dataset.fromRecords(fromArrow).toRecords()).toMatchObject(ITEMS.map(({ query, tags }) => ({ query, tags })))
  })

  it('fromRecords() takes lists and records of a table as JSON text', () => {
    const table = aq.fromCSV('query,tags,metadata\na,"[""x""]","{""k"":1}"\n')
    expect(Dataset.fromRecords(table).toRecords()).toMatchObject([{ query: 'a', tags: ['x'], metadata: { k: 1 } }])
  })

  it('fromRecords() names the row and the column of a table, and follows the options', () => {
    const table = aq.from([{ question: 'a', extra: 1 }])
    expect(() => Dataset.fromRecords(table)).toThrow('row 1: field "query" is missing; unknown field "question"')
    const options = { columnMapping: { question: 'query' }, ignoreExtraKeys: true }
    expect(Dataset.fromRecords(table, options).at(0)?.query).toBe('a')
  })

  it('fromRecords() reads whatever has toRecords(), as polars frames do, and not its columns', () => {
    // As nodejs-polars 0.26 makes frames: proxies of which `in` tells the columns alone.
    const records = [
      { query: 'a', tags: ['x'], latencySeconds: 2n, sourceTimestamp: new Date(0), judgment: true, sessionId: null },
    ]
    const frame: object = new Proxy(
      { toRecords: () => records, columns: Object.keys(records[0] ?? {}) },
      { has: (target, key) => target.columns.includes(String(key)) },
    )
    expect('toRecords' in frame).toBe(false)
    expect(Dataset.fromRecords(frame as Iterable<unknown>).toRecords()).toMatchObject([
      { query: 'a', tags: ['x'], latencySeconds: 2, sourceTimestamp: new Date(0).toISOString(), judgment: true },
    ])
    expect(Dataset.fromRecords(Dataset.fromRecords([{ id: '1', query: 'a' }])).at(0)?.id).toBe('1')
  })

  it.each<[string, unknown, string]>([
    ['a table that gives none', { objects: () => 5 }, 'a table that gives no records'],
    ['an asynchronous source', (async function* () {})(), 'asynchronous: use Dataset.fromAsyncRecords'],
    ['a column of another type', [5n], 'row 1: expected an object, found bigint'],
  ])('fromRecords() refuses %s', (_, rows, message) => {
    expect(() => Dataset.fromRecords(rows as never)).toThrow(message)
  })

  it('fromAsyncRecords() reads rows as they come, and passes on what the source throws', async () => {
    const source = async function* (): AsyncGenerator<unknown> {
      yield { question: 'a' }
      yield { question: 'a' }
    }
    const dataset = await Dataset.fromAsyncRecords(source(), { name: 'n', columnMapping: { question: 'query' } })
    expect(dataset).toMatchObject({ name: 'n', length: 2 })
    await expect(Dataset.fromAsyncRecords(source())).rejects.toThrow('row 1: field "query" is missing')
    const problem = new Error('cursor lost')
    const broken = async function* (): AsyncGenerator<unknown> {
      yield { query: 'a' }
      throw problem
    }
    await expect(Dataset.fromAsyncRecords(broken())).rejects.toBe(problem)
  })
})
