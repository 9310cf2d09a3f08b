import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Observation } from '../model/observation.js'
import { SCORE_DATA_TYPES, SCORE_SOURCES, type Score } from '../model/score.js'
import { anyConditions } from './arbitrary-conditions.fixture.js'
import {
  anyId,
  anyLegacyObservation,
  anyLegacyTrace,
  anyMillis,
  anyObservation,
  anyScore,
  anyText,
} from './arbitrary-rows.fixture.js'
import { LEGACY_OBSERVATION_COLUMNS, LEGACY_SESSION_COLUMNS, LEGACY_TRACE_COLUMNS } from './legacy-columns.js'
import { LEGACY_TRACE_ORDERS } from './legacy-store.js'
import { openMemoryStore } from './memory/memory-store.js'
import type { ColumnKind } from './observation-columns.js'
import { SCORE_FILTER_COLUMNS, type ScoreCondition } from './score-filter-columns.js'
import { openSqliteStore } from './sqlite-store.js'
import type { Store } from './store.js'

const RUNS = { numRuns: 300 }

interface Rows {
  readonly observations: Observation[]
  readonly scores: Score[]
}

const rows: fc.Arbitrary<Rows> = fc.record({
  observations: fc.array(anyObservation, { maxLength: 12 }),
  scores: fc.array(anyScore, { maxLength: 8 }),
})
/** What scores are filtered on: all of it is text, but for these. */
const SCORE_KINDS: Readonly<Record<string, { readonly kind: ColumnKind }>> = {
  ...Object.fromEntries(Object.keys(SCORE_FILTER_COLUMNS).map((column) => [column, { kind: 'text' }] as const)),
  timestamp: { kind: 'time' },
  value: { kind: 'number' },
  metadata: { kind: 'keyed' },
  traceTags: { kind: 'array' },
}

const page = fc.record({ limit: fc.constantFrom(-1, 0, 1, 3, 100), offset: fc.constantFrom(0, 1, 2) })
const limit = fc.constantFrom(1, 3, 100)
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined })
const someOf = (values: fc.Arbitrary<string>): fc.Arbitrary<string[] | undefined> =>
  maybe(fc.array(values, { maxLength: 3 }))

describe('every adapter of Store', () => {
  let directory: string
  let stores: readonly Store[]

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'axion-stores-'))
    stores = [openSqliteStore(join(directory, 'axion.db')), openMemoryStore()]
  })
  afterAll(() => {
    for (const store of stores) store.close()
    rmSync(directory, { recursive: true, force: true })
  })

  /** Puts the same into all stores, and fails unless all give the same. */
  function expectSame(fill: (store: Store) => void, ask: (store: Store) => unknown): void {
    const [first, ...others] = stores.map((store) => {
      store.prune({ olderThanMillis: Number.MAX_SAFE_INTEGER })
      fill(store)
      return ask(store)
    })
    for (const other of others) expect(other).toEqual(first)
  }

  function put({ observations, scores }: Rows): (store: Store) => void {
    return (store) => {
      store.putObservations(observations)
      store.putScores(scores)
    }
  }

  it('findObservations() finds the same by any condition, in the same order, after any row', () => {
    const query = fc.record({
      conditions: anyConditions(),
      order: fc.constantFrom('newest', 'oldest'),
      after: maybe(fc.record({ startTimeMillis: anyMillis, traceId: anyId, id: anyId })),
      limit,
      parts: fc.subarray(['io', 'metadata'] as const),
    })
    fc.assert(
      fc.property(rows, query, (given, asked) => expectSame(put(given), (store) => store.findObservations(asked))),
      { numRuns: 1500 },
    )
  })

  it('findTraces() and findTrace() sum up the same', () => {
    const query = fc.record({ after: maybe(fc.record({ newestStartMillis: anyMillis, traceId: anyId })), limit })
    fc.assert(
      fc.property(rows, query, anyId, (given, asked, traceId) =>
        expectSame(put(given), (store) =>
          // Tags stand in no order.
          [...store.findTraces(asked), store.findTrace(traceId)].map(
            (trace) => trace && { ...trace, tags: trace.tags.toSorted() },
          ),
        ),
      ),
      RUNS,
    )
  })

  it('findScores() and findLatestScores() find the same', () => {
    const query = fc.record({
      ...{ limit, after: maybe(fc.record({ timestampMillis: anyMillis, id: anyId })) },
      ...{ ids: someOf(anyId), names: someOf(anyText), environments: someOf(fc.constantFrom('default', 'x')) },
      ...{ sources: maybe(fc.subarray([...SCORE_SOURCES])), dataTypes: maybe(fc.subarray([...SCORE_DATA_TYPES])) },
      ...{ configIds: someOf(anyText), queueIds: someOf(anyText), authorUserIds: someOf(anyText) },
      ...{ traceIds: someOf(anyId), sessionIds: someOf(anyText), observationIds: someOf(anyId) },
      ...{ datasetRunIds: someOf(fc.constantFrom('e1', 'e2')), strings: someOf(anyText) },
      ...{ numbers: maybe(fc.subarray([0, 0.5, 1])), minValue: maybe(fc.constantFrom(0, 0.5)) },
      ...{ maxValue: maybe(fc.constantFrom(0, 0.5)), fromMillis: maybe(anyMillis), toMillis: maybe(anyMillis) },
    })
    // All at once would find nothing.
    const restricted = fc
      .tuple(query, fc.subarray(Object.keys(sampleOf(query)), { maxLength: 3 }))
      .map(([all, keys]) => ({
        limit: all.limit,
        ...Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key))),
      }))
    const ids = fc.array(anyId, { maxLength: 4 })
    const latest = fc.record({ fromMillis: anyMillis, toMillis: anyMillis, limitEach: limit })
    fc.assert(
      fc.property(rows, restricted, latest, ids, ids, (given, asked, window, traceIds, observationIds) =>
        expectSame(put(given), (store) => [
          store.findScores(asked),
          store.findLatestScores({ ...window, about: 'traces', traceIds, observationIds }),
          store.findLatestScores({ ...window, about: 'experiments', experimentIds: ['e1', 'e2'] }),
        ]),
      ),
      RUNS,
    )
  })

  it('findScores() finds the same by any condition', () => {
    const legacyTraces = fc.array(anyLegacyTrace, { maxLength: 5 })
    fc.assert(
      fc.property(rows, legacyTraces, anyConditions(SCORE_KINDS), (given, traces, conditions) =>
        expectSame(
          (store) => {
            put(given)(store)
            store.legacy.putLegacy(traces, [])
          },
          (store) => store.findScores({ limit: 100, conditions: conditions as ScoreCondition[] }),
        ),
      ),
      { numRuns: 600 },
    )
  })

  it('findExperiments() sums up the same', () => {
    const query = fc.record({
      ...{ fromMillis: anyMillis, toMillis: maybe(anyMillis), conditions: anyConditions(), limit },
      after: maybe(fc.record({ newestStartMillis: anyMillis, experimentId: fc.constantFrom('e1', 'e2', '') })),
    })
    fc.assert(
      fc.property(rows, query, (given, asked) => expectSame(put(given), (store) => store.findExperiments(asked))),
      { numRuns: 600 },
    )
  })

  it('the legacy store finds and sums up the same', () => {
    const legacy = fc.record({
      traces: fc.array(anyLegacyTrace, { maxLength: 6 }),
      observations: fc.array(anyLegacyObservation, { maxLength: 10 }),
      scores: fc.array(anyScore, { maxLength: 5 }),
    })
    const order = fc.record({ by: fc.constantFrom(...LEGACY_TRACE_ORDERS), direction: fc.constantFrom('ASC', 'DESC') })
    const asked = fc.record({
      ...{ order, page, id: anyId, traces: anyConditions(LEGACY_TRACE_COLUMNS) },
      observations: anyConditions(LEGACY_OBSERVATION_COLUMNS),
      sessions: anyConditions(LEGACY_SESSION_COLUMNS),
    })
    fc.assert(
      fc.property(legacy, asked, ({ traces, observations, scores }, query) =>
        expectSame(
          (store) => {
            store.legacy.putLegacy(traces, observations)
            store.putScores(scores)
          },
          ({ legacy: store }) => [
            store.findKnownTrace(query.id),
            store.findKnownObservation(query.id, query.id),
            store.findLegacyTrace(query.id),
            store.findLegacyTraces(query.traces, query.order, query.page),
            store.findLegacyObservations(query.observations, query.page),
            store.findLegacySessions(query.sessions, query.page),
          ],
        ),
      ),
      { numRuns: 600 },
    )
  })

  it('prune() and deleteTrace() leave the same', () => {
    const legacy = fc.record({ traces: fc.array(anyLegacyTrace), observations: fc.array(anyLegacyObservation) })
    fc.assert(
      fc.property(rows, legacy, anyMillis, anyId, (given, { traces, observations }, olderThanMillis, traceId) =>
        expectSame(
          (store) => {
            put(given)(store)
            store.legacy.putLegacy(traces, observations)
          },
          (store) => [
            store.prune({ olderThanMillis }),
            store.deleteTrace(traceId),
            store.findObservations({ conditions: [], limit: 100, parts: [] }),
            store.findScores({ limit: 100 }),
            store.legacy.findLegacyTraces([], { by: 'id', direction: 'ASC' }, { limit: -1, offset: 0 }),
            store.legacy.findLegacyObservations([], { limit: -1, offset: 0 }),
          ],
        ),
      ),
      RUNS,
    )
  })
})

function sampleOf<T>(arbitrary: fc.Arbitrary<T>): T {
  const [first] = fc.sample(arbitrary, 1)
  if (first === undefined) throw new Error('nothing to sample')
  return first
}
