import { afterEach, describe, expect, it } from 'vitest'
import { rootRow } from '../testing/rows.fixture.js'
import { type Rig, startLoader } from '../testing/start-loader.fixture.js'

const open: Rig[] = []
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
})

async function start(times: readonly number[]): Promise<Rig> {
  const observations = times.map((millis, index) => rootRow(`t${String(index).padStart(6, '0')}`, millis))
  const rig = await startLoader({ observations })
  open.push(rig)
  return rig
}

describe('readRoots()', () => {
  it.each<[string, number[], number]>([
    ['evenly dense', Array.from({ length: 6500 }, (_, index) => -index * 10), 11],
    ['a burst after silence', [...Array.from({ length: 3000 }, (_, index) => -index), -1e8, -2e8], 8],
    // The borders of all parts and pages fall into such a millisecond.
    ['25 in every millisecond', Array.from({ length: 5000 }, (_, index) => -Math.floor(index / 25)), 8],
    ['all in one millisecond', Array.from({ length: 2500 }, () => 0), 8],
  ])('readRoots() finds every root once, newest first, with few requests: %s', async (_, times, requests) => {
    const { loader, server } = await start(times)
    const found = await loader.fetchTraces({ limit: Number.POSITIVE_INFINITY, fetchFullTraces: false })
    expect(new Set(found.map(({ id }) => id)).size).toBe(times.length)
    expect(found.length).toBe(times.length)
    const starts = found.map(({ timestamp }) => timestamp.getTime())
    expect(starts).toEqual(starts.toSorted((a, b) => b - a))
    expect(server.requests.length).toBeLessThanOrEqual(requests)
    expect(await loader.countTraces()).toBe(times.length)
  })

  it('readRoots() reads no further than the limit', async () => {
    const { loader, server } = await start(Array.from({ length: 6500 }, (_, index) => -index * 10))
    expect((await loader.fetchTraces({ limit: 2500, fetchFullTraces: false })).length).toBe(2500)
    expect(server.requests.length).toBeLessThanOrEqual(3)
  })
})
