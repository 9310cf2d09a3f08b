import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc, { type Arbitrary } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyConditions } from './arbitrary-conditions.fixture.js'
import { anyLegacyObservation, anyLegacyTrace, anyMillis, anyObservation, anyScore } from './arbitrary-rows.fixture.js'
import { openMemoryStore } from './memory/memory-store.js'
import { AGGREGATIONS, type Metric, type MetricQuery, type MetricRow, type MetricViewName } from './metric-query.js'
import type { MetricView } from './metric-view.js'
import { METRIC_VIEWS } from './metric-views.js'
import type { ColumnKind } from './observation-columns.js'
import { openSqliteStore } from './sqlite-store.js'
import type { Store } from './store.js'

const KINDS: Readonly<Record<string, ColumnKind>> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  array: 'array',
}

const anyRows = fc.record({
  observations: fc.array(anyObservation, { maxLength: 12 }),
  scores: fc.array(anyScore, { maxLength: 10 }),
  legacyTraces: fc.array(anyLegacyTrace, { maxLength: 6 }),
  legacyObservations: fc.array(anyLegacyObservation, { maxLength: 10 }),
})

const anyQuery: Arbitrary<MetricQuery> = fc
  .constantFrom(...(Object.keys(METRIC_VIEWS) as MetricViewName[]))
  .chain((view) => queriesOf(view, METRIC_VIEWS[view]))

function queriesOf(view: MetricViewName, { dimensions, measures, time }: MetricView): Arbitrary<MetricQuery> {
  const columns: Record<string, { kind: ColumnKind }> = { [time.name]: { kind: 'time' }, metadata: { kind: 'keyed' } }
  for (const [name, { type }] of dimensions) columns[name] = { kind: KINDS[type] ?? 'text' }
  const anyMetric = fc.constantFrom(...measures).chain(
    ([measure, { type }]): Arbitrary<Metric> =>
      fc.record({
        measure: fc.constant(measure),
        // Ids and names are not added up.
        aggregation:
          type === 'string' ? fc.constantFrom('count', 'uniq', 'min', 'max') : fc.constantFrom(...AGGREGATIONS),
      }),
  )
  const parts = fc.record({
    dimensions: fc.subarray([...dimensions.keys()], { maxLength: 2 }),
    granularity: fc.option(fc.constantFrom('minute', 'hour', 'day', 'week', 'month'), { nil: undefined }),
    metrics: fc.array(anyMetric, { maxLength: 2 }),
    conditions: anyConditions(columns),
    ...{ fromMillis: anyMillis, toMillis: anyMillis, limit: fc.constantFrom(1, 3, 100), bins: fc.constantFrom(1, 3) },
  })
  return parts.chain(({ dimensions: some, ...query }) => {
    // A value of an entry of a record needs the entry.
    const needed = query.metrics.flatMap(({ measure }) => measures.get(measure)?.ofDimension ?? [])
    const shown = [...new Set([...some, ...needed])]
    const figures = query.metrics.map(({ measure, aggregation }) => `${aggregation}_${measure}`)
    const fields = [...shown, ...figures, ...(query.granularity === undefined ? [] : ['time_dimension'])]
    const anyOrder = fc.record({ field: fc.constantFrom('', ...fields), direction: fc.constantFrom('asc', 'desc') })
    return fc
      .array(anyOrder, { maxLength: 2 })
      .map((orderBy): MetricQuery => ({ ...query, dimensions: shown, view, orderBy }))
  })
}

describe('every adapter of Store', () => {
  let directory: string
  let stores: readonly Store[]

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'axion-metrics-'))
    stores = [openSqliteStore(join(directory, 'axion.db')), openMemoryStore()]
  })
  afterAll(() => {
    for (const store of stores) store.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('findMetrics() groups and sums up the same', () => {
    const property = fc.property(anyRows, anyQuery, (rows, query) => {
      const [first, ...others] = stores.map((store) => {
        store.prune({ olderThanMillis: Number.MAX_SAFE_INTEGER })
        store.putObservations(rows.observations)
        store.putScores(rows.scores)
        store.legacy.putLegacy(rows.legacyTraces, rows.legacyObservations)
        return rounded(store.findMetrics(query))
      })
      for (const other of others) expect(other).toEqual(first)
    })
    fc.assert(property, { numRuns: 1000 })
  })
})

/** SQLite hands over the values of a group, from which quantiles are calculated, with 15 digits. */
function rounded(rows: readonly MetricRow[]): unknown {
  return JSON.parse(JSON.stringify(rows), (_key, value) =>
    typeof value === 'number' ? Number(value.toPrecision(12)) : value,
  )
}
