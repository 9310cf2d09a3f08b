import { describe, expect, it } from 'vitest'
import type { DatasetRun } from '../model/dataset-run.js'
import type { DatasetRunStore } from './dataset-run-store.js'

const run = (fields: Partial<DatasetRun> = {}): DatasetRun => ({
  ...{ id: 'r1', datasetId: 'd1', datasetName: 'dataset', name: 'run', description: null, metadata: { a: [1] } },
  ...{ createdAtMillis: 1, updatedAtMillis: 1 },
  ...fields,
})
const item = (id: string, createdAtMillis = 1) => ({
  ...{ id, datasetItemId: `of-${id}`, traceId: 't', observationId: null, createdAtMillis },
})
const ALL = { limit: 10, offset: 0 }

/** What every store of runs must do; each adapter runs it. @param open - gives one that knows the dataset `d1`, by the name `dataset` */
export function describeDatasetRunStore(name: string, open: () => DatasetRunStore): void {
  describe(`${name} keeps the contract of DatasetRunStore`, () => {
    it('putRunItem() makes the run with its first item, and keeps it as it is with the next', () => {
      const store = open()
      expect(store.putRunItem(run(), item('i1'))).toEqual({ ...item('i1'), runId: 'r1', runName: 'run' })
      const later = run({ id: 'r2', description: 'later', metadata: null, createdAtMillis: 9 })
      expect(store.putRunItem(later, item('i2', 2)).runId).toBe('r1')
      expect(store.findRun('d1', 'run')).toEqual(run())
      expect(store.findRunItems('r1', ALL).rows.map(({ id }) => id)).toEqual(['i2', 'i1'])
    })

    it('putRunItem() writes both or none', () => {
      const store = open()
      store.putRunItem(run(), item('i1'))
      expect(() => store.putRunItem(run({ id: 'r2', name: 'other' }), item('i1'))).toThrow()
      expect(store.findRun('d1', 'other')).toBeUndefined()
    })

    it('findRuns() gives the newest first, in pages, and only those of the dataset', () => {
      const store = open()
      for (const number of [1, 2, 3]) {
        store.putRunItem(run({ id: `r${number}`, name: `n${number}`, createdAtMillis: number }), item(`i${number}`))
      }
      const page = store.findRuns('d1', { limit: 2, offset: 1 })
      expect([page.rows.map(({ id }) => id), page.total]).toEqual([['r2', 'r1'], 3])
      expect(store.findRuns('d2', ALL)).toEqual({ rows: [], total: 0 })
      expect(store.findRun('d2', 'n1')).toBeUndefined()
    })

    it('deleteRun() deletes a run with its items, and no other', () => {
      const store = open()
      store.putRunItem(run(), item('i1'))
      store.putRunItem(run({ id: 'r2', name: 'other' }), item('i2'))
      store.deleteRun('r1')
      store.deleteRun('unknown')
      expect([store.findRun('d1', 'run'), store.findRunItems('r1', ALL).total]).toEqual([undefined, 0])
      expect(store.findRunItems('r2', ALL).total).toBe(1)
    })

    it('putRunItem() takes a name as it is stored for the same, and one in another case for another', () => {
      const store = open()
      store.putRunItem(run({ name: 'a\0' }), item('i1'))
      store.putRunItem(run({ id: 'r2', name: 'a\uFFFD' }), item('i2'))
      store.putRunItem(run({ id: 'r3', name: 'A\uFFFD' }), item('i3'))
      expect(store.findRuns('d1', ALL).rows.map(({ id }) => id)).toEqual(['r1', 'r3'])
      expect(store.findRun('d1', 'a\0')).toMatchObject({ id: 'r1', name: 'a\uFFFD' })
      expect(store.findRunItems('r1', { limit: -1, offset: 0 }).total).toBe(2)
    })
  })
}
