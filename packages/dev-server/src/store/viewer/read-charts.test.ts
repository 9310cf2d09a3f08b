import { describe, expect, it } from 'vitest'
import { STORE_ADAPTERS } from '../store-adapters.fixture.js'
import { observation } from '../stored-rows.fixture.js'
import type { ChartQuery, Charts } from './chart.js'

/** A trace of one call, so many seconds after the epoch. */
function call(seconds: number): ReturnType<typeof observation> {
  const { details } = observation({})
  return observation({
    ...{
      traceId: `t${seconds}`,
      id: `o${seconds}`,
      startTimeMillis: seconds * 1000,
      endTimeMillis: seconds * 1000 + 5,
    },
    details: { ...details, model: 'm' },
  })
}

function summary(charts: Charts): unknown[] {
  const { series, fromMillis, bucketMillis, bucketCount, isPartial } = charts
  return [series[0]?.totals.count, fromMillis, fromMillis + bucketMillis * bucketCount, isPartial]
}

describe.each(STORE_ADAPTERS)('readCharts(), %s', (_name, open) => {
  it.each(['name', 'model'] as const)('readCharts() reads the newest by %s when there are more than it may', (by) => {
    const store = open()
    store.putObservations(Array.from({ length: 20 }, (_, index) => call(index)))
    const read = (query: Partial<ChartQuery>): unknown[] =>
      summary(store.viewer.readCharts({ by, only: [], maxBuckets: 60, ...query }))
    expect(read({})).toEqual([20, 0, 20_000, false])
    expect(read({ maxRows: 20 })).toEqual([20, 0, 20_000, false])
    // What is older is not shown as if nothing had been there.
    expect(read({ maxRows: 5 })).toEqual([5, 14_000, 20_000, true])
    expect(read({ maxRows: 5, fromMillis: 0, toMillis: 10_000 })).toEqual([5, 4000, 10_000, true])
    expect(read({ maxRows: 5, fromMillis: 16_000 })).toEqual([4, 16_000, 20_000, false])
  })
})
