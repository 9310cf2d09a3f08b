import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LangfuseTraceLoader } from '../langfuse-trace-loader.js'
import type { Trace } from '../model/trace.js'
import { Trace as MadeTrace } from '../model/trace.js'
import type { ExportOptions } from '../options/resolve-export-options.js'
import { exportRow } from '../testing/export-row.fixture.js'
import { FIXTURE_KEYS } from '../testing/langfuse-server.fixture.js'
import { recordedRows } from '../testing/recorded.fixture.js'
import { childRow, rootRow } from '../testing/rows.fixture.js'
import { failureOf } from '../testing/start-loader.fixture.js'
import type { StoredRow } from '../testing/stored-rows.fixture.js'

let folder: string
let table: string
const loader = new LangfuseTraceLoader({ ...FIXTURE_KEYS, baseUrl: 'http://127.0.0.1:1' })
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'axion-'))
  table = join(folder, 'project', 'observations_v2')
  await mkdir(table, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

const lines = (rows: readonly StoredRow[]): string =>
  rows.map((row) => `${JSON.stringify(exportRow({ type: 'SPAN', ...row }))}\n`).join('')
const ids = (traces: Iterable<Trace>): string[] => [...traces].map(({ id }) => id)

/** What can be seen of a trace, but for the order of its metadata. */
function seen(trace: Trace): unknown {
  const { id, name, input, output, tags, metadata, userId, sessionId, environment, release, version, usage } = trace
  return {
    ...{ id, name, input, output, tags, metadata, userId, sessionId, environment, release, version, usage },
    ...{ latency: trace.latencySeconds, cost: trace.totalCostUsd, level: trace.level, message: trace.statusMessage },
    tree: [...trace.walk()].map((one) => ({
      ...{ id: one.id, placement: one.placement, type: one.type, model: one.model, parameters: one.modelParameters },
      ...{ usage: one.usage, cost: one.cost, prompt: one.prompt, metadata: one.metadata },
      ...{ latency: one.latencySeconds, first: one.timeToFirstTokenSeconds, input: one.input, output: one.output },
    })),
  }
}

describe('fromExport()', () => {
  it.each(['jsonl', 'jsonl.gz', 'parquet'])(
    'fromExport() makes the same trace of a .%s file as of the API',
    async (form) => {
      for (const name of [
        '03_v2_observations_all_fields',
        '05_v2_observations_sdk_json',
        '80_v2_observations_metadata_types',
      ]) {
        const recorded = recordedRows(name)
        const rows = recorded.map(({ raw }) => exportRow(raw))
        const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
        const content = form === 'jsonl' ? text : form === 'parquet' ? parquetOf(rows) : gzipSync(text)
        await writeFile(join(table, `2026-11-23T04-10-00.${form}`), content)
        const traces = await loader.fromExport(folder)
        expect(traces.map(seen)).toEqual([seen(new MadeTrace(recorded))])
        expect(JSON.parse(JSON.stringify(traces.at(0))).origin).toBe('export')
      }
    },
  )

  const observations = [
    rootRow('a', 0, {
      tags: ['x', 'y'],
      userId: 'u',
      metadata: { tier: 'gold', count: 7 },
      input: 'in',
      output: 'out',
    }),
    childRow('a', 'a-child', 'a-root', 3_600_000),
    rootRow('b', 1000, { traceName: 'other' }),
    childRow('lost', 'orphan', 'gone', 500),
    rootRow('c', 2000),
  ]

  async function writeParts(): Promise<void> {
    // A trace over two files; a row that both windows hold; and tables that are none of ours.
    await writeFile(join(table, '2026-11-20T13-00-00.jsonl'), lines(observations.filter((_, index) => index !== 1)))
    await writeFile(join(table, '2026-11-20T14-00-00.jsonl.gz'), gzipSync(lines(observations.slice(0, 2))))
    await mkdir(join(folder, 'project', 'scores'))
    await writeFile(join(folder, 'project', 'scores', '2026-11-20T14-00-00.jsonl'), '{"id":"s"}\n')
  }

  it('fromExport() puts traces together over files, newest first, each row once', async () => {
    await writeParts()
    const traces = await loader.fromExport(folder)
    expect(traces.map(({ id, observations: all }) => [id, all.length])).toEqual([
      ['c', 1],
      ['b', 1],
      ['a', 2],
    ])
    expect(ids(await loader.fromExport(table))).toEqual(ids(traces))
  })

  it('streamExport() hands a trace out when its last row was read', async () => {
    await writeParts()
    const streamed: string[] = []
    for await (const { id } of loader.streamExport(folder)) streamed.push(id)
    expect(streamed.sort()).toEqual(['a', 'b', 'c'])
  })

  it.each<[string, ExportOptions, string[]]>([
    ['limit', { limit: 2 }, ['c', 'b']],
    ['tags', { tags: ['x', 'y'] }, ['a']],
    ['name', { name: 'other' }, ['b']],
    ['userId', { userId: 'u' }, ['a']],
    ['metadata', { metadata: { tier: 'gold', count: 7 } }, ['a']],
    ['traceIds', { traceIds: ['a', 'c', 'x'] }, ['c', 'a']],
    ['a window', { fromTimestamp: '2026-11-20T12:00:01Z', toTimestamp: '2026-11-20T12:00:02Z' }, ['b']],
    ['nothing that fits', { name: 'absent' }, []],
  ])('fromExport() chooses by %s', async (_, options, expected) => {
    await writeParts()
    expect(ids(await loader.fromExport(folder, options))).toEqual(expected)
  })

  it('fromExport() reads summaries', async () => {
    await writeParts()
    const [summary] = await loader.fromExport(folder, { userId: 'u', fetchFullTraces: false })
    expect(summary).toMatchObject({ id: 'a', isSummary: true, observations: [], input: 'in', output: 'out' })
  })

  it.each<[string, string, string | Buffer, string]>([
    ['a line that is no JSON', 'x.jsonl', `${lines(observations.slice(0, 1))}{"id":"sec`, 'line 2: no JSON'],
    ['a wrong field', 'x.jsonl', lines([rootRow('a', 0, { startTime: 7 })]), 'line 1.start_time should be a time'],
    ['a row without an id', 'x.jsonl', '{"trace_id":"t"}\n', 'line 1.id should be a non-empty string'],
    ['a row that is no object', 'x.jsonl', '7\n', 'line 1 should be an object'],
    ['gzip that is cut off', 'x.jsonl.gz', gzipSync(lines(observations)).subarray(0, 60), 'Z_BUF_ERROR'],
    ['gzip that is none', 'x.jsonl.gz', 'text', 'Z_DATA_ERROR'],
    ['Parquet that is none', 'x.parquet', 'PAR1 and more', 'no Parquet file'],
    ['a form that is not read', 'x.csv', 'id,trace_id\n', 'set the integration’s file type'.replace('’', "'")],
  ])('fromExport() refuses %s, and says where', async (_, name, content, message) => {
    await writeFile(join(table, name), content)
    const error = await failureOf(loader.fromExport(folder))
    expect(error.code).toBe('invalid_file')
    expect(error.path).toContain(name)
    expect(error.message).toContain(message)
    expect(error.message).not.toContain('sec')
  })

  it('fromExport() refuses folders without an export, and options that need a server', async () => {
    expect(await failureOf(loader.fromExport(folder))).toMatchObject({ code: 'invalid_file' })
    expect(await failureOf(loader.fromExport(join(folder, 'absent')))).toMatchObject({ code: 'read_failed' })
    for (const options of [{ filter: [] }, { fetchScores: true }, { checkpoint: 'x' }, { limit: 0 }])
      expect(() => loader.streamExport(folder, options)).toThrow('Invalid option')
  })

  it('fromExport() ends with `aborted` when its signal fires', async () => {
    await writeParts()
    const error = await failureOf(loader.fromExport(folder, { signal: AbortSignal.abort() }))
    expect(error.code).toBe('aborted')
  })
})

function parquetOf(rows: readonly Record<string, unknown>[]): Uint8Array {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cell = (value: unknown, name: string): unknown => {
    if (value === null || value === undefined) return null
    if (/_time$|_at$/.test(name)) return new Date(`${String(value).replace(' ', 'T')}Z`)
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  const columnData = names.map((name) => ({ name, data: rows.map((row) => cell(row[name], name)) }))
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}
