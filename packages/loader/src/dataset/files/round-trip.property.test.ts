import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dataset } from '../dataset.js'
import { anyItem } from './any-item.fixture.js'
import { readItems } from './read-items.js'
import { writeItems } from './write-items.js'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'axion-round-trip-'))
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
})

const anyDataset = fc
  .uniqueArray(anyItem, { maxLength: 5, selector: ({ id }) => id })
  .map((rows) => Dataset.fromRecords(rows))

async function readBack(path: string, options: Parameters<typeof readItems>[1] = {}): Promise<unknown[]> {
  const items: unknown[] = []
  for await (const item of readItems(path, options)) items.push({ ...item })
  return items
}

describe('dataset files', () => {
  it.each(['jsonl', 'json', 'csv', 'parquet'])(
    'writeItems() and readItems() keep every value in %s',
    async (format) => {
      const path = join(directory, `set.${format}`)
      await fc.assert(
        fc.asyncProperty(anyDataset, async (dataset) => {
          expect(await writeItems(path, dataset)).toEqual({ path, items: dataset.length })
          expect(await readBack(path)).toEqual(dataset.toRecords())
        }),
        { numRuns: 150 },
      )
    },
  )

  it('writeItems() writes the same from an asynchronous source', async () => {
    await fc.assert(
      fc.asyncProperty(anyDataset, fc.constantFrom('jsonl', 'json', 'csv', 'parquet'), async (dataset, format) => {
        const source = async function* (): AsyncGenerator<Dataset['items'][number]> {
          yield* dataset
        }
        const [one, other] = [join(directory, `one.${format}`), join(directory, `other.${format}`)]
        await writeItems(one, dataset)
        await writeItems(other, source())
        expect(await readFile(other)).toEqual(await readFile(one))
      }),
      { numRuns: 50 },
    )
  })

  it('toCsv() and readCsv() keep every value without the mark against formulas, and with a byte order mark', async () => {
    const path = join(directory, 'kept.csv')
    await fc.assert(
      fc.asyncProperty(anyDataset, async (dataset) => {
        await dataset.toCsv(path, { formulas: 'keep', byteOrderMark: true })
        expect((await Dataset.readCsv(path, { formulas: 'keep' })).toRecords()).toEqual(dataset.toRecords())
      }),
      { numRuns: 100 },
    )
  })

  it('readCsv() gives the same with carriage returns, however the chunks of the file are cut', async () => {
    const path = join(directory, 'crlf.csv')
    // Long enough that the file is read in several chunks; the padding moves where they are cut.
    const row = (index: number, padding: number) => ({
      id: `${index}`,
      query: 'ä"\r\n,'.repeat(100),
      tags: ['x'.repeat(padding)],
    })
    for (const padding of [0, 1, 2, 3, 4, 5]) {
      const dataset = Dataset.fromRecords(Array.from({ length: 300 }, (_, index) => row(index, padding)))
      await dataset.toCsv(path)
      const text = await readFile(path, 'utf8')
      // Only the ends of rows: those inside cells belong to the text.
      const crlf = text.replace(/\n(?=\d+,"|$)/g, '\r\n').replace('\n', '\r\n')
      await writeFile(path, `\uFEFF${crlf}`)
      expect((await Dataset.readCsv(path)).toRecords()).toEqual(dataset.toRecords())
    }
  })
})
