import { describe, expect, it } from 'vitest'
import type { LegacyObservation } from '../model/legacy-observation.js'
import type { LegacyTrace } from '../model/legacy-trace.js'
import type { LegacyTraceOrder } from './legacy-store.js'
import type { ObservationCondition } from './observation-query.js'
import type { Store } from './store.js'
import { observation, score } from './stored-rows.fixture.js'

const ALL = { limit: -1, offset: 0 }

function trace(fields: Partial<LegacyTrace> = {}): LegacyTrace {
  const times = { timestampMillis: 1, createdAtMillis: 2, updatedAtMillis: 3 }
  const names = { name: 'n', userId: 'u', sessionId: 's', environment: 'prod', release: 'r', version: 'v' }
  const payload = { tags: ['a'], public: true, metadata: { k: '{"a":1}' }, input: 'in', output: 'out' }
  return { id: 't', ...times, ...names, ...payload, ...fields }
}

function span(fields: Partial<LegacyObservation> = {}): LegacyObservation {
  const { statusMessage, model, modelId, promptName, promptVersion, usageDetails } = observation().details
  const details = {
    ...{ statusMessage, model, modelId, promptName, promptVersion, usageDetails, completionStartMillis: null },
    ...{ costDetails: { total: 0.5 }, pricingTierId: null, pricingTierName: null, modelParameters: null },
    ...{ statedCost: {}, promptId: null },
  }
  const times = { startTimeMillis: 10, endTimeMillis: 20, createdAtMillis: 1, updatedAtMillis: 1 }
  const names = { type: 'SPAN', name: 'n', level: 'DEFAULT', environment: 'prod', version: 'v' } as const
  const payload = { metadata: { k: 'v' }, input: 'in', output: 'out', details }
  return { id: 'o', traceId: 't', parentObservationId: '', ...times, ...names, ...payload, ...fields }
}

const where = (column: ObservationCondition['column'], value: string): ObservationCondition => ({
  ...{ column, type: 'text', operator: '=', value },
})

/** What every store must do about the objects of Langfuse 3; each adapter runs it. */
export function describeLegacyStore(name: string, open: () => Store): void {
  describe(`${name} keeps the contract of LegacyStore`, () => {
    it('putLegacy() stores what is found again, replaces by id, and writes all or none', () => {
      const { legacy } = open()
      legacy.putLegacy([trace()], [span(), span({ traceId: 'other', endTimeMillis: null })])
      expect([legacy.findKnownTrace('t'), legacy.findKnownObservation('t', 'o')]).toEqual([trace(), span()])
      expect(legacy.findKnownObservation('other', 'o')?.endTimeMillis).toBeNull()
      expect([legacy.findKnownTrace('o'), legacy.findKnownObservation('o', 't')]).toEqual([undefined, undefined])
      legacy.putLegacy([trace({ name: 'changed' })], [span({ output: '\0' })])
      expect(legacy.findKnownTrace('t')?.name).toBe('changed')
      expect(legacy.findKnownObservation('t', 'o')?.output).toBe('\uFFFD')
      expect(() => legacy.putLegacy([trace({ id: 'x' })], [span({ startTimeMillis: 0.5 })])).toThrow()
      expect(legacy.findKnownTrace('x')).toBeUndefined()
    })

    it('findLegacyTrace() adds up observations and scores', () => {
      const store = open()
      store.legacy.putLegacy(
        [trace(), trace({ id: 'bare' })],
        [
          span({ id: 'b' }),
          span({ id: 'a', endTimeMillis: null, startTimeMillis: 40 }),
          span({ id: 'c', startTimeMillis: 5 }),
        ],
      )
      store.putScores([
        ...[
          score({ id: 's1', traceId: 't', timestampMillis: 1 }),
          score({ id: 's2', traceId: 't', timestampMillis: 2 }),
        ],
        score({ id: 's3', traceId: 'other' }),
      ])
      expect(store.legacy.findLegacyTrace('t')).toEqual({
        ...trace(),
        ...{ latencyMillis: 35, totalCost: 1.5, observationIds: ['c', 'b', 'a'], scoreIds: ['s2', 's1'] },
      })
      expect(store.legacy.findLegacyTrace('bare')).toMatchObject({ latencyMillis: 0, totalCost: 0, observationIds: [] })
      expect(store.legacy.findLegacyTrace('none')).toBeUndefined()
    })

    it.each<[LegacyTraceOrder['by'], LegacyTraceOrder['direction'], string]>([
      ['timestamp', 'DESC', 'c b a'],
      ['timestamp', 'ASC', 'b a c'],
      ['id', 'ASC', 'a b c'],
      ['name', 'ASC', 'c a b'],
      ['name', 'DESC', 'b a c'],
      ['userId', 'DESC', 'c b a'],
    ])('findLegacyTraces() sorts by %s %s, of two that are equal the newer first', (by, direction, found) => {
      const { legacy } = open()
      legacy.putLegacy(
        [
          trace({ id: 'a', name: 'X' }),
          trace({ id: 'b', name: 'x' }),
          trace({ id: 'c', name: '', timestampMillis: 9, sessionId: '' }),
        ],
        [span({ traceId: 'b' })],
      )
      const list = (conditions: ObservationCondition[], limit = -1, offset = 0): unknown => {
        const { rows, total } = legacy.findLegacyTraces(conditions, { by, direction }, { limit, offset })
        return [rows.map(({ id }) => id).join(' '), total]
      }
      expect(list([])).toEqual([found, 3])
      expect(list([], 1, 1)).toEqual([found.split(' ')[1], 3])
      expect(list([], 5, 3)).toEqual(['', 3])
      expect(list([where('traceId', 'b')])).toEqual(['b', 1])
      expect(list([{ column: 'name', type: 'null', operator: 'is null' }])).toEqual(['c', 1])
      expect(list([{ column: 'latency', type: 'number', operator: '>', value: 0.009 }])).toEqual(['b', 1])
      expect(list([{ column: 'totalCost', type: 'number', operator: '=', value: 0.5 }])).toEqual(['b', 1])
      expect(() => list([where('model', 'm')])).toThrow(TypeError)
    })

    it('findLegacyObservations() gives the newest first, with the user of their trace to filter on', () => {
      const { legacy } = open()
      legacy.putLegacy(
        [trace({ userId: 'ada' })],
        [
          ...[span({ id: 'b' }), span({ id: 'a' }), span({ id: 'b', traceId: 'other' })],
          span({ id: 'c', startTimeMillis: 30, endTimeMillis: null, traceId: 'other' }),
        ],
      )
      const list = (conditions: ObservationCondition[], range = ALL): unknown => {
        const { rows, total } = legacy.findLegacyObservations(conditions, range)
        return [rows.map(({ traceId, id }) => `${traceId}/${id}`).join(' '), total]
      }
      expect(list([])).toEqual(['other/c t/b other/b t/a', 4])
      expect(list([], { limit: 2, offset: 1 })).toEqual(['t/b other/b', 4])
      expect(list([where('userId', 'ada')])).toEqual(['t/b t/a', 2])
      expect(list([where('userId', '')])).toEqual(['other/c other/b', 2])
      expect(list([{ column: 'latency', type: 'number', operator: '>=', value: 0 }])).toEqual(['t/b other/b t/a', 3])
      expect(list([{ column: 'endTime', type: 'null', operator: 'is null' }])).toEqual(['other/c', 1])
    })

    it('findLegacySessions() sums up the traces that name one, the newest first', () => {
      const { legacy } = open()
      legacy.putLegacy(
        [
          ...[trace({ id: '1', createdAtMillis: 9, environment: 'late' }), trace({ id: '2', createdAtMillis: 4 })],
          trace({ id: '3', sessionId: 'z', createdAtMillis: 4, environment: 'dev' }),
          ...[trace({ id: '4', sessionId: 'new', createdAtMillis: 5 }), trace({ id: '5', sessionId: '' })],
        ],
        [],
      )
      const s = { id: 's', createdAtMillis: 4, environment: 'prod' }
      const z = { id: 'z', createdAtMillis: 4, environment: 'dev' }
      const newest = { id: 'new', createdAtMillis: 5, environment: 'prod' }
      expect(legacy.findLegacySessions([], ALL)).toEqual({ rows: [newest, s, z], total: 3 })
      expect(legacy.findLegacySessions([], { limit: 1, offset: 1 })).toEqual({ rows: [s], total: 3 })
      const atLeast = { column: 'startTime', type: 'time', operator: '>=', millis: 5 } as const
      expect(legacy.findLegacySessions([atLeast], ALL)).toEqual({ rows: [newest], total: 1 })
      expect(legacy.findLegacySessions([where('environment', 'late')], ALL)).toEqual({ rows: [], total: 0 })
    })

    it('deleteTrace() deletes a trace here too, and no other', () => {
      const store = open()
      store.legacy.putLegacy([trace(), trace({ id: 'other' })], [span(), span({ traceId: 'other' })])
      store.deleteTrace('t')
      expect([store.legacy.findKnownTrace('t'), store.legacy.findKnownObservation('t', 'o')]).toEqual([
        undefined,
        undefined,
      ])
      expect(store.legacy.findLegacyTrace('other')?.observationIds).toEqual(['o'])
    })
  })
}
