import { describe, expect, it } from 'vitest'
import type { LegacyObservation } from '../model/legacy-observation.js'
import type { LegacyTrace } from '../model/legacy-trace.js'
import type { MetricCondition, MetricQuery } from './metric-query.js'
import type { Store } from './store.js'
import { observation, score } from './stored-rows.fixture.js'

const NOON = Date.parse('2026-11-23T12:00:00Z')

function trace(id: string, minute: number, fields: Partial<LegacyTrace> = {}): LegacyTrace {
  const times = { timestampMillis: NOON + minute * 60_000, createdAtMillis: 2, updatedAtMillis: 3 }
  const names = { name: id, userId: 'ada', sessionId: '', environment: 'prod', release: '', version: 'v1' }
  const payload = { tags: ['x'], public: false, metadata: { tier: 'gold' }, input: '', output: '' }
  return { id, ...times, ...names, ...payload, ...fields }
}

function call(
  id: string,
  traceId: string,
  millis: number,
  usageDetails: Record<string, number>,
  fields: Partial<LegacyObservation> = {},
): LegacyObservation {
  const { statusMessage, model, modelId, promptName, promptVersion } = observation().details
  const details = {
    ...{ statusMessage, model, modelId, promptName, promptVersion, usageDetails, completionStartMillis: NOON + 500 },
    ...{ costDetails: usageDetails.total === undefined ? {} : { total: usageDetails.total / 10 }, pricingTierId: null },
    ...{ pricingTierName: null, modelParameters: null, statedCost: {}, promptId: null },
  }
  const times = {
    startTimeMillis: NOON + millis,
    endTimeMillis: NOON + millis + 2500,
    createdAtMillis: 1,
    updatedAtMillis: 1,
  }
  const names = { type: 'GENERATION', name: id, level: 'DEFAULT', environment: 'prod', version: '' } as const
  return {
    id,
    traceId,
    parentObservationId: '',
    ...times,
    ...names,
    details,
    metadata: { k: id },
    input: '',
    output: '',
    ...fields,
  }
}

function query(fields: Partial<MetricQuery> = {}): MetricQuery {
  const count = { measure: 'count', aggregation: 'count' } as const
  const rest = { dimensions: [], metrics: [count], conditions: [], orderBy: [], limit: 100, bins: 10 }
  return { view: 'legacy-observations', ...rest, fromMillis: NOON, toMillis: NOON + 3_600_000, ...fields }
}

const figures = (...names: string[]): MetricQuery['metrics'] =>
  // What is written here is an aggregation; one that is none would fail the test.
  names.map((name) => ({ aggregation: name.split('_')[0] as 'sum', measure: name.split('_')[1] ?? '' }))
const text = (column: string, value: string): MetricCondition => ({ column, type: 'text', operator: '=', value })

/** What every store must do about metrics of Langfuse 3; each adapter runs it. */
export function describeLegacyMetrics(name: string, open: () => Store): void {
  describe(`${name} keeps the contract of Store about metrics of Langfuse 3`, () => {
    function filled(): Store {
      const store = open()
      store.legacy.putLegacy(
        [
          trace('one', 0, { sessionId: 's' }),
          trace('two', 30, { userId: '', tags: [] }),
          trace('bare', 60),
          trace('late', 61),
        ],
        [
          call('a', 'one', 0, { input: 3, output: 4, total: 7 }),
          call('b', 'one', 1000, { input: 1 }, { endTimeMillis: null, type: 'SPAN', parentObservationId: 'a' }),
          call('c', 'two', 1_800_000, { total: 10 }),
          call('orphan', 'gone', 5, { total: 1 }),
          call('of-late', 'late', 3_600_000, { total: 100 }),
        ],
      )
      // Version 4 keeps the same span in its own way; it must not be counted here.
      store.putObservations([observation({ traceId: 'one', id: 'a', startTimeMillis: NOON })])
      store.putScores([
        score({ id: 's1', traceId: 'one', observationId: 'a', timestampMillis: NOON, value: 0.5 }),
        score({ id: 's2', traceId: 'one', observationId: null, timestampMillis: NOON, value: 1, dataType: 'BOOLEAN' }),
        score({ id: 's3', traceId: 'two', observationId: 'c', timestampMillis: NOON - 1, value: 9 }),
        score({ id: 's4', traceId: 'gone', observationId: null, timestampMillis: NOON, value: 3 }),
      ])
      return store
    }
    const all = figures('count_count', 'sum_observationsCount', 'sum_totalTokens', 'sum_totalCost', 'max_latency')

    it.each<[string, Partial<MetricQuery>, unknown]>([
      ['counts observations', {}, [{ count_count: 5 }]],
      [
        'sums up observations',
        {
          metrics: figures(
            'sum_inputTokens',
            'sum_totalTokens',
            'sum_totalCost',
            'avg_latency',
            'max_timeToFirstToken',
          ),
        },
        [
          {
            sum_inputTokens: 4,
            sum_totalTokens: 118,
            sum_totalCost: 11.8,
            avg_latency: 2500,
            max_timeToFirstToken: 500,
          },
        ],
      ],
      [
        'knows the trace of an observation',
        { dimensions: ['traceName', 'userId', 'tags'] },
        [
          { traceName: 'one', userId: 'ada', tags: ['x'], count_count: 2 },
          { traceName: 'two', userId: null, tags: [], count_count: 1 },
        ],
      ],
      [
        'filters on the trace of an observation',
        { conditions: [text('sessionId', 's'), text('type', 'SPAN')] },
        [{ count_count: 1 }],
      ],
      [
        'filters observations on metadata, time and numbers',
        {
          dimensions: ['name'],
          conditions: [
            { column: 'metadata', type: 'keyedText', key: 'k', operator: 'contains', value: 'a' },
            { column: 'start_time', type: 'time', operator: '<', millis: NOON + 5 },
            text('promptVersion', '3'),
          ],
        },
        [{ name: 'a', count_count: 1 }],
      ],
      [
        'counts scores of observations that have any',
        { metrics: figures('sum_countScores', 'count_count') },
        [{ sum_countScores: 1, count_count: 1 }],
      ],
      [
        'counts traces',
        { view: 'legacy-traces', metrics: figures('count_count', 'sum_uniqueUserIds', 'sum_uniqueSessionIds') },
        [{ count_count: 3, sum_uniqueUserIds: 2, sum_uniqueSessionIds: 1 }],
      ],
      [
        'sums up traces that have observations',
        { view: 'legacy-traces', metrics: all },
        [{ count_count: 2, sum_observationsCount: 3, sum_totalTokens: 17, sum_totalCost: 1.7, max_latency: 2500 }],
      ],
      [
        'sums up traces that have scores',
        { view: 'legacy-traces', dimensions: ['name'], metrics: figures('sum_scoresCount') },
        [{ name: 'one', sum_scoresCount: 2 }],
      ],
      [
        'groups traces by time',
        { view: 'legacy-traces', granularity: 'hour', dimensions: ['sessionId', 'environment'] },
        [
          { time_dimension: '2026-11-23T12:00:00Z', sessionId: null, environment: 'prod', count_count: 1 },
          { time_dimension: '2026-11-23T12:00:00Z', sessionId: 's', environment: 'prod', count_count: 1 },
          { time_dimension: '2026-11-23T13:00:00Z', sessionId: null, environment: 'prod', count_count: 1 },
        ],
      ],
      [
        'filters traces',
        {
          view: 'legacy-traces',
          conditions: [
            { column: 'tags', type: 'array', operator: 'none of', values: ['x'] },
            { column: 'metadata', type: 'keyedText', key: 'tier', operator: '=', value: 'gold' },
            { column: 'timestamp', type: 'time', operator: '>', millis: NOON },
          ],
        },
        [{ count_count: 1 }],
      ],
      [
        'counts scores by themselves',
        { view: 'legacy-scores-numeric', metrics: figures('count_count', 'sum_value') },
        [{ count_count: 3, sum_value: 4.5 }],
      ],
      [
        'knows the trace of a score',
        { view: 'legacy-scores-numeric', dimensions: ['traceName', 'sessionId'] },
        [{ traceName: 'one', sessionId: 's', count_count: 2 }],
      ],
      [
        'knows the observation of a score',
        {
          view: 'legacy-scores-numeric',
          dimensions: ['observationName', 'observationPromptVersion', 'observationModelName'],
        },
        [{ observationName: 'a', observationPromptVersion: 3, observationModelName: 'm', count_count: 1 }],
      ],
      [
        'knows truths',
        { view: 'legacy-scores-boolean', dimensions: ['booleanValue'] },
        [{ booleanValue: true, count_count: 1 }],
      ],
      ['knows categories', { view: 'legacy-scores-categorical' }, [{ count_count: 0 }]],
    ])('findMetrics() %s', (_what, fields, expected) => {
      expect(filled().findMetrics(query(fields))).toEqual(expected)
    })
  })
}
