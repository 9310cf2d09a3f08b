import { describe, expect, it } from 'vitest'
import type { Dataset } from '../model/dataset.js'
import type { DatasetItem } from '../model/dataset-item.js'
import type { DatasetStore } from './dataset-store.js'

const ALL = { limit: 100, offset: 0 }

function dataset(fields: Partial<Dataset> = {}): Dataset {
  const schemas = { inputSchema: { type: 'object' }, expectedOutputSchema: { type: 'string' } }
  const times = { createdAtMillis: 1000, updatedAtMillis: 2000 }
  return { id: 'd1', name: 'one', description: 'd', metadata: { a: [1] }, ...schemas, ...times, ...fields }
}

function item(fields: Partial<DatasetItem> = {}): DatasetItem {
  const of = { datasetId: 'd1', datasetName: 'one', status: 'ACTIVE' as const }
  const source = { sourceTraceId: 't', sourceObservationId: 'o' }
  const values = { input: { q: [null, 'x'] }, expectedOutput: 4, metadata: false }
  return { id: 'i1', ...of, ...source, ...values, createdAtMillis: 1000, ...fields }
}

/** What every store of datasets must do; each adapter runs it. */
export function describeDatasetStore(name: string, open: () => DatasetStore): void {
  describe(`${name} keeps the contract of DatasetStore`, () => {
    it('putDataset() stores what findDataset() gives back, and replaces by id', () => {
      const store = open()
      store.putDataset(dataset())
      expect(store.findDataset('one')).toEqual(dataset())
      const bare = dataset({ description: null, metadata: null, inputSchema: null, expectedOutputSchema: null })
      store.putDataset(bare)
      expect([store.findDataset('one'), store.findDataset('two')]).toEqual([bare, undefined])
      expect(() => store.putDataset(dataset({ id: 'd2' }))).toThrow()
    })

    it('findDatasets() gives the newest first, by id where two are as new, and counts all', () => {
      const store = open()
      for (const [id, createdAtMillis] of [
        ['b', 1],
        ['c', 2],
        ['a', 1],
      ] as const) {
        store.putDataset(dataset({ id, name: id, createdAtMillis }))
      }
      const ids = (limit: number, offset: number): string[] =>
        store.findDatasets({ limit, offset }).rows.map(({ id }) => id)
      expect([ids(100, 0), ids(1, 1), ids(1, 3)]).toEqual([['c', 'a', 'b'], ['a'], []])
      expect(store.findDatasets({ limit: 1, offset: 9 }).total).toBe(3)
    })

    it('putItem() stores what findItem() gives back, and null for none', () => {
      const store = open()
      store.putDataset(dataset())
      const bare = item({ id: 'i2', input: null, expectedOutput: null, metadata: null, sourceTraceId: null })
      for (const each of [item(), bare]) {
        store.putItem(each)
        expect(store.findItem(each.id)).toEqual(each)
      }
      expect(store.findItem('i3')).toBeUndefined()
    })

    it('putItem() keeps versions apart that were written in one millisecond, and the last of them stands', () => {
      const store = open()
      store.putDataset(dataset())
      for (const input of ['first', 'second', 'third']) store.putItem(item({ input }))
      expect(store.findItems({ status: 'ACTIVE' }, ALL)).toEqual({ rows: [item({ input: 'third' })], total: 1 })
      expect(store.findItem('i1', 1000)?.input).toBe('first')
      expect(store.findItem('i1', 1001)?.input).toBe('second')
    })

    it('findItems() reads items as they were, before they were changed, archived and deleted', () => {
      const store = open()
      store.putDataset(dataset())
      store.putItem(item({ id: 'a', createdAtMillis: 1000 }))
      store.putItem(item({ id: 'b', createdAtMillis: 2000 }))
      store.putItem(item({ id: 'a', createdAtMillis: 3000, status: 'ARCHIVED' }))
      store.deleteItem('b', 4000)
      const idsAt = (asOfMillis?: number): string[] =>
        store.findItems({ status: 'ACTIVE', asOfMillis }, ALL).rows.map(({ id }) => id)
      expect([999, 1000, 2999, 3000, 3999, 4000, undefined].map(idsAt)).toEqual([
        ...[[], ['a'], ['b', 'a'], ['b'], ['b']],
        ...[[], []],
      ])
      expect(store.findItem('b', 3999)).toEqual(item({ id: 'b', createdAtMillis: 2000 }))
      expect([store.findItem('b'), store.findItem('a')?.status]).toEqual([undefined, 'ARCHIVED'])
    })

    it('findItems() restricts by dataset and source, in pages, and counts all that fit', () => {
      const store = open()
      store.putDataset(dataset())
      store.putDataset(dataset({ id: 'd2', name: 'two' }))
      store.putItem(item({ id: 'a' }))
      store.putItem(item({ id: 'b', sourceObservationId: null }))
      store.putItem(item({ id: 'c', datasetId: 'd2', datasetName: 'two', sourceTraceId: 'u' }))
      const ids = (query: object): string[] =>
        store.findItems({ status: 'ACTIVE', ...query }, ALL).rows.map(({ id }) => id)
      expect(ids({ datasetId: 'd1' })).toEqual(['a', 'b'])
      expect(ids({ sourceTraceId: 't', sourceObservationId: 'o' })).toEqual(['a'])
      expect(ids({ sourceTraceId: 'u' })).toEqual(['c'])
      const { rows, total } = store.findItems({ status: 'ACTIVE' }, { limit: 1, offset: 2 })
      expect([rows.map(({ datasetName }) => datasetName), total]).toEqual([['two'], 3])
    })

    it('putDataset() and putItem() keep hostile text, find it as it is stored, and leave JSON as it is', () => {
      const store = open()
      const name = "a\0\uD83D'; --"
      const stored = "a\uFFFD\uFFFD'; --"
      const deep: unknown = JSON.parse(`${'['.repeat(500)}"\\u0000 \\ud83d 😀"${']'.repeat(500)}`)
      store.putDataset(dataset({ name, description: name, metadata: deep }))
      store.putDataset(dataset({ id: 'd2', name: name.toUpperCase() }))
      const kept = dataset({ name: stored, description: stored, metadata: deep })
      expect([store.findDataset(name), store.findDataset(stored)]).toEqual([kept, kept])
      expect(() => store.putDataset(dataset({ id: 'd3', name: stored }))).toThrow()
      const source = { sourceTraceId: name, sourceObservationId: name }
      store.putItem(item({ id: name, ...source, input: deep, expectedOutput: '', metadata: { __proto__: null, a: 0 } }))
      const query = { status: 'ACTIVE', sourceTraceId: name } as const
      const [found] = store.findItems(query, ALL).rows
      expect(found).toMatchObject({
        id: stored,
        datasetName: stored,
        sourceTraceId: stored,
        input: deep,
        expectedOutput: '',
      })
      store.deleteItem(name, 5000)
      expect(store.findItem(name)).toBeUndefined()
    })

    it('putItem() keeps the time of what was written before 1970, and refuses half a millisecond', () => {
      const store = open()
      store.putDataset(dataset())
      store.putItem(item({ createdAtMillis: -5 }))
      expect([store.findItem('i1', -5)?.id, store.findItem('i1', -6)]).toEqual(['i1', undefined])
      expect(() => store.putItem(item({ id: 'half', createdAtMillis: 0.5 }))).toThrow()
      expect(() => store.putDataset(dataset({ id: 'half', name: 'half', updatedAtMillis: 0.5 }))).toThrow()
    })

    it('findDatasets() and findItems() give all where the limit is negative', () => {
      const store = open()
      for (const id of ['a', 'b', 'c']) {
        store.putDataset(dataset({ id, name: id }))
        store.putItem(item({ id, datasetId: id, datasetName: id }))
      }
      const range = { limit: -1, offset: 1 }
      expect(store.findDatasets(range).rows.map(({ id }) => id)).toEqual(['b', 'c'])
      expect(store.findItems({ status: 'ACTIVE' }, range).rows.map(({ id }) => id)).toEqual(['b', 'c'])
    })
  })
}
