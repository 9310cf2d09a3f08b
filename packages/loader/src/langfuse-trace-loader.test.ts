import { afterEach, describe, expect, it } from 'vitest'
import { LangfuseTraceLoader } from './langfuse-trace-loader.js'
import { SYSTEM_PORTS } from './rest/ports.js'
import {
  FIXTURE_KEYS,
  type FixtureServer,
  type FixtureServerOptions,
  type StoredRow,
  startLangfuseServer,
} from './testing/langfuse-server.fixture.js'
import { at, childRow, rootRow, T0 } from './testing/rows.fixture.js'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close()
})

async function start(
  options: FixtureServerOptions,
  loaderOptions = {},
): Promise<{ server: FixtureServer; loader: LangfuseTraceLoader }> {
  const server = await startLangfuseServer(options)
  // An hour after the fixtures' T0.
  const ports = { ...SYSTEM_PORTS, now: () => T0 + 3_600_000, random: () => 0 }
  const loader = new LangfuseTraceLoader({ ...FIXTURE_KEYS, baseUrl: server.url, ...loaderOptions }, ports)
  open.push(server, loader)
  return { server, loader }
}

function traces(count: number, children: number): StoredRow[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `t${String(index).padStart(5, '0')}`
    const kids = Array.from({ length: children }, (_, child) =>
      childRow(id, `${id}-${child}`, `${id}-root`, index * 10 + child + 1),
    )
    return [rootRow(id, index * 10), ...kids]
  }).flat()
}

describe('LangfuseTraceLoader', () => {
  it('fetchTraces() hands out whole traces, newest first, as many as limit says', async () => {
    const { loader } = await start({ observations: traces(60, 3) })
    const result = await loader.fetchTraces()
    expect(result.length).toBe(50)
    expect(result.map((trace) => trace.id).slice(0, 3)).toEqual(['t00059', 't00058', 't00057'])
    expect(new Set(result.map((trace) => trace.observations.length))).toEqual(new Set([4]))
  })

  it('fetchTraces() reads 1,000 traces of 8 observations with at most 12 requests', async () => {
    const { loader, server } = await start({ observations: traces(1000, 7) })
    const result = await loader.fetchTraces({ limit: 1000 })
    expect(result.length).toBe(1000)
    expect(result.map((trace) => trace.observations.length).every((count) => count === 8)).toBe(true)
    expect(server.requests.length).toBeLessThanOrEqual(12)
  })

  it('fetchTraces() reads trace by trace when the server takes no lists of ids', async () => {
    const { loader, server } = await start({ observations: traces(30, 2), refusesTraceIdLists: true })
    const result = await loader.fetchTraces()
    expect(result.map((trace) => trace.observations.length)).toEqual(Array(30).fill(3))
    expect(result.at(0)?.id).toBe('t00029')
    // Discovery, the refused list, thirty traces.
    expect(server.requests.length).toBe(32)
  })
  void at
})
