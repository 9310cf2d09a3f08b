import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../test-server.fixture.js'
import { openSqliteStore } from './sqlite-store.js'
import type { Store } from './store.js'
import { STORE_ADAPTERS } from './store-adapters.fixture.js'
import { observation, score } from './stored-rows.fixture.js'

const KILOBYTES = 'x'.repeat(2000)

function fill(store: Store, from: number, count: number): void {
  const rows = Array.from({ length: count }, (_, index) => {
    const number = String(from + index).padStart(6, '0')
    return observation({ traceId: `t${number}`, id: number, startTimeMillis: from + index, input: KILOBYTES })
  })
  store.putObservations(rows)
}

function ids(store: Store): string[] {
  return store.findObservations({ conditions: [], limit: 100_000, parts: [] }).map(({ id }) => id)
}

describe.each(STORE_ADAPTERS)('prune(), %s', (_name, open) => {
  it('prune() deletes what is older, traces as a whole, and their scores', () => {
    const store = open()
    store.putObservations([
      observation({ traceId: 'old', id: 'old', startTimeMillis: 99 }),
      observation({ traceId: 'lasting', id: 'begin', startTimeMillis: 1 }),
      observation({ traceId: 'lasting', id: 'end', startTimeMillis: 100 }),
    ])
    store.putScores([score({ id: 'a', timestampMillis: 99 }), score({ id: 'b', timestampMillis: 100 })])
    expect(store.prune({ olderThanMillis: 100 })).toBe(1)
    expect(ids(store)).toEqual(['end', 'begin'])
    expect(store.findScores({ limit: 10 }).map(({ id }) => id)).toEqual(['b'])
    expect(store.prune({ olderThanMillis: 100 })).toBe(0)
  })

  it('prune() deletes the oldest until the rest has no more bytes than it may', () => {
    const store = open()
    const maxBytes = 12 * 1024 * 1024
    for (let round = 0; round < 6; round++) {
      fill(store, round * 3000, 3000)
      store.prune({ maxBytes })
    }
    const kept = ids(store)
    expect(kept[0]).toBe('017999')
    expect(kept.length).toBeGreaterThan(1000)
    expect(kept.length).toBeLessThan(6000)
    // Without a gap: only the oldest went.
    expect(Number(kept[0]) - Number(kept.at(-1))).toBe(kept.length - 1)
  })

  it('prune() empties a store that may have nothing, and keeps all of one within its limits', () => {
    const store = open()
    fill(store, 0, 2500)
    expect(store.prune({ maxBytes: 1024 ** 3 })).toBe(0)
    expect(store.prune({})).toBe(0)
    expect(store.prune({ maxBytes: 0 })).toBe(2500)
    expect(ids(store)).toEqual([])
  })

  it('prune() gets past a trace that began first and lasts', () => {
    const store = open()
    const lasting = Array.from({ length: 3000 }, (_, index) =>
      observation({ traceId: 'lasting', id: `l${index}`, startTimeMillis: index, input: KILOBYTES }),
    )
    store.putObservations([...lasting, observation({ traceId: 'lasting', id: 'end', startTimeMillis: 1_000_000 })])
    fill(store, 10_000, 2000)
    store.prune({ maxBytes: 12 * 1024 * 1024 })
    expect(ids(store)).not.toContain('010000')
    expect(ids(store)).toContain('end')
  })
})

describe('pruneStore()', () => {
  it('pruneStore() makes room in the file, which grows no further', () => {
    const path = join(temporaryDirectory(), 'axion.db')
    const store = openSqliteStore(path)
    const maxBytes = 12 * 1024 * 1024
    for (let round = 0; round < 6; round++) {
      fill(store, round * 3000, 3000)
      store.prune({ maxBytes })
    }
    store.close()
    // What one round adds before it is pruned.
    expect(statSync(path).size).toBeLessThan(2 * maxBytes)
  })
})
