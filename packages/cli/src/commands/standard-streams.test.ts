import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from '../filled-server.fixture.js'
import { environmentOf } from '../post-spans.fixture.js'
import { MAIN, type Run, runAxion, startAxion } from '../run-axion.fixture.js'
import { STORED_SPANS, STORED_WINDOW } from '../stored-traces.fixture.js'

const LINES = Array.from({ length: 50 }, (_, index) => JSON.stringify({ id: `item-${index}`, query: `Why ${index}?` }))
const TEXT = `${LINES.join('\n')}\n`

describe('axion with standard input and output as files', () => {
  let filled: FilledServer
  let env: Record<string, string>

  beforeAll(async () => {
    filled = await startFilledServer(STORED_SPANS)
    env = environmentOf(filled.server)
    writeFileSync(join(filled.folder, 'eval.jsonl'), TEXT)
  })
  afterAll(() => filled.close())

  async function withStdin(words: readonly string[], text: string): Promise<Run> {
    const { child, ended } = startAxion(words, env, filled.folder, 'pipe')
    child.stdin?.end(text)
    return ended
  }

  /** A line of a shell; `axion` is the command. */
  async function shell(line: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
    const script = `axion() { '${process.execPath}' '${MAIN}' "$@"; }; ${line}`
    const options = { cwd: filled.folder, env: { PATH: process.env.PATH, ...env } }
    return promisify(execFile)('sh', ['-c', script], options)
  }

  it.each([
    [['dataset', 'convert', 'eval.jsonl'], 'dataset: 50 items -> standard output\n', '"item-0"'],
    [['dataset', 'sample', 'eval.jsonl', '--count', '50'], 'dataset: 50 items -> standard output\n', '"item-0"'],
    [['dataset', 'build', ...STORED_WINDOW], 'dataset: 2 items -> standard output\n', '"How long is the warranty?"'],
    [['traces', 'export', ...STORED_WINDOW], 'traces: 2 traces -> standard output\n', '"rag-query"'],
    [['dataset', 'convert', 'eval.jsonl', '--json'], '{"items":50,"path":"-"}\n', '"item-0"'],
  ])('writeOutput() lets %j have standard output for the data alone', async (words, summary, part) => {
    const run = await runAxion([...words, '--output', '-'], env, filled.folder)
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: summary })
    const objects = run.stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(JSON.stringify(objects)).toContain(part)
  })

  it('writeOutput() passes bytes on as they are', async () => {
    await shell('axion dataset convert eval.jsonl --format parquet --output - > piped.parquet')
    const back = await runAxion(['dataset', 'convert', 'piped.parquet', '--output', '-'], env, filled.folder)
    expect(back.stdout.match(/"item-\d+"/g)).toHaveLength(50)
  })

  it.runIf(process.platform === 'linux')('writeOutput() adds to a file that the shell opened to append', async () => {
    writeFileSync(join(filled.folder, 'all.jsonl'), '{"kept":true}\n')
    await shell('axion dataset convert eval.jsonl --output /dev/stdout >> all.jsonl')
    expect(readFileSync(join(filled.folder, 'all.jsonl'), 'utf8').split('\n')).toHaveLength(52)
  })

  it('writeOutput() ends quietly when nobody reads on, and leaves nothing behind', async () => {
    const temporary = mkdtempSync(join(filled.folder, 'tmp-'))
    const { child, ended } = startAxion(
      ['traces', 'export', '--output', '-', ...STORED_WINDOW],
      { ...env, TMPDIR: temporary },
      filled.folder,
    )
    child.stdout?.destroy()
    expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(readdirSync(temporary)).toEqual([])
  })

  it('withInput() reads standard input, in the form that is said', async () => {
    const run = await withStdin(['dataset', 'convert', '-', '--output', 'in.csv'], TEXT)
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const csv = readFileSync(join(filled.folder, 'in.csv'), 'utf8')
    const again = await withStdin(
      ['dataset', 'sample', '-', '--input-format', 'csv', '--count', '3', '--output', '-'],
      csv,
    )
    expect(again).toMatchObject({ code: 0, stderr: 'dataset: 3 items -> standard output\n' })
    const wrong = await withStdin(['dataset', 'convert', '-', '--output', 'never.csv'], '{"id":\n')
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).toMatch(/^axion: Cannot read dataset: [^\n]*standard-input:1: no valid JSON\n$/)
    expect(existsSync(join(filled.folder, 'never.csv'))).toBe(false)
  })

  it('withInput() joins two commands in a pipe', async () => {
    const line = 'axion dataset sample eval.jsonl --count 5 --output - | axion dataset push - --name drawn'
    expect(await shell(line)).toEqual({
      stdout: 'dataset: 5 items -> drawn (0 already there)\n',
      stderr: 'dataset: 5 items -> standard output\n',
    })
  })

  it.each([
    [['dataset', 'convert', '-', '--output', 'stopped.csv']],
    [['dataset', 'sample', '-', '--count', '1', '--output', 'stopped.csv']],
    [['dataset', 'push', '-', '--name', 'stopped']],
    [['scores', 'push', '-', '--dry-run']],
  ])('withInput() stops waiting for standard input at a signal: %j', async (words) => {
    const temporary = mkdtempSync(join(filled.folder, 'tmp-'))
    const { child, ended } = startAxion(words, { ...env, TMPDIR: temporary }, filled.folder, 'pipe')
    const isReading = (): boolean => readdirSync(temporary, { recursive: true }).length === 2
    await expect.poll(isReading, { timeout: 20_000 }).toBe(true)
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 130, stdout: '', stderr: '' })
    expect(readdirSync(temporary)).toEqual([])
    expect(existsSync(join(filled.folder, 'stopped.csv'))).toBe(false)
  })

  it.runIf(process.platform === 'linux')(
    'withInput() ends at a signal while a named pipe has no other end',
    async () => {
      await shell('mkfifo pipe.jsonl')
      const { child, ended } = startAxion(['scores', 'push', 'pipe.jsonl', '--dry-run'], env, filled.folder)
      // What opens the other end comes back when this one is open too: then the command reads.
      const other = execFile('sh', ['-c', 'exec 3> pipe.jsonl; echo open; exec sleep 60'], { cwd: filled.folder })
      await new Promise((resolve) => other.stdout?.once('data', resolve))
      child.kill('SIGINT')
      expect(await ended).toMatchObject({ stdout: '', stderr: '' })
      other.kill()
    },
  )
})
