import { describe, expect, it } from 'vitest'
import type { Observation } from '../model/observation.js'
import type { ExperimentQuery } from './experiment-query.js'
import type { Store } from './store.js'
import { observation } from './stored-rows.fixture.js'

const MINUTE = 60_000

function span(experimentId: string, id: string, startTimeMillis: number, experiment: object = {}): Observation {
  const { details } = observation()
  const names = { id: experimentId, name: `name of ${experimentId}`, datasetId: 'd', itemRootId: 'root' }
  return observation({
    ...{ id, traceId: `t-${experimentId}`, startTimeMillis, endTimeMillis: startTimeMillis + 5 },
    details: { ...details, experiment: { ...names, ...experiment } },
  })
}

/** What every store must do about experiments; each adapter runs it. */
export function describeExperiments(name: string, open: () => Store): void {
  describe(`${name} keeps the contract of Store about experiments`, () => {
    const ids = (store: Store, query: Partial<ExperimentQuery> = {}): string[] =>
      store.findExperiments({ fromMillis: 0, conditions: [], limit: 10, ...query }).map(({ id }) => id)

    it('findExperiments() sums up what is in the window', () => {
      const store = open()
      store.putObservations([
        span('e', 'before', 9),
        span('e', 'child', 10, { metadata: { a: '1' } }),
        span('e', 'root', 20, { description: 'as the root has it' }),
        span('e', 'root2', 30, { itemRootId: 'root2', itemId: 'i2' }),
        { ...span('e', 'late', 40), endTimeMillis: 1 },
        span('e', 'after', 50),
        span('', 'none', 45),
      ])
      expect(store.findExperiments({ fromMillis: 10, toMillis: 50, conditions: [], limit: 10 })).toEqual([
        {
          ...{ id: 'e', name: 'name of e', datasetId: 'd', description: '', metadata: { a: '1' } },
          ...{ startTimeMillis: 10, endTimeMillis: 40, itemCount: 2 },
          newest: { startTimeMillis: 40, traceId: 't-e', id: 'late' },
        },
      ])
      expect(ids(store, { fromMillis: 51 })).toEqual([])
    })

    it('findExperiments() gives the one with the newest observation first, and continues after any', () => {
      const store = open()
      store.putObservations([
        span('a', '1', 30),
        span('b', '1', 30),
        span('b', '2', MINUTE),
        span('c', '1', MINUTE),
        span('\uE000', '1', 30),
        span('😀', '1', 30),
      ])
      // Characters go by their number, not by the halves that JavaScript compares.
      expect(ids(store)).toEqual(['c', 'b', '😀', '\uE000', 'a'])
      expect(ids(store, { limit: 2 })).toEqual(['c', 'b'])
      const all = store.findExperiments({ fromMillis: 0, conditions: [], limit: 10 })
      for (const [index, { id, newest }] of all.entries()) {
        const after = { newestStartMillis: newest.startTimeMillis, experimentId: id }
        expect(ids(store, { after })).toEqual(all.slice(index + 1).map((each) => each.id))
      }
    })

    it('findExperiments() picks experiments by observations for which conditions hold, and sums up all of them', () => {
      const store = open()
      store.putObservations([
        span('a', 'x', 1),
        { ...span('a', 'y', 5), name: 'wanted' },
        span('a', 'z', 9),
        span('b', 'x', 7),
      ])
      const condition = { column: 'name', type: 'text', operator: '=', value: 'wanted' } as const
      expect(store.findExperiments({ fromMillis: 0, conditions: [condition], limit: 10 })).toMatchObject([
        { id: 'a', startTimeMillis: 1, endTimeMillis: 14, newest: { id: 'y' } },
      ])
    })
  })
}
