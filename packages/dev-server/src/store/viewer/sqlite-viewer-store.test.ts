import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryDirectory } from '../../test-server.fixture.js'
import { openSqliteStore } from '../sqlite-store.js'
import type { Store } from '../store.js'
import { observation } from '../stored-rows.fixture.js'
import type { TraceFilter } from './trace-filter.js'

function open(path = join(temporaryDirectory(), 'axion.db')): Store {
  const store = openSqliteStore(path)
  onTestFinished(() => {
    try {
      store.close()
    } catch {
      // A test closed it already.
    }
  })
  return store
}

const ALL: TraceFilter = { names: [], tags: [], sessionIds: [], userIds: [], environments: [], scores: [] }

function listed(store: Store, filter: Partial<TraceFilter> = {}): string[] {
  return store.viewer.findTraceRows({ filter: { ...ALL, ...filter }, limit: 100 }).map(({ traceId }) => traceId)
}

describe('SqliteViewerStore', () => {
  it('findTraceRows() goes on where an earlier process stopped', () => {
    const path = join(temporaryDirectory(), 'axion.db')
    const first = open(path)
    first.putObservations([observation({ traceId: 'early' })])
    // Closed before anything looked.
    first.close()
    const second = open(path)
    second.putObservations([observation({ id: 'x', traceId: 'early' }), observation({ traceId: 'late' })])
    expect(listed(second)).toEqual(['late', 'early'].toSorted().toReversed())
    expect(second.viewer.findTraceRow('early')?.observationCount).toBe(2)
  })

  it('findTraceRows() finds the same words before and after they are indexed', async () => {
    const store = open()
    store.putObservations([
      observation({ input: 'a rare word: xylophone' }),
      observation({ traceId: 't2', input: 'none' }),
    ])
    expect(store.viewer.countUnindexed()).toBe(2)
    expect(listed(store, { text: 'xylophone' })).toEqual(['t1'])
    await expect.poll(() => store.viewer.countUnindexed()).toBe(0)
    expect(listed(store, { text: 'xylophone' })).toEqual(['t1'])
  })
})
