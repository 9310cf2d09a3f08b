import { existsSync } from 'node:fs'
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExportTracesOptions } from '../options/resolve-trace-export.js'
import { sendJson } from '../testing/langfuse-server.fixture.js'
import { childRow, rootRow } from '../testing/rows.fixture.js'
import { failureOf, type Rig, startLoader } from '../testing/start-loader.fixture.js'
import type { StoredRow } from '../testing/stored-rows.fixture.js'

let folder: string
let to: string
let checkpoint: string
const open: Rig[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'axion-'))
  to = join(folder, 'traces.jsonl')
  checkpoint = join(folder, 'export.checkpoint')
})
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
  await rm(folder, { recursive: true })
})

// Large enough that the file is checkpointed several times on the way.
const observations: StoredRow[] = Array.from({ length: 300 }, (_, index) => {
  const id = `t${String(index).padStart(3, '0')}`
  return [rootRow(id, index, { input: 'ä'.repeat(8000) }), childRow(id, `${id}-c`, `${id}-root`, index)]
}).flat()
const allIds = [...new Set(observations.map(({ traceId }) => traceId))].toReversed()

async function start(): Promise<Rig> {
  const rig = await startLoader({ observations: observations.slice() })
  open.push(rig)
  return rig
}

async function idsIn(path: string): Promise<string[]> {
  const lines = (await readFile(path, 'utf8')).split('\n')
  expect(lines.pop()).toBe('')
  return lines.map((line) => JSON.parse(line).rows[0].traceId)
}

describe('exportTraces()', () => {
  it('exportTraces() writes every trace once, newest first, all of them unless there is a limit', async () => {
    const { loader } = await start()
    await writeFile(to, 'former\n')
    expect(await loader.exportTraces({ to })).toEqual({ path: to, items: 300 })
    expect(await idsIn(to)).toEqual(allIds)
    expect(await loader.exportTraces({ to, limit: 2, checkpoint })).toEqual({ path: to, items: 2 })
    expect(await idsIn(to)).toEqual(allIds.slice(0, 2))
    expect(await readdir(folder)).toEqual(['traces.jsonl'])
  })

  it('exportTraces() writes what the transformation makes of a trace, or nothing', async () => {
    const { loader } = await start()
    const transform: ExportTracesOptions['transform'] = async ({ id }) => (id.endsWith('7') ? { id } : null)
    expect(await loader.exportTraces({ to, checkpoint, transform })).toEqual({ path: to, items: 30 })
    const lines = (await readFile(to, 'utf8')).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(allIds.filter((id) => id.endsWith('7')))
  })

  it('exportTraces() goes on after a failure with each trace once, whatever stands behind what was noted', async () => {
    const { loader, server } = await start()
    await writeFile(to, 'former\n')
    let seen = 0
    const failing: ExportTracesOptions['transform'] = (trace) => {
      seen += 1
      if (seen === 160) throw new Error('stop')
      return trace
    }
    await expect(loader.exportTraces({ to, checkpoint, transform: failing })).rejects.toThrow('stop')
    expect(await readFile(to, 'utf8')).toBe('former\n')
    // As if the process had been killed after it had written more than it could note: more than what is still to come.
    await appendFile(`${to}.partial`, '{"rows":[{"traceId":"half"},'.repeat(400_000))
    const before = server.requests.length
    expect(await loader.exportTraces({ to, checkpoint, transform: (trace) => trace })).toEqual({ path: to, items: 300 })
    expect(await idsIn(to)).toEqual(allIds)
    const asked = server.requests.slice(before).flatMap(({ query }) => query.get('filter') ?? '')
    expect(asked.join()).not.toContain('"t299"')
    expect(await readdir(folder)).toEqual(['traces.jsonl'])
  })

  it.each<[string, unknown]>([
    ['a function', () => 1],
    ['what JSON leaves out', { toJSON: () => undefined }],
    ['a BigInt', { big: 1n }],
  ])('exportTraces() writes no line for %s, and says so', async (_, value) => {
    const { loader } = await start()
    const failure = await failureOf(loader.exportTraces({ to, transform: () => value }))
    expect(failure).toMatchObject({ code: 'invalid_dataset' })
    expect(failure.message).toMatch(/^Cannot write trace t299 as JSON/)
    expect(await readdir(folder)).toEqual([])
  })

  it.each(['before the file was put in its place', 'after it'])(
    'exportTraces() ends what was killed at its very end, %s',
    async (when) => {
      const { loader, server } = await start()
      await loader.exportTraces({ to, limit: 3 })
      const whole = await readFile(to)
      await expect(loader.exportTraces({ to, limit: 3, checkpoint, transform: stopAtOnce })).rejects.toThrow('stop')
      await appendFile(checkpoint, `{"isWhole":true,"bytes":${whole.length},"lines":3}\n`)
      if (when === 'after it') await rm(`${to}.partial`)
      else await writeFile(`${to}.partial`, whole)
      const before = server.requests.length
      expect(await loader.exportTraces({ to, limit: 3, checkpoint })).toEqual({ path: to, items: 3 })
      expect(server.requests.length).toBe(before)
      expect(await readFile(to)).toEqual(whole)
      expect(await readdir(folder)).toEqual(['traces.jsonl'])
    },
  )

  it('exportTraces() refuses to go on with a file that lost what it had, and with another file', async () => {
    const { loader } = await start()
    let seen = 0
    const failing = (trace: unknown): unknown => {
      seen += 1
      if (seen === 160) throw new Error('stop')
      return trace
    }
    await expect(loader.exportTraces({ to, checkpoint, transform: failing })).rejects.toThrow('stop')
    await truncate(`${to}.partial`, 10)
    expect(await failureOf(loader.exportTraces({ to, checkpoint }))).toMatchObject({ code: 'invalid_file' })
    await rm(`${to}.partial`)
    expect(await failureOf(loader.exportTraces({ to, checkpoint }))).toMatchObject({ code: 'invalid_file' })
    const other = join(folder, 'other.jsonl')
    expect(await failureOf(loader.exportTraces({ to: other, checkpoint }))).toMatchObject({ code: 'invalid_options' })
    expect(existsSync(checkpoint)).toBe(true)
  })

  it('exportTraces() leaves the former file alone when the server fails', async () => {
    const { loader, server } = await start()
    await writeFile(to, 'former\n')
    server.faults.push(
      () => false,
      (_, response) => {
        sendJson(response, 403, {})
        return true
      },
    )
    expect(await failureOf(loader.exportTraces({ to }))).toMatchObject({ code: 'forbidden' })
    expect([await readFile(to, 'utf8'), await readdir(folder)]).toEqual(['former\n', ['traces.jsonl']])
  })

  it.each<[string, Record<string, unknown>]>([
    ['to', {}],
    ['to', { to: '' }],
    ['to', { to: new URL('https://example.org/x') }],
    ['transform', { to: 'x.jsonl', transform: 'jsonl' }],
    ['partial', { to: 'x.jsonl', partial: 'return' }],
    ['limit', { to: 'x.jsonl', limit: 0 }],
    ['too', { to: 'x.jsonl', too: 1 }],
  ])('exportTraces() refuses a wrong option %s before any request', async (option, options) => {
    const { loader, server } = await start()
    // What JavaScript callers may write.
    const wrong = options as unknown as ExportTracesOptions
    expect(await failureOf(loader.exportTraces(wrong))).toMatchObject({ code: 'invalid_options', path: option })
    expect(server.requests.length).toBe(0)
  })
})

function stopAtOnce(): never {
  throw new Error('stop')
}
