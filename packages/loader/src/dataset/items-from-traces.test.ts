import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Trace } from '../model/trace.js'
import { childRow, rootRow } from '../testing/rows.fixture.js'
import { type Rig, startLoader } from '../testing/start-loader.fixture.js'
import { Dataset } from './dataset.js'
import { writeItems } from './files/write-items.js'
import { itemsFromTraces } from './from-traces.js'

let directory = ''
let rig: Rig
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'axion-stream-'))
  const observations = ['t1', 't2', 't3'].flatMap((id, index) => [
    rootRow(id, index * 1000, { input: JSON.stringify({ question: `Why ${id}?` }), output: 'So.' }),
    childRow(id, `${id}-r`, `${id}-root`, index * 1000 + 1, { type: 'RETRIEVER', output: '["p"]' }),
  ])
  rig = await startLoader({ observations })
})
afterEach(async () => {
  await rig.close()
  await rm(directory, { recursive: true, force: true })
})

describe('itemsFromTraces()', () => {
  it.each(['jsonl', 'csv', 'parquet', 'json'])(
    'itemsFromTraces() goes from a stream of traces to %s without holding them',
    async (format) => {
      const path = join(directory, `set.${format}`)
      const written = await writeItems(
        path,
        itemsFromTraces(rig.loader.streamTraces({ limit: Number.POSITIVE_INFINITY })),
      )
      expect(written).toEqual({ path, items: 3 })
      const read = {
        jsonl: Dataset.readJsonl,
        json: Dataset.readJson,
        csv: Dataset.readCsv,
        parquet: Dataset.readParquet,
      }
      const back = await read[format as 'csv'](path)
      const whole = (await rig.loader.fetchTraces()).toDataset()
      expect(back.toRecords()).toEqual(whole.toRecords())
      expect(back.at(0)).toMatchObject({ query: 'Why t3?', retrievedContent: ['p'] })
    },
  )

  it('itemsFromTraces() asks for the next trace only when the former was used', async () => {
    const asked: string[] = []
    const source = async function* (): AsyncGenerator<Trace> {
      for await (const trace of rig.loader.streamTraces()) {
        asked.push(trace.id)
        yield trace
      }
    }
    const transform = (trace: Trace) => (trace.id === 't2' ? null : [{ query: 'a' }, { query: 'b' }])
    const ids: string[] = []
    for await (const item of itemsFromTraces(source(), { transform })) {
      ids.push(item.id)
      if (ids.length === 2) expect(asked).toEqual(['t3'])
    }
    expect(ids).toEqual(['t3', 't3-2', 't1', 't1-2'])
  })

  it('itemsFromTraces() leaves no file when the source breaks', async () => {
    const problem = new Error('lost')
    const source = async function* (): AsyncGenerator<Trace> {
      yield* rig.loader.streamTraces({ limit: 1 })
      throw problem
    }
    const path = join(directory, 'set.jsonl')
    await expect(writeItems(path, itemsFromTraces(source()))).rejects.toBe(problem)
    await expect(Dataset.readJsonl(path)).rejects.toMatchObject({ code: 'read_failed' })
  })
})
