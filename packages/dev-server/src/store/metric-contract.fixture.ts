import { describe, expect, it } from 'vitest'
import type { Observation } from '../model/observation.js'
import type { MetricCondition, MetricQuery } from './metric-query.js'
import type { Store } from './store.js'
import { observation, score } from './stored-rows.fixture.js'

const NOON = Date.parse('2026-11-23T12:00:00Z')
const { details } = observation()
const costs = (costDetails: Record<string, number>, usageDetails: Record<string, number> = {}) => ({
  details: { ...details, costDetails, usageDetails },
})

function call(id: string, minute: number, fields: Partial<Observation> = {}): Observation {
  const startTimeMillis = NOON + minute * 60_000
  return observation({
    id,
    traceId: `t-${id}`,
    startTimeMillis,
    endTimeMillis: startTimeMillis + 2500,
    name: id,
    ...fields,
  })
}

function query(fields: Partial<MetricQuery> = {}): MetricQuery {
  const window = { fromMillis: NOON, toMillis: NOON + 3_600_000 }
  const count = { measure: 'count', aggregation: 'count' } as const
  return {
    view: 'observations',
    dimensions: [],
    metrics: [count],
    conditions: [],
    orderBy: [],
    limit: 100,
    bins: 10,
    ...window,
    ...fields,
  }
}

const figures = (...names: string[]): MetricQuery['metrics'] =>
  // What is written here is an aggregation; one that is none would fail the test.
  names.map((name) => ({ aggregation: name.split('_')[0] as 'sum', measure: name.split('_')[1] ?? '' }))
const text = (column: string, value: string): MetricCondition => ({ column, type: 'text', operator: '=', value })

/** What every store must do about metrics; each adapter runs it. */
export function describeMetrics(name: string, open: () => Store): void {
  describe(`${name} keeps the contract of Store about metrics`, () => {
    function filled(): Store {
      const store = open()
      const tools = {
        ...details,
        offeredTools: ['search', 'sum'],
        calledTools: ['sum'],
        costDetails: { input: 1, total: 3 },
        usageDetails: { total: 5 },
      }
      store.putObservations([
        call('a', 0, { tags: ['x'], details: tools }),
        call('b', 30, {
          traceId: 't-a',
          parentObservationId: 'a',
          isRoot: false,
          environment: '',
          ...costs({ total: 0.5 }, { input: 4 }),
        }),
        call('c', 60, {
          name: 'last',
          traceName: null,
          details: {
            ...details,
            costDetails: {},
            usageDetails: {},
            offeredTools: [],
            calledTools: [],
            completionStartMillis: null,
            promptVersion: null,
          },
        }),
        call('outside', 61),
      ])
      store.putScores([
        score({ id: 's1', traceId: 't-a', observationId: 'b', timestampMillis: NOON, value: 0.5 }),
        score({
          id: 's2',
          traceId: 't-a',
          observationId: 'b',
          timestampMillis: NOON + 1,
          dataType: 'BOOLEAN',
          value: 1,
          metadata: { evaluator_id: 'e' },
        }),
        score({
          id: 's3',
          traceId: 'gone',
          observationId: null,
          timestampMillis: NOON + 2,
          value: 2,
          datasetRunId: 'run',
        }),
        score({ id: 's4', traceId: 't-a', observationId: null, timestampMillis: NOON + 3_600_001, value: 9 }),
        score({
          id: 's5',
          traceId: 't-a',
          observationId: 'a',
          timestampMillis: NOON + 3_600_000,
          dataType: 'CATEGORICAL',
          value: 0,
          stringValue: 'good',
          name: 'kind',
        }),
        score({
          id: 's6',
          traceId: 't-a',
          observationId: 'a',
          timestampMillis: NOON,
          dataType: 'TEXT',
          value: 0,
          stringValue: 'x',
        }),
      ])
      return store
    }

    it('findMetrics() orders by a quantile as a number', () => {
      const store = open()
      const values = [9, 10, -1]
      store.putScores(values.map((value) => score({ id: `of ${value}`, timestampMillis: NOON, value })))
      const asked = { view: 'scores-numeric', dimensions: ['id'], metrics: figures('p50_value'), limit: 2 } as const
      const ids = (direction: 'asc' | 'desc'): unknown[] =>
        store.findMetrics(query({ ...asked, orderBy: [{ field: 'p50_value', direction }] })).map(({ id }) => id)
      expect([ids('desc'), ids('asc')]).toEqual([
        ['of 10', 'of 9'],
        ['of -1', 'of 9'],
      ])
    })

    it.each<[string, Partial<MetricQuery>, unknown]>([
      [
        'finds scores without a run',
        {
          view: 'scores-numeric',
          conditions: [{ column: 'datasetRunId', type: 'null', operator: 'is null' }],
        },
        [{ count_count: 2 }],
      ],
      ['without a metric counts', { metrics: [] }, [{ count: 3 }]],
      ['has both ends of the window in it', {}, [{ count_count: 3 }]],
      [
        'of nothing is 0, or null where there could be none',
        {
          conditions: [text('name', 'none')],
          metrics: figures('count_count', 'sum_totalTokens', 'sum_totalCost', 'avg_latency'),
        },
        [{ count_count: 0, sum_totalTokens: 0, sum_totalCost: null, avg_latency: null }],
      ],
      [
        'sums up',
        {
          metrics: figures(
            'sum_totalTokens',
            'sum_inputTokens',
            'sum_totalCost',
            'min_totalCost',
            'avg_tokensPerSecond',
            'uniq_traceId',
          ),
        },
        [
          {
            sum_totalTokens: 5,
            sum_inputTokens: 4,
            sum_totalCost: 3.5,
            min_totalCost: 0,
            avg_tokensPerSecond: 5 / 2 / 3,
            uniq_traceId: 2,
          },
        ],
      ],
      [
        'takes costs apart',
        { dimensions: ['costType'], metrics: figures('sum_costByType', 'count_count') },
        [
          { costType: 'input', sum_costByType: 1, count_count: 1 },
          { costType: 'total', sum_costByType: 3.5, count_count: 2 },
        ],
      ],
      [
        'takes usage apart, with an order',
        {
          dimensions: ['usageType'],
          metrics: figures('sum_usageByType'),
          orderBy: [{ field: 'sum_usageByType', direction: 'desc' }],
        },
        [
          { usageType: 'total', sum_usageByType: 5 },
          { usageType: 'input', sum_usageByType: 4 },
        ],
      ],
      [
        'takes lists of tools apart',
        { dimensions: ['toolNames', 'calledToolNames'] },
        [
          ['search', 1],
          ['sum', 1],
          ['x', 1],
        ].map(([toolNames, count_count], index) => ({
          toolNames,
          calledToolNames: index === 2 ? 'y' : 'sum',
          count_count,
        })),
      ],
      [
        'filters on what it takes apart as a whole',
        {
          dimensions: ['toolNames'],
          conditions: [{ column: 'toolNames', type: 'array', operator: 'any of', values: ['sum'] }],
        },
        [
          { toolNames: 'search', count_count: 1 },
          { toolNames: 'sum', count_count: 1 },
        ],
      ],
      ['filters on costs by kind', { conditions: [text('costType', 'input')] }, [{ count_count: 1 }]],
      [
        'counts scores of those that have any',
        { metrics: figures('sum_countScores', 'count_count', 'max_countScores') },
        [{ sum_countScores: 4, count_count: 2, max_countScores: 2 }],
      ],
      [
        'shows lists and truth as such',
        { dimensions: ['tags', 'isRootObservation'] },
        [
          { tags: ['a', 'b'], isRootObservation: false, count_count: 1 },
          { tags: ['a', 'b'], isRootObservation: true, count_count: 1 },
          { tags: ['x'], isRootObservation: true, count_count: 1 },
        ],
      ],
      [
        'shows what is empty as null',
        {
          dimensions: ['environment', 'traceName'],
          conditions: [{ column: 'id', type: 'textList', operator: 'any of', values: ['b', 'c'] }],
        },
        [
          { environment: null, traceName: 'trace', count_count: 1 },
          { environment: 'prod', traceName: null, count_count: 1 },
        ],
      ],
      [
        'filters on numbers as on text',
        { dimensions: ['promptVersion'], conditions: [text('promptVersion', '3')] },
        [{ promptVersion: 3, count_count: 2 }],
      ],
      [
        'filters on time, metadata, truth and nothing',
        {
          dimensions: ['name'],
          conditions: [
            { column: 'start_time', type: 'time', operator: '>', millis: NOON },
            { column: 'metadata', type: 'keyedText', key: 'key', operator: '=', value: 'value' },
            { column: 'isRootObservation', type: 'boolean', operator: '=', value: true },
            { column: 'traceName', type: 'null', operator: 'is null' },
          ],
        },
        [{ name: 'last', count_count: 1 }],
      ],
      [
        'groups by time',
        { granularity: 'hour', metrics: figures('count_count') },
        [
          { time_dimension: '2026-11-23T12:00:00Z', count_count: 2 },
          { time_dimension: '2026-11-23T13:00:00Z', count_count: 1 },
        ],
      ],
      [
        'of numbers has truth in it',
        { view: 'scores-numeric', metrics: figures('count_count', 'sum_value'), dimensions: ['dataType'] },
        [
          { dataType: 'BOOLEAN', count_count: 1, sum_value: 1 },
          { dataType: 'NUMERIC', count_count: 2, sum_value: 2.5 },
        ],
      ],
      [
        'of truth shows it',
        { view: 'scores-boolean', dimensions: ['booleanValue'], metrics: figures('avg_value') },
        [{ booleanValue: true, avg_value: 1 }],
      ],
      [
        'of categories counts them',
        { view: 'scores-categorical', dimensions: ['stringValue', 'timestampDay'] },
        [{ stringValue: 'good', timestampDay: '2026-11-23', count_count: 1 }],
      ],
      [
        'of scores knows their trace',
        { view: 'scores-numeric', dimensions: ['traceName', 'tags'] },
        [{ traceName: 'trace', tags: ['x'], count_count: 2 }],
      ],
      [
        'of scores knows their observation',
        { view: 'scores-numeric', dimensions: ['observationName', 'observationModelName'] },
        [{ observationName: 'b', observationModelName: 'm', count_count: 2 }],
      ],
      [
        'of scores filters on their observation',
        { view: 'scores-numeric', conditions: [text('observationName', 'b'), text('userId', 'user')] },
        [{ count_count: 2 }],
      ],
      [
        'of scores filters on themselves',
        {
          view: 'scores-numeric',
          dimensions: ['id'],
          conditions: [
            { column: 'value', type: 'number', operator: '>', value: 0.5 },
            { column: 'timestamp', type: 'time', operator: '<=', millis: NOON + 1 },
          ],
        },
        [{ id: 's2', count_count: 1 }],
      ],
      [
        'of scores knows runs and evaluators',
        { view: 'scores-numeric', dimensions: ['datasetRunId', 'evaluatorId'] },
        [
          { datasetRunId: null, evaluatorId: '', count_count: 1 },
          { datasetRunId: null, evaluatorId: 'e', count_count: 1 },
          { datasetRunId: 'run', evaluatorId: '', count_count: 1 },
        ],
      ],
      [
        'of scores filters on their metadata',
        {
          view: 'scores-numeric',
          conditions: [
            { column: 'metadata', type: 'keyedText', key: 'evaluator_id', operator: 'contains', value: 'e' },
          ],
        },
        [{ count_count: 1 }],
      ],
      ['shows so many groups', { dimensions: ['name'], limit: 1 }, [{ name: 'a', count_count: 1 }]],
    ])('findMetrics() %s', (_what, fields, expected) => {
      expect(filled().findMetrics(query(fields))).toEqual(expected)
    })

    it('findMetrics() lets nothing into the SQL', () => {
      const store = filled()
      for (const fields of [
        { dimensions: ['1; DROP TABLE scores'] },
        { metrics: figures('sum_1)--') },
        { conditions: [text('x', '')] },
      ]) {
        expect(() => store.findMetrics(query(fields))).toThrow()
      }
      expect(store.findMetrics(query({ conditions: [text('name', "' OR 1 --")] }))).toEqual([{ count_count: 0 }])
    })
  })
}
