import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyId, anyMillis, anyObservation, anyScore, anyText } from '../arbitrary-rows.fixture.js'
import { openMemoryStore } from '../memory/memory-store.js'
import { openSqliteStore } from '../sqlite-store.js'
import type { Store } from '../store.js'
import type { ChartQuery } from './chart.js'
import type { TraceFilter } from './trace-filter.js'
import type { ViewerStore } from './viewer-store.js'

/** Observations of a trace name one user and one session: which of several counts, where the root names none, is not promised. */
const SESSIONS: Readonly<Record<string, string>> = { t1: 'a', T1: 'a', t2: 'A', '😀': '\uE000', '0': 'x\0y', '00': '%' }
const observations = fc.array(anyObservation, { maxLength: 14 }).map((all) =>
  all.map((observation) => {
    const { traceId, userId, sessionId } = observation
    return { ...observation, userId: userId && traceId, sessionId: sessionId && (SESSIONS[traceId] ?? '') }
  }),
)
// Of scores of one moment and name any one may be shown as the newest.
const scores = fc
  .array(anyScore, { maxLength: 10 })
  .map((all) => all.map((score, index) => ({ ...score, timestampMillis: score.timestampMillis + index })))
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined })
const few = (values: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.array(values, { maxLength: 2 }) },
  )
const limit = fc.constantFrom(1, 3, 100)
const times = fc.record({ fromMillis: anyMillis, toMillis: anyMillis }, { requiredKeys: [] })

const anyComparison = fc.oneof(
  fc.record({ operator: fc.constantFrom('=', '>=', '<='), value: fc.constantFrom(0, 0.5) }),
  fc.record({ operator: fc.constant('='), value: anyText }),
)
const filter: fc.Arbitrary<TraceFilter> = fc
  .tuple(
    times,
    fc.record({
      ...{ names: few(anyText), tags: few(anyText), sessionIds: few(anyText), userIds: few(anyId) },
      environments: few(fc.constantFrom('default', 'prod')),
      scores: fc.array(fc.record({ name: anyText, comparison: anyComparison }, { requiredKeys: ['name'] }), {
        maxLength: 1,
      }),
    }),
    fc.record({ level: fc.constantFrom('WARNING', 'ERROR') }, { requiredKeys: [] }),
  )
  .map(([within, all, level]) => ({ ...within, ...all, ...level }))

describe('every adapter of ViewerStore', () => {
  let directory: string
  let stores: readonly Store[]

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'axion-viewers-'))
    stores = [openSqliteStore(join(directory, 'axion.db')), openMemoryStore()]
  })
  afterAll(() => {
    for (const store of stores) store.close()
    rmSync(directory, { recursive: true, force: true })
  })

  /** Fails unless all stores give the same of random rows. */
  function expectSame<Query>(query: fc.Arbitrary<Query>, ask: (viewer: ViewerStore, query: Query) => unknown): void {
    const property = fc.property(observations, scores, query, (someObservations, someScores, asked) => {
      const [first, ...others] = stores.map((store) => {
        store.prune({ olderThanMillis: Number.MAX_SAFE_INTEGER })
        // In two batches, whose sums are added up.
        const half = someObservations.length / 2
        for (const batch of [someObservations.slice(0, half), someObservations.slice(half)]) {
          store.putObservations(batch)
          store.viewer.findTraceRow('')
        }
        store.putScores(someScores)
        return ask(store.viewer, asked)
      })
      for (const other of others) expect(other).toEqual(first)
    })
    fc.assert(property, { numRuns: 200 })
  }

  it('findTraceRows() and findTraceRow() list the same', () => {
    const after = maybe(fc.record({ startMillis: anyMillis, traceId: anyId }))
    expectSame(fc.record({ filter, after, limit, traceId: anyId }), (viewer, { traceId, ...query }) =>
      // Tags stand in no order.
      [...viewer.findTraceRows(query), viewer.findTraceRow(traceId)].map(
        (row) => row && { ...row, tags: row.tags.toSorted() },
      ),
    )
  })

  it('readTraceColumns() and findNeighbours() read the same', () => {
    expectSame(fc.record({ traceId: anyId, filter, startMillis: anyMillis }), (viewer, query) => [
      viewer.findTraceRow(query.traceId)?.traceId,
      JSON.parse(viewer.readTraceColumns(query.traceId)),
      viewer.findNeighbours(query, query.filter),
    ])
  })

  it('readVolume() and readFacets() count the same', () => {
    expectSame(fc.record({ filter, maxBuckets: fc.constantFrom(2, 10) }), (viewer, query) => [
      viewer.readVolume(query.filter, query.maxBuckets),
      viewer.readFacets(),
    ])
  })

  it('findSessions() and findSessionTurns() list the same', () => {
    const query = fc.record({
      ...{ times, limit, sessionId: maybe(anyText), text: maybe(anyText), turnsOf: anyText },
      after: maybe(fc.record({ newestMillis: anyMillis, sessionId: anyText })),
      before: maybe(fc.record({ startMillis: anyMillis, traceId: anyId })),
    })
    expectSame(query, (viewer, { times: within, turnsOf, before, ...asked }) => [
      // Users stand in no order.
      viewer.findSessions({ ...within, ...asked }).map((row) => ({ ...row, userIds: row.userIds.toSorted() })),
      viewer.findSessionTurns({ sessionId: turnsOf, before, limit: asked.limit }),
    ])
  })

  it('findExperimentTotals() and findExperimentItems() sum up the same', () => {
    const ids = fc.array(fc.constantFrom('e1', 'e2', '😀', ''), { maxLength: 3 })
    expectSame(fc.record({ ids, limit }), (viewer, query) => [
      viewer
        .findExperimentTotals(query.ids)
        .toSorted((one, other) => (one.experimentId < other.experimentId ? -1 : 1))
        // SQLite hands over means with 15 digits.
        .map(({ scores: means, ...totals }) => ({
          ...totals,
          scores: means.map((score) => ({ ...score, mean: score.mean.toPrecision(12) })),
        })),
      ...query.ids.map((id) => viewer.findExperimentItems(id, query.limit)),
    ])
  })

  it('readCharts() draws the same', () => {
    const query: fc.Arbitrary<ChartQuery> = fc
      .tuple(
        times,
        fc.record({ by: fc.constantFrom('name', 'model'), only: few(anyText), maxBuckets: fc.constantFrom(2, 60) }),
        fc.record({ maxRows: fc.constantFrom(1, 3) }, { requiredKeys: [] }),
      )
      .map(([within, all, most]) => ({ ...within, ...all, ...most }))
    expectSame(query, (viewer, asked) => viewer.readCharts(asked))
  })
})
