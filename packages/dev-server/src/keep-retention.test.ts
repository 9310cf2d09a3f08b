import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { keepRetention } from './keep-retention.js'
import { openSqliteStore } from './store/sqlite-store.js'
import { observation } from './store/stored-rows.fixture.js'
import { exportOf, span, startTestServer, temporaryDirectory } from './test-server.fixture.js'

describe('keepRetention()', () => {
  it('keepRetention() deletes what became too old, once a minute, until it is ended', () => {
    const store = openSqliteStore(`${temporaryDirectory()}/axion.db`)
    onTestFinished(() => store.close())
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const count = (): number => store.findObservations({ conditions: [], limit: 10, parts: [] }).length
    let now = 1000
    store.putObservations([observation({ startTimeMillis: 1000 })])
    const end = keepRetention(store, { maxAgeMillis: 500 }, () => now)
    now = 1501
    expect(count()).toBe(1)
    vi.advanceTimersByTime(60_000)
    expect(count()).toBe(0)
    end()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('startDevServer() deletes at its start what is older than it may be', async () => {
    const dataDir = temporaryDirectory()
    const first = await startTestServer({ dataDir })
    await first.ingest(span({}))
    await first.close()
    const start = 1_795_406_882_480
    const kept = await startTestServer({ dataDir, clock: () => start + 1000, retention: { maxAgeMillis: 1000 } })
    expect(await kept.observations()).toHaveLength(1)
    await kept.close()
    const pruned = await startTestServer({ dataDir, clock: () => start + 1001, retention: { maxAgeMillis: 1000 } })
    expect(await pruned.observations()).toEqual([])
  })
})

describe('refuseWrites()', () => {
  it('refuseWrites() lets a read-only server answer what it has, and take nothing', async () => {
    const dataDir = temporaryDirectory()
    const first = await startTestServer({ dataDir })
    await first.ingest(span({}))
    await first.close()
    const server = await startTestServer({ dataDir, readOnly: true })
    for (const [method, path, body] of [
      ['POST', '/api/public/otel/v1/traces', exportOf(span({ spanId: 'new' }))],
      ['POST', '/api/public/scores', { name: 'a', value: 1, traceId: 't' }],
      ['PUT', '/media/x', 'content'],
      ['PATCH', '/api/public/media/x', {}],
      ['DELETE', '/api/public/traces/0af7651916cd43dd8448eb211c80319c', undefined],
    ] as const) {
      expect([path, (await server.send(method, path, body)).status]).toEqual([path, 403])
    }
    expect(await server.observations()).toHaveLength(1)
  })
})
