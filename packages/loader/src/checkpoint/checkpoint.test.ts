import { existsSync } from 'node:fs'
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LangfuseTraceLoader } from '../langfuse-trace-loader.js'
import { holdClock } from '../testing/held-clock.fixture.js'
import { FIXTURE_KEYS, sendJson } from '../testing/langfuse-server.fixture.js'
import { childRow, rootRow, T0 } from '../testing/rows.fixture.js'
import { failureOf, type Rig, startLoader } from '../testing/start-loader.fixture.js'
import type { StoredRow } from '../testing/stored-rows.fixture.js'

let folder: string
let checkpoint: string
const open: Rig[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'axion-'))
  checkpoint = join(folder, 'fetch.checkpoint')
})
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
  await rm(folder, { recursive: true })
})

const observations: StoredRow[] = Array.from({ length: 300 }, (_, index) => {
  const id = `t${String(index).padStart(3, '0')}`
  return [rootRow(id, index), childRow(id, `${id}-c`, `${id}-root`, index)]
}).flat()
const allIds = [...new Set(observations.map(({ traceId }) => traceId))].toReversed()

async function start(): Promise<Rig> {
  const rig = await startLoader({ observations: observations.slice() })
  open.push(rig)
  return rig
}

describe('checkpoint', () => {
  it('streamTraces() goes on behind the trace that was done last, and takes the file away at the end', async () => {
    const { loader } = await start()
    const options = { limit: Number.POSITIVE_INFINITY, checkpoint }
    const first: string[] = []
    for await (const { id } of loader.streamTraces(options)) {
      // The reader leaves with one trace in hand, which it may not be done with.
      if (first.length === 130) break
      first.push(id)
    }
    const second: string[] = []
    for await (const { id } of loader.streamTraces(options)) second.push(id)
    expect([...first, ...second]).toEqual(allIds)
    expect(existsSync(checkpoint)).toBe(false)
  })

  it('fetchTraces() gives all traces, and reads those only once that a failed run has read', async () => {
    const { loader, server } = await start()
    const options = { limit: 300, checkpoint }
    // The roots and the first two batches.
    server.faults.push(
      () => false,
      () => false,
      () => false,
      ...Array.from({ length: 9 }, () => (_: unknown, response: Parameters<typeof sendJson>[0]) => {
        sendJson(response, 403, {})
        return true
      }),
    )
    expect(await failureOf(loader.fetchTraces(options))).toMatchObject({ code: 'forbidden' })
    server.faults.length = 0
    const before = server.requests.length
    const result = await loader.fetchTraces(options)
    expect(result.map(({ id }) => id)).toEqual(allIds)
    expect(new Set(result.map((trace) => trace.observations.length))).toEqual(new Set([2]))
    const asked = server.requests.slice(before).flatMap(({ query }) => query.get('filter') ?? '')
    expect(asked.join()).not.toContain('"t299"')
    expect(existsSync(checkpoint)).toBe(false)
  })

  it('streamTraces() neither moves its window nor counts new traces against the limit', async () => {
    const rows = observations.slice()
    const rig = await startLoader({ observations: rows })
    open.push(rig)
    const options = { limit: 100, daysBack: 1, checkpoint }
    const read = async (loader: LangfuseTraceLoader, count: number): Promise<string[]> => {
      const ids: string[] = []
      for await (const { id } of loader.streamTraces(options)) {
        if (ids.length === count) break
        ids.push(id)
      }
      return ids
    }
    const first = await read(rig.loader, 60)
    // Ten hours later, with forty traces more.
    rows.push(...Array.from({ length: 40 }, (_, index) => rootRow(`new${index}`, 4_000_000 + index)))
    const later = new LangfuseTraceLoader({ ...FIXTURE_KEYS, baseUrl: rig.server.url }, holdClock(T0 + 11 * 3_600_000))
    expect([...first, ...(await read(later, 1000))]).toEqual(allIds.slice(0, 100))
    await later.close()
  })

  it('streamTraces() reads on after a line that a kill has cut in two', async () => {
    const { loader } = await start()
    const options = { limit: Number.POSITIVE_INFINITY, checkpoint }
    const ids: string[] = []
    for await (const { id } of loader.streamTraces(options)) {
      if (ids.length === 50) break
      ids.push(id)
    }
    const whole = await readFile(checkpoint)
    for (const cut of [whole.length - 1, whole.length - 7]) {
      await writeFile(checkpoint, whole)
      await truncate(checkpoint, cut)
      const next: string[] = []
      for await (const { id } of loader.streamTraces(options)) {
        next.push(id)
        if (next.length === 3) break
      }
      // The trace of the cut line comes again: nobody knows that it was done.
      expect(next).toEqual(allIds.slice(49, 52))
      // And what was written behind the cut can be read.
      expect(await firstOf(loader.streamTraces(options))).toEqual([allIds[51]])
    }
    await writeFile(checkpoint, whole)
    expect(await firstOf(loader.streamTraces(options))).toEqual([allIds[50]])
  })

  it.each<[string, string]>([
    ['a file of something else', '{"query":"q"}\n'],
    ['a file that is no JSON', 'precious notes\nmore\n'],
  ])('streamTraces() refuses %s and leaves it alone', async (_, text) => {
    const { loader } = await start()
    await writeFile(checkpoint, text)
    expect(await failureOf(firstOf(loader.streamTraces({ checkpoint })))).toMatchObject({ code: 'invalid_file' })
    expect(await readFile(checkpoint, 'utf8')).toBe(text)
  })

  it('streamTraces() refuses the checkpoint of another fetch, and a broken line inside', async () => {
    const { loader, server } = await start()
    await firstOf(loader.streamTraces({ checkpoint, daysBack: 1 }))
    const sent = server.requests.length
    for (const other of [{ daysBack: 2 }, { daysBack: 1, limit: 7 }, { daysBack: 1, tags: ['x'] }]) {
      expect(await failureOf(firstOf(loader.streamTraces({ checkpoint, ...other })))).toMatchObject({
        code: 'invalid_options',
        path: 'checkpoint',
      })
    }
    expect(await failureOf(loader.fetchTraces({ checkpoint, daysBack: 1 }))).toMatchObject({ code: 'invalid_options' })
    await appendFile(checkpoint, 'garbage\n{"done":"t1"}\n')
    expect(await failureOf(firstOf(loader.streamTraces({ checkpoint, daysBack: 1 })))).toMatchObject({
      code: 'invalid_file',
    })
    expect(server.requests.length).toBe(sent)
  })

  it('streamTraces() says so when the checkpoint cannot be written', async () => {
    const { loader } = await start()
    const error = await failureOf(firstOf(loader.streamTraces({ checkpoint: join(folder, 'no', 'such', 'folder') })))
    expect(error).toMatchObject({ code: 'write_failed' })
  })
})

async function firstOf(traces: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  for await (const { id } of traces) return [id]
  return []
}
