import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dataset } from '../dataset.js'
import { ITEM_FIELDS } from '../read-item.js'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'axion-csv-'))
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
})

async function read(content: string | Buffer, options = {}): Promise<Dataset> {
  const path = join(directory, 'read.csv')
  await writeFile(path, content)
  return Dataset.readCsv(path, options)
}

describe('toCsv()', () => {
  it('toCsv() writes a header, plain cells where it can, and JSON for lists and records', async () => {
    const path = join(directory, 'written.csv')
    const item = {
      id: 'one',
      query: 'Why, "you"?',
      actualOutput: '',
      tags: ['a', 'b'],
      metadata: { k: 1 },
      judgment: true,
    }
    await Dataset.fromRecords([item]).toCsv(path)
    const [header, line, end, ...rest] = (await readFile(path, 'utf8')).split('\n')
    expect(header).toBe(ITEM_FIELDS.join(','))
    expect(line).toBe('one,"Why, ""you""?","",,[],[],[],[],,,,,"{""k"":1}",{},{},true,,[],"[""a"",""b""]",')
    expect([end, rest]).toEqual(['', []])
  })

  it.each([
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['+cmd|calc', "'+cmd|calc"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r\n=1', `"'\r\n=1"`],
    ['＝1', "'＝1"],
    ["'=1", "''=1"],
    ['-12.5e3', '-12.5e3'],
    ["'quoted'", "'quoted'"],
    ['a=1', 'a=1'],
  ])('toCsv() writes %j as %s, which no spreadsheet runs, and readCsv() gives it back', async (query, cell) => {
    const path = join(directory, 'formula.csv')
    await Dataset.fromRecords([{ id: 'x', query }]).toCsv(path)
    expect(await readFile(path, 'utf8')).toContain(`\nx,${cell},`)
    expect((await Dataset.readCsv(path)).at(0)?.query).toBe(query)
    await Dataset.fromRecords([{ id: 'x', query }]).toCsv(path, { formulas: 'keep' })
    expect((await Dataset.readCsv(path, { formulas: 'keep' })).at(0)?.query).toBe(query)
  })

  it('toCsv() leaves the former file when an item cannot be written, and names the item', async () => {
    const own = await mkdtemp(join(directory, 'failing-'))
    const path = join(own, 'set.csv')
    await writeFile(path, 'former')
    const bad = Dataset.fromRecords([
      { id: '1', query: 'a' },
      { id: '2', query: 'b', metadata: { big: 1n } },
    ])
    await expect(bad.toCsv(path)).rejects.toMatchObject({
      code: 'invalid_dataset',
      message: expect.stringContaining('Cannot write item 2 as JSON'),
    })
    expect(await readFile(path, 'utf8')).toBe('former')
    expect(await readdir(own)).toEqual(['set.csv'])
  })
})

describe('readCsv()', () => {
  it('readCsv() reads what spreadsheets and scripts write', async () => {
    const dataset = await read('\uFEFFquestion,gold,score\r\n"a\nb",,0.5\r\n\r\nc,"",pass\r\nd,,1e999', {
      columnMapping: { question: 'query', gold: 'expectedOutput', score: 'judgment' },
    })
    expect(dataset.toRecords()).toMatchObject([
      { query: 'a\nb', expectedOutput: null, judgment: 0.5 },
      { query: 'c', expectedOutput: '', judgment: 'pass' },
      { query: 'd', expectedOutput: null, judgment: '1e999' },
    ])
  })

  it('readCsv() takes an empty cell for an empty query, and an empty file for no items', async () => {
    expect((await read('query,tags\n,\n')).toRecords()).toMatchObject([{ query: '', tags: [] }])
    expect((await read('')).length).toBe(0)
    expect((await read('query\n')).length).toBe(0)
  })

  it.each<[string, string, string]>([
    ['a column that is none', 'query,qeury\na,b\n', 'read.csv:2: unknown field "qeury"'],
    ['no query', 'actualOutput\na\n', 'read.csv:2: field "query" is missing'],
    ['two columns of one name', 'query,query\na,b\n', 'read.csv:1: two columns are named "query"'],
    ['a line that is too long', 'query,tags\na,[]\nb,[],x\n', 'read.csv:3: no valid CSV (the line has more or fewer'],
    ['a line that is too short', 'query,tags\na\n', 'read.csv:2: no valid CSV (the line has more or fewer'],
    ['a quote that is not closed', 'query\n"a\nb\n', 'no valid CSV (a quote is not closed)'],
    ['a quote inside a cell', 'query\na"b"\n', 'read.csv:2: no valid CSV (a quote stands inside a cell)'],
    ['text after a quote', 'query\n"a"b\n', 'read.csv:2: no valid CSV (a quote stands inside a cell)'],
    ['a list that is none', 'query,tags\na,"x, y"\n', 'read.csv:2: field "tags": expected a list, found string'],
    ['a record that is none', 'query,metadata\na,[1]\n', 'field "metadata": expected an object, found a list'],
    [
      'a number that is none',
      'query,latencySeconds\na,fast\n',
      'field "latencySeconds": expected number, found string',
    ],
    ['semicolons', 'query;tags\na;[]\n', 'read.csv:2: field "query" is missing; unknown field "query;tags"'],
  ])('readCsv() refuses %s, naming the line', async (_, content, message) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'invalid_dataset',
      message: expect.stringContaining(message),
    })
  })

  it('readCsv() counts lines of the file, not rows', async () => {
    await expect(read('query,tags\n"a\nb\nc",[]\n\nd,5\n')).rejects.toThrow('read.csv:6: field "tags"')
  })

  it('readCsv() reports a file that is not there, and a directory', async () => {
    const path = join(directory, 'missing.csv')
    await expect(Dataset.readCsv(path)).rejects.toMatchObject({
      code: 'read_failed',
      message: `Cannot read dataset: ${path}: there is no such file`,
    })
    await expect(Dataset.readCsv(directory)).rejects.toMatchObject({ code: 'read_failed' })
  })
})
