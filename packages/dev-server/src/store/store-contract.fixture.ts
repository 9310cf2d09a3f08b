import { describe, expect, it } from 'vitest'
import type { ObservationQuery } from './observation-query.js'
import type { Store } from './store.js'
import { observation, score } from './stored-rows.fixture.js'

const query = (fields: Partial<ObservationQuery> = {}): ObservationQuery => ({
  conditions: [],
  limit: 100,
  parts: ['io', 'metadata'],
  ...fields,
})

/** What every store must do; each adapter runs it. */
export function describeStore(name: string, open: () => Store): void {
  describe(`${name} keeps the contract of Store`, () => {
    it('putObservations() stores what findObservations() gives back, every field', () => {
      const store = open()
      store.putObservations([observation()])
      expect(store.findObservations(query())).toEqual([observation()])
    })

    it('findObservations() leaves out the large parts that are not asked for', () => {
      const store = open()
      store.putObservations([observation()])
      expect(store.findObservations(query({ parts: [] }))).toEqual([
        observation({ metadata: {}, input: '', output: '' }),
      ])
      expect(store.findObservations(query({ parts: ['io'] }))).toEqual([observation({ metadata: {} })])
    })

    it('putObservations() replaces by trace id and id, and keeps the last of one batch', () => {
      const store = open()
      store.putObservations([observation({ name: 'first' }), observation({ name: 'second' })])
      store.putObservations([observation({ traceId: 't2' })])
      expect(store.findObservations(query()).map((found) => [found.traceId, found.name])).toEqual(
        expect.arrayContaining([
          ['t1', 'second'],
          ['t2', 'name'],
        ]),
      )
    })

    it('putObservations() writes all or none', () => {
      const store = open()
      const broken = observation({ id: 'broken', startTimeMillis: Number.NaN })
      expect(() => store.putObservations([observation(), broken])).toThrow()
      expect(store.findObservations(query())).toEqual([])
      store.putObservations([observation()])
      expect(store.findObservations(query())).toHaveLength(1)
    })

    it('findObservations() orders by start, hash of the trace id and id, and continues after any row', () => {
      const store = open()
      const rows = ['a', 'b', 'c'].flatMap((traceId) =>
        ['1', '2'].flatMap((id) => [observation({ traceId, id, startTimeMillis: 1000 })]),
      )
      store.putObservations([
        observation({ id: 'newest', startTimeMillis: 3000 }),
        ...rows,
        observation({ id: 'oldest', startTimeMillis: 1 }),
      ])
      const all = store.findObservations(query())
      // Between traces the hash decides, within one the id.
      expect(all.map(({ id }) => id)).toEqual(['newest', '2', '1', '2', '1', '2', '1', 'oldest'])
      for (const [index, after] of all.entries()) {
        expect(store.findObservations(query({ after }))).toEqual(all.slice(index + 1))
        expect(store.findObservations(query({ after, order: 'oldest' }))).toEqual(all.slice(0, index).toReversed())
      }
      expect(store.findObservations(query({ order: 'oldest' }))).toEqual(all.toReversed())
    })

    it('findTraces() gives each trace once, the one with the newest observation first, and continues after any', () => {
      const store = open()
      store.putObservations([
        observation({ traceId: 'long', id: '1', startTimeMillis: 10 }),
        observation({ traceId: 'y', id: '1', startTimeMillis: 20 }),
        observation({ traceId: 'long', id: '2', startTimeMillis: 30 }),
        // Two at once, and neither the earlier nor the smaller id may hide a trace.
        observation({ traceId: 'long', id: '0', startTimeMillis: 30 }),
        observation({ traceId: 'x', id: '9', startTimeMillis: 20 }),
        observation({ traceId: 'first', id: '1', startTimeMillis: 1 }),
      ])
      const all = store.findTraces({ limit: 10 })
      expect(all.map((trace) => [trace.traceId, trace.newestStartMillis, trace.observationCount])).toEqual([
        ['long', 30, 3],
        ['y', 20, 1],
        ['x', 20, 1],
        ['first', 1, 1],
      ])
      expect(store.findTraces({ limit: 2 })).toEqual(all.slice(0, 2))
      for (const [index, after] of all.entries()) {
        expect(store.findTraces({ limit: 10, after })).toEqual(all.slice(index + 1))
      }
      expect(store.findTraces({ limit: 10, after: { newestStartMillis: 20, traceId: '' } })).toEqual(all.slice(3))
    })

    it('findTrace() sums up all observations and takes the rest from the root', () => {
      const store = open()
      const child = { parentObservationId: 'root', isRoot: false, traceName: null, userId: '', sessionId: '' }
      const { details } = observation()
      store.putObservations([
        observation({ ...child, id: 'early', name: 'early', startTimeMillis: 500, level: 'DEBUG', tags: [] }),
        observation({ id: 'root', name: 'root', userId: '', input: 'i'.repeat(1001), level: 'DEFAULT' }),
        observation({ id: 'root2', name: 'later root', startTimeMillis: 1001, input: 'not this', level: 'WARNING' }),
        observation({
          ...child,
          id: 'late',
          startTimeMillis: 3000,
          endTimeMillis: 9000,
          level: 'ERROR',
          tags: ['c\0', 'a'],
        }),
        observation({ ...child, id: 'free', details: { ...details, costDetails: {} }, userId: 'ada' }),
        observation({ traceId: 'other', level: 'ERROR' }),
      ])
      const summary = store.findTrace('t1')
      expect(summary).toEqual({
        traceId: 't1',
        name: 'trace',
        startTimeMillis: 500,
        newestStartMillis: 3000,
        durationMillis: 8500,
        level: 'ERROR',
        userId: 'user',
        sessionId: 'session',
        tags: expect.arrayContaining(['a', 'b', 'c\uFFFD']),
        inputStart: 'i'.repeat(1000),
        outputStart: 'out',
        totalCost: 0.000000000004,
        observationCount: 5,
      })
      expect(summary?.tags).toHaveLength(3)
      expect(store.findTraces({ limit: 10 })).toContainEqual(summary)
    })

    it.each([
      ['no root', { isRoot: false, traceName: null }, 'first'],
      ['no root, and a name elsewhere', { isRoot: false, traceName: null }, 'named'],
    ])('findTrace() finds a name for a trace with %s', (_what, fields, name) => {
      const store = open()
      store.putObservations([
        observation({ ...fields, id: 'b', name: 'second', startTimeMillis: 2, input: 'second' }),
        observation({ ...fields, id: 'a', name: 'first', startTimeMillis: 1, input: 'first' }),
        observation({ ...fields, id: 'c', startTimeMillis: 3, traceName: name === 'named' ? name : null }),
      ])
      expect(store.findTrace('t1')).toMatchObject({ name, inputStart: 'first' })
    })

    it('findTrace() finds nothing where nothing is', () => {
      const store = open()
      expect([store.findTrace('unknown'), store.findTraces({ limit: 10 })]).toEqual([undefined, []])
    })

    it('deleteTrace() deletes the observations of one trace', () => {
      const store = open()
      store.putObservations([observation(), observation({ id: 'o2' }), observation({ traceId: 't2' })])
      store.deleteTrace('t1')
      store.deleteTrace('unknown')
      expect(store.findObservations(query()).map(({ traceId }) => traceId)).toEqual(['t2'])
    })

    it('putScores() stores what findScores() gives back, and keeps the creation time of a replaced one', () => {
      const store = open()
      store.putScores([score()])
      expect(store.findScores({ limit: 10 })).toEqual([score()])
      store.putScores([score({ value: 1, createdAtMillis: 9000, updatedAtMillis: 9000 })])
      expect(store.findScores({ limit: 10 })).toEqual([score({ value: 1, updatedAtMillis: 9000 })])
    })

    it('findScores() orders by time and id and continues after any', () => {
      const store = open()
      store.putScores([score({ id: 'a' }), score({ id: 'b' }), score({ id: 'c', timestampMillis: 2000 })])
      const all = store.findScores({ limit: 10 })
      expect(all.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
      for (const [index, after] of all.entries())
        expect(store.findScores({ limit: 10, after })).toEqual(all.slice(index + 1))
    })

    it('deleteScore() deletes one score', () => {
      const store = open()
      store.putScores([score(), score({ id: 's2' })])
      store.deleteScore('s1')
      store.deleteScore('unknown')
      expect(store.findScores({ limit: 10 }).map(({ id }) => id)).toEqual(['s2'])
    })

    it('close() ends the store', () => {
      const store = open()
      store.close()
      expect(() => store.putScores([score()])).toThrow()
    })
  })
}
