import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { parquetMetadata } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dataset } from '../dataset.js'
import { ITEM_FIELDS } from '../read-item.js'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'axion-parquet-'))
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
})

async function read(content: ArrayBuffer | Uint8Array, options = {}): Promise<Dataset> {
  const path = join(directory, 'read.parquet')
  await writeFile(path, content instanceof Uint8Array ? content : new Uint8Array(content))
  return Dataset.readParquet(path, options)
}

describe('toParquet()', () => {
  it('toParquet() writes columns that other readers know: text, lists, JSON, a number, a time', async () => {
    const path = join(directory, 'schema.parquet')
    expect(await Dataset.fromRecords([{ query: 'a' }]).toParquet(path)).toEqual({ path, items: 1 })
    const { schema, row_groups } = parquetMetadata(new Uint8Array(await readFile(path)).buffer)
    const of = (name: string) => schema.find((element) => element.name === name)
    expect(schema[0]?.num_children).toBe(ITEM_FIELDS.length)
    expect(of('query')).toMatchObject({ type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' })
    expect(of('tags')).toMatchObject({ converted_type: 'LIST' })
    expect(of('metadata')).toMatchObject({ logical_type: { type: 'JSON' } })
    expect(of('latencySeconds')).toMatchObject({ type: 'DOUBLE', repetition_type: 'OPTIONAL' })
    expect(of('sourceTimestamp')).toMatchObject({ type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' })
    expect(row_groups[0]?.columns[0]?.meta_data?.codec).toBe('SNAPPY')
  })

  it('toParquet() writes a row group for every 5000 items or 16 Mi characters, and readParquet() joins them', async () => {
    const path = join(directory, 'groups.parquet')
    const groupsOf = async (dataset: Dataset): Promise<number[]> => {
      await dataset.toParquet(path)
      expect((await Dataset.readParquet(path)).items.map(({ id }) => id)).toEqual(dataset.items.map(({ id }) => id))
      const { row_groups } = parquetMetadata(new Uint8Array(await readFile(path)).buffer)
      return row_groups.map((group) => Number(group.num_rows))
    }
    const rows = (count: number, query: string) =>
      Array.from({ length: count }, (_, index) => ({ id: `${index}`, query }))
    expect(await groupsOf(Dataset.fromRecords(rows(5001, 'a')))).toEqual([5000, 1])
    expect(await groupsOf(Dataset.fromRecords(rows(5, 'a'.repeat(8 * 1024 * 1024))))).toEqual([2, 2, 1])
    expect(await groupsOf(new Dataset())).toEqual([])
  })

  it('toParquet() names the item that cannot be written', async () => {
    const bad = Dataset.fromRecords([
      { id: '1', query: 'a' },
      { id: '2', query: 'b', metadata: { big: 1n } },
    ])
    await expect(bad.toParquet(join(directory, 'bad.parquet'))).rejects.toThrow('Cannot write item 2 as JSON')
  })
})

describe('readParquet()', () => {
  it('readParquet() reads the columns of other writers: numbers, structs, JSON in text', async () => {
    const file = parquetWriteBuffer({
      columnData: [
        { name: 'question', data: ['a', 'b'], type: 'STRING' },
        { name: 'took', data: [1n, 2n], type: 'INT64' },
        { name: 'tags', data: ['["x"]', null], type: 'STRING' },
        { name: 'metadata', data: [{ k: 1 }, null], type: 'JSON' },
        { name: 'judgment', data: ['pass', 'true'], type: 'STRING' },
        { name: 'sourceTimestamp', data: [new Date('2026-11-20T12:00:00Z'), null], type: 'TIMESTAMP' },
      ],
    })
    const dataset = await read(file, { columnMapping: { question: 'query', took: 'latencySeconds' } })
    expect(dataset.toRecords()).toMatchObject([
      {
        query: 'a',
        latencySeconds: 1,
        tags: ['x'],
        metadata: { k: 1 },
        judgment: 'pass',
        sourceTimestamp: '2026-11-20T12:00:00.000Z',
      },
      { query: 'b', latencySeconds: 2, tags: [], metadata: {}, judgment: true, sourceTimestamp: null },
    ])
  })

  it.each([
    ['GZIP', gzipSync],
    ['BROTLI', brotliCompressSync],
    ['UNCOMPRESSED', (bytes: Uint8Array) => bytes],
  ] as const)('readParquet() reads %s', async (codec, compress) => {
    const columnData = [{ name: 'query', data: ['ä'.repeat(500), 'b'] }]
    const file = parquetWriteBuffer({ columnData, codec, compressors: { [codec]: compress } })
    expect((await read(file)).items.map(({ query }) => query)).toEqual(['ä'.repeat(500), 'b'])
  })

  it('readParquet() refuses a row that is no item, naming it', async () => {
    const columnData = [
      { name: 'query', data: ['a', 'b'] },
      { name: 'tags', data: ['[]', 'x'] },
    ]
    await expect(read(parquetWriteBuffer({ columnData }))).rejects.toMatchObject({
      code: 'invalid_dataset',
      message: expect.stringContaining('read.parquet, row 2: field "tags": expected a list, found string'),
    })
  })

  it.each<[string, Uint8Array]>([
    ['an empty file', new Uint8Array()],
    ['text', Buffer.from('{"query":"a"}\n'.repeat(10))],
    [
      'a file without its end',
      new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'query', data: ['a'] }] })).slice(0, -20),
    ],
    ['a length that is too large', Buffer.from('PAR1\xff\xff\xff\x7fPAR1', 'latin1')],
  ])('readParquet() refuses %s', async (_, content) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'invalid_dataset',
      message: expect.stringContaining('read.parquet: no Parquet file that can be read'),
    })
  })

  it('readParquet() refuses a file whose bytes were changed, or reads another text, but never crashes', async () => {
    const good = new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'query', data: ['abc', 'def', 'abc'] }] }))
    for (let at = 4; at < good.length; at++) {
      const changed = good.slice()
      changed[at] = (changed[at] ?? 0) ^ 0x55
      const outcome = await read(changed).then(
        (dataset) => dataset.length,
        (error: unknown) => error,
      )
      if (typeof outcome !== 'number') expect(outcome).toMatchObject({ name: 'LoaderError' })
    }
  })

  it('readParquet() reports a file that is not there, and a directory', async () => {
    await expect(Dataset.readParquet(join(directory, 'missing'))).rejects.toMatchObject({ code: 'read_failed' })
    await expect(Dataset.readParquet(directory)).rejects.toMatchObject({ code: 'read_failed' })
  })
})
