import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { readItems } from '@axion/loader'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from '../filled-server.fixture.js'
import { environmentOf, postScore } from '../post-spans.fixture.js'
import { startRecordingProxy } from '../recording-proxy.fixture.js'
import { runAxion, startAxion } from '../run-axion.fixture.js'
import { FAILED_TRACE_ID, GOOD_TRACE_ID, STORED_SPANS, STORED_WINDOW } from '../stored-traces.fixture.js'

describe('axion traces export', () => {
  let filled: FilledServer
  let env: Record<string, string>

  beforeAll(async () => {
    filled = await startFilledServer(STORED_SPANS)
    await postScore(filled.server, GOOD_TRACE_ID, 'helpful', 1)
    env = environmentOf(filled.server)
  })
  afterAll(() => filled.close())

  it('tracesExport() writes whole traces as JSON Lines, with their scores if asked to', async () => {
    const path = join(filled.folder, 'new', 'all.jsonl')
    const run = await runAxion(['traces', 'export', '--output', path, '--scores', ...STORED_WINDOW], env)
    expect(run).toEqual({ code: 0, stderr: '', stdout: `traces: 2 traces -> ${path}\n` })
    const [failed, good] = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(failed.rows.map((row: { traceId: string }) => row.traceId)).toEqual([FAILED_TRACE_ID, FAILED_TRACE_ID])
    expect(good.rows).toHaveLength(4)
    expect(good.scores).toMatchObject([{ name: 'helpful', value: 1 }])
  })

  it.each(['csv', 'parquet', 'json'])('tracesExport() writes a row a trace as %s', async (form) => {
    const flags = ['--output', `all.${form}`, ...STORED_WINDOW, '--json']
    const run = await runAxion(['traces', 'export', ...flags], env, filled.folder)
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    const path = join(realpathSync(filled.folder), `all.${form}`)
    expect(JSON.parse(run.stdout)).toEqual({ traces: 2, path })
    const ids: (string | null)[] = []
    for await (const item of readItems(path)) ids.push(item.traceId)
    expect(ids).toEqual([FAILED_TRACE_ID, GOOD_TRACE_ID])
  })

  it('tracesExport() takes filters, and a checkpoint, which goes in the end', async () => {
    const checkpoint = join(filled.folder, 'far')
    const flags = ['--output', 'one.jsonl', '--checkpoint', checkpoint, '--user', 'ada', ...STORED_WINDOW]
    const run = await runAxion(['traces', 'export', ...flags], env, filled.folder)
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(join(filled.folder, 'one.jsonl'), 'utf8').trim().split('\n')).toHaveLength(1)
    expect(readdirSync(filled.folder).filter((name) => name.startsWith('far'))).toEqual([])
  })

  it.each([
    [
      ['--output', 'x.xlsx'],
      2,
      "axion: Invalid file name: it ends in '.xlsx': expected .jsonl, .json, .csv, .parquet, or --format\n",
    ],
    [['--output', 'x.csv', '--checkpoint', 'y'], 2, 'axion: Invalid --checkpoint: only JSON Lines have it, not csv\n'],
    [['--output', 'x.parquet', '--scores'], 2, 'axion: Invalid --scores: only JSON Lines have it, not parquet\n'],
  ])('tracesExport() refuses %j', async (flags, code, stderr) => {
    expect(await runAxion(['traces', 'export', ...flags], env, filled.folder)).toEqual({ code, stderr, stdout: '' })
    expect(existsSync(join(filled.folder, flags[1] ?? ''))).toBe(false)
  })

  it('tracesExport() ends with 130 on Ctrl-C without a file, and goes on from its checkpoint', async () => {
    await runAxion(['demo', '--traces', '400', '--until', '2026-11-20'], env)
    const proxy = await startRecordingProxy(filled.server)
    const flags = ['traces', 'export', '--from', '2026-11-10', '--to', '2026-11-21', '--output', 'kept.jsonl']
    const words = [...flags, '--checkpoint', 'kept.checkpoint']
    const through = { ...env, LANGFUSE_BASE_URL: proxy.url }
    let reads = 0
    const hanging = new Promise<void>((resolve) => {
      proxy.readFault = () => {
        reads += 1
        if (reads <= 3) return 'pass'
        resolve()
        return 'hang'
      }
    })
    const { child, ended } = startAxion(words, through, filled.folder)
    await hanging
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 130, stdout: '', stderr: '' })
    expect(existsSync(join(filled.folder, 'kept.jsonl'))).toBe(false)
    expect(existsSync(join(filled.folder, 'kept.checkpoint'))).toBe(true)
    proxy.readFault = () => 'pass'
    expect(await runAxion(words, through, filled.folder)).toMatchObject({ code: 0, stderr: '' })
    const ids = readFileSync(join(filled.folder, 'kept.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).rows[0].traceId)
    expect(ids).toHaveLength(400)
    expect(new Set(ids).size).toBe(400)
    await proxy.close()
  })
})
