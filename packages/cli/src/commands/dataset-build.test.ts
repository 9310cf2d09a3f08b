import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from '../filled-server.fixture.js'
import { environmentOf } from '../post-spans.fixture.js'
import { MAIN, runAxion } from '../run-axion.fixture.js'
import { FAILED_TRACE_ID, GOOD_TRACE_ID, STORED_SPANS, STORED_WINDOW } from '../stored-traces.fixture.js'

describe('axion dataset build', () => {
  let filled: FilledServer
  let env: Record<string, string>

  beforeAll(async () => {
    filled = await startFilledServer(STORED_SPANS)
    env = environmentOf(filled.server)
  })
  afterAll(() => filled.close())

  it('datasetBuild() writes an item a trace and says how many and where', async () => {
    const path = join(filled.folder, 'new', 'folder', 'eval.jsonl')
    const run = await runAxion(['dataset', 'build', '--output', path, ...STORED_WINDOW], env)
    expect(run).toEqual({ code: 0, stderr: '', stdout: `dataset: 2 items -> ${path}\n` })
    expect(readItems(path)).toMatchObject([
      {
        query: 'What is the weather?',
        actualOutput: null,
        traceId: FAILED_TRACE_ID,
        sessionId: 'chat-2',
        metadata: { level: 'ERROR', statusMessage: 'upstream answered 500' },
      },
      {
        query: 'How long is the warranty?',
        actualOutput: 'Two years.\nOne for batteries.',
        retrievedContent: ['Warranty: two years', 'Batteries: one year'],
        traceId: GOOD_TRACE_ID,
        observationId: '1100000000000004',
        latencySeconds: 1.25,
        tags: ['prod', 'v2'],
      },
    ])
  })

  it('datasetBuild() takes the filters of traces list, a relative path, and --json', async () => {
    const flags = ['--output', 'one.jsonl', ...STORED_WINDOW, '--user', 'ada', '--json']
    const run = await runAxion(['dataset', 'build', ...flags], env, filled.folder)
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    const path = join(realpathSync(filled.folder), 'one.jsonl')
    expect(JSON.parse(run.stdout)).toEqual({ items: 1, path })
    expect(readItems(path)).toMatchObject([{ traceId: GOOD_TRACE_ID }])
  })

  it('datasetBuild() writes an empty file when nothing fits', async () => {
    const path = join(filled.folder, 'empty.jsonl')
    const run = await runAxion(['dataset', 'build', '--output', path, ...STORED_WINDOW, '--tag', 'none'], env)
    expect(run).toEqual({ code: 0, stderr: '', stdout: `dataset: 0 items -> ${path}\n` })
    expect(readFileSync(path, 'utf8')).toBe('')
  })

  it('datasetBuild() leaves an existing file alone when the fetch fails', async () => {
    const path = join(filled.folder, 'kept.jsonl')
    writeFileSync(path, 'kept\n')
    const wrong = { ...env, LANGFUSE_SECRET_KEY: 'sk-lf-wrong' }
    expect(await runAxion(['dataset', 'build', '--output', path], wrong)).toMatchObject({ code: 1, stdout: '' })
    expect(readFileSync(path, 'utf8')).toBe('kept\n')
  })

  it('datasetBuild() fails with one line when the path cannot be written, and leaves nothing behind', async () => {
    const folder = join(filled.folder, 'taken')
    mkdirSync(folder)
    const path = join(folder, 'a-file')
    writeFileSync(path, '')
    const run = await runAxion(['dataset', 'build', '--output', join(path, 'x.jsonl'), ...STORED_WINDOW], env)
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(/^axion: Cannot write .*x\.jsonl: .*\n$/)
    expect(readdirSync(folder)).toEqual(['a-file'])
  })

  it.runIf(process.platform === 'linux')('datasetBuild() writes into a pipe that is named', async () => {
    const words = ['dataset', 'build', '--output', '/dev/fd/3', ...STORED_WINDOW, '--user', 'ada']
    // A shell's pipe: Node gives its children sockets, which cannot be opened by name.
    const { stdout, stderr } = await promisify(execFile)(
      'sh',
      ['-c', '"$0" "$@" 3>&1 | cat', process.execPath, MAIN, ...words],
      { env: { PATH: process.env.PATH, ...env } },
    )
    expect(stderr).toBe('')
    const [item, summary, end] = stdout.split('\n')
    expect(JSON.parse(item ?? '')).toMatchObject({ traceId: GOOD_TRACE_ID })
    expect([summary, end]).toEqual(['dataset: 1 item -> /dev/fd/3', ''])
  })

  it.runIf(process.platform === 'linux')('datasetBuild() fails where no folder can be made', async () => {
    const run = await runAxion(['dataset', 'build', '--output', '/proc/axion/eval.jsonl', ...STORED_WINDOW], env)
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(/^axion: Cannot write \/proc\/axion\/eval\.jsonl: ENOENT: .*\n$/)
  })

  it('datasetBuild() writes nothing when a flag is wrong', async () => {
    const path = join(filled.folder, 'never.jsonl')
    expect(await runAxion(['dataset', 'build', '--output', path, '--from', 'soon'], env)).toMatchObject({ code: 2 })
    expect(existsSync(path)).toBe(false)
  })
})

function readItems(path: string): unknown[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  expect(lines.pop()).toBe('')
  return lines.map((line) => JSON.parse(line))
}
