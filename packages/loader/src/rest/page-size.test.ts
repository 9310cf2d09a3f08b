import { afterEach, describe, expect, it } from 'vitest'
import { type Fault, sendJson } from '../testing/langfuse-server.fixture.js'
import { childRow, rootRow } from '../testing/rows.fixture.js'
import { failureOf, type Rig, startLoader } from '../testing/start-loader.fixture.js'
import { createPageSize } from './page-size.js'

const open: Rig[] = []
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
})

const children = (count: number, size = 0) => [
  rootRow('t', 0),
  ...Array.from({ length: count - 1 }, (_, index) =>
    childRow('t', `c${index}`, 't-root', Math.floor(index / 25), size === 0 ? {} : { output: 'x'.repeat(size) }),
  ),
]

async function start(count: number, size: number, fault: Fault, options = {}): Promise<Rig> {
  const rig = await startLoader({ observations: children(count, size) }, options)
  open.push(rig)
  // For every request, as long as there are any.
  rig.server.faults.push(...Array.from({ length: 200 }, () => fault))
  return rig
}

const limits = ({ server }: Rig): number[] => server.requests.map(({ query }) => Number(query.get('limit')))
const refuseOver =
  (rows: number, status: number): Fault =>
  (_, response, url) => {
    if (Number(url.searchParams.get('limit')) <= rows) return false
    sendJson(response, status, { message: 'no' })
    return true
  }

describe('page size', () => {
  it('fetchTrace() asks for smaller pages after 413, and misses nothing', async () => {
    const rig = await start(600, 0, refuseOver(200, 413))
    expect((await rig.loader.fetchTrace('t')).observations.length).toBe(600)
    // It grows back and is refused again, so most pages come at the second try.
    expect(limits(rig).slice(0, 4)).toEqual([1000, 500, 250, 125])
    expect(Math.max(...limits(rig).slice(4))).toBeLessThanOrEqual(500)
  })

  it.each([500, 502, 503, 504])('fetchTrace() asks for smaller pages when large ones end in %i', async (status) => {
    const rig = await start(600, 0, refuseOver(300, status), { maxRetries: 0 })
    expect((await rig.loader.fetchTrace('t')).observations.length).toBe(600)
    expect(limits(rig).slice(0, 2)).toEqual([1000, 250])
  })

  it('fetchTrace() asks for smaller pages when large ones take too long', async () => {
    const silence: Fault = (_, __, url) => Number(url.searchParams.get('limit')) > 300
    const rig = await start(400, 0, silence, { maxRetries: 0, timeoutMillis: 300 })
    expect((await rig.loader.fetchTrace('t')).observations.length).toBe(400)
  })

  it('fetchTrace() gives a server in trouble three sizes and no more', async () => {
    const rig = await start(10, 0, refuseOver(0, 500), { maxRetries: 0 })
    expect(await failureOf(rig.loader.fetchTrace('t'))).toMatchObject({ code: 'unavailable', status: 500 })
    expect(limits(rig)).toEqual([1000, 250, 62])
  })

  it('fetchTrace() asks for smaller pages after an answer of more than 5 MB', async () => {
    const rig = await start(1500, 10_000, () => false)
    expect((await rig.loader.fetchTrace('t')).observations.length).toBe(1500)
    expect(limits(rig)[0]).toBe(1000)
    expect(limits(rig)[1]).toBeLessThan(500)
  })

  it('createPageSize() grows back when answers are small, up to where it began', () => {
    const size = createPageSize(1000)
    size.onAnswer(50_000_000, 1000)
    expect(size.rows()).toBe(100)
    for (const expected of [200, 400, 800, 1000, 1000]) {
      size.onAnswer(1000, size.rows())
      expect(size.rows()).toBe(expected)
    }
    // A small page because few rows were wanted says nothing of larger ones.
    size.onAnswer(20_000_000, 10)
    expect(size.rows()).toBe(2)
    size.onAnswer(10, 1)
    expect(size.rows()).toBe(2)
  })
})
