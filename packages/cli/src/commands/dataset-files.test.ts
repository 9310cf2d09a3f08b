import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Dataset } from '@axion/loader'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from '../filled-server.fixture.js'
import { environmentOf } from '../post-spans.fixture.js'
import { startRecordingProxy } from '../recording-proxy.fixture.js'
import { type Run, runAxion, startAxion } from '../run-axion.fixture.js'

const LINES = Array.from({ length: 20 }, (_, index) => ({
  id: `item-${index}`,
  query: `Question ${index}?`,
  tags: ['a'],
}))

describe('axion dataset', () => {
  let filled: FilledServer

  beforeAll(async () => {
    filled = await startFilledServer([])
    write('eval.jsonl', `${LINES.map((line) => JSON.stringify(line)).join('\n')}\n`)
  })
  afterAll(() => filled.close())

  const at = (name: string): string => join(filled.folder, name)
  const write = (name: string, text: string): void => writeFileSync(at(name), text)
  const dataset = (...words: string[]): Promise<Run> =>
    runAxion(['dataset', ...words], environmentOf(filled.server), filled.folder)

  it('datasetConvert() goes through all forms and comes back the same', async () => {
    const forms = ['eval.jsonl', 'eval.parquet', 'eval.csv', 'eval.json', 'again.jsonl']
    for (const [index, from] of forms.slice(0, -1).entries()) {
      const to = forms[index + 1] ?? ''
      expect(await dataset('convert', from, '--output', to)).toMatchObject({ code: 0, stderr: '' })
    }
    const again = await Dataset.readJsonl(at('again.jsonl'))
    expect(again.toRecords()).toEqual((await Dataset.readJsonl(at('eval.jsonl'))).toRecords())
  })

  it('datasetConvert() reads columns as fields, and says which line is wrong', async () => {
    write('other.csv', 'question,gold\nWhy?,Because.\n')
    const columns = ['--column', 'question=query', '--column', 'gold=expectedOutput']
    const run = await dataset('convert', 'other.csv', '--output', 'mapped.jsonl', ...columns, '--json')
    expect(JSON.parse(run.stdout)).toMatchObject({ items: 1 })
    expect(JSON.parse(readFileSync(at('mapped.jsonl'), 'utf8'))).toMatchObject({
      query: 'Why?',
      expectedOutput: 'Because.',
    })
    const refused = await dataset('convert', 'other.csv', '--output', 'never.jsonl')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^axion: [^\n]*other\.csv[^\n]*question[^\n]*\n$/)
    expect(existsSync(at('never.jsonl'))).toBe(false)
  })

  it.each([
    [['convert', 'none.jsonl', '--output', 'x.jsonl'], 1, /none\.jsonl/],
    [['convert', 'eval.jsonl', '--output', 'x.doc'], 2, /it ends in '\.doc'/],
    [['convert', 'eval.jsonl', '--output', 'x.jsonl', '--column', 'query'], 2, /Expected a column and a field/],
    [['sample', 'eval.jsonl', '--output', 'x.jsonl'], 2, /'--count <number>' not specified/],
    [['sample', 'eval.jsonl', '--output', 'x.jsonl', '--count', '1.5'], 2, /Expected a whole number/],
    [['push', 'none.jsonl'], 1, /none\.jsonl/],
    [['push', 'eval.jsonl', '--secret-key', 'sk-wrong'], 1, /401/],
    [['pull', 'none', '--output', 'x.jsonl'], 1, /Cannot read dataset "none"/],
  ])('dataset %j ends with %i and one line', async (words, code, line) => {
    const run = await dataset(...words)
    expect(run).toMatchObject({ code, stdout: '' })
    expect(run.stderr).toMatch(/^axion: [^\n]+\n$/)
    expect(run.stderr).toMatch(line)
    expect(existsSync(at('x.jsonl'))).toBe(false)
  })

  it('datasetSample() draws the same items with the same seed, and others with another', async () => {
    const draw = async (seed: string): Promise<string> => {
      rmSync(at('drawn.jsonl'), { force: true })
      await dataset('sample', 'eval.jsonl', '--count', '5', '--seed', seed, '--output', 'drawn.jsonl')
      return readFileSync(at('drawn.jsonl'), 'utf8')
    }
    const first = await draw('one')
    expect(first.trim().split('\n')).toHaveLength(5)
    expect(await draw('one')).toBe(first)
    expect(await draw('two')).not.toBe(first)
  })

  it('datasetPush() and datasetPull() move items there and back, and twice is once', async () => {
    for (const counts of [
      { uploaded: 20, unchanged: 0 },
      { uploaded: 0, unchanged: 20 },
    ]) {
      const run = await dataset('push', 'eval.jsonl', '--name', 'support/eval', '--json')
      expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
      expect(JSON.parse(run.stdout)).toEqual({ name: 'support/eval', ...counts, failed: [] })
    }
    expect(await dataset('pull', 'support/eval', '--output', 'back.parquet')).toMatchObject({ code: 0, stderr: '' })
    const back = await Dataset.readParquet(at('back.parquet'))
    const sorted = (set: Dataset): object[] => set.toRecords().sort((a, b) => (a.id < b.id ? -1 : 1))
    expect(sorted(back)).toEqual(sorted(await Dataset.readJsonl(at('eval.jsonl'))))
  })

  it('datasetConvert() ends at a signal while it reads, and leaves nothing behind', async () => {
    write('long.jsonl', `${'{"query":"Why?"}\n'.repeat(1_000_000)}`)
    const { child, ended } = startAxion(
      ['dataset', 'convert', 'long.jsonl', '--output', 'short.csv'],
      {},
      filled.folder,
    )
    const parts = (): string[] => readdirSync(filled.folder).filter((name) => name.startsWith('short.csv'))
    await expect.poll(parts, { timeout: 20_000 }).toHaveLength(1)
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 130, stdout: '', stderr: '' })
    expect(parts()).toEqual([])
  })

  it('datasetPush() goes on where SIGKILL ended it, and sends no item again', async () => {
    write(
      'many.jsonl',
      `${Array.from({ length: 250 }, (_, index) => JSON.stringify({ id: `m-${index}`, query: 'Why?' })).join('\n')}\n`,
    )
    const proxy = await startRecordingProxy(filled.server)
    const env = { ...environmentOf(filled.server), LANGFUSE_BASE_URL: proxy.url }
    let sent = 0
    const half = new Promise<void>((resolve) => {
      proxy.taken = (path) => {
        if (path.endsWith('/dataset-items') && ++sent === 120) resolve()
      }
    })
    // Then nobody hears of anything any more.
    proxy.fault = (path) => (path.endsWith('/dataset-items') && sent >= 120 ? 'hang' : 'pass')
    const { child, ended } = startAxion(['dataset', 'push', 'many.jsonl'], env, filled.folder)
    await half
    child.kill('SIGKILL')
    await ended
    const before = Number(sent)
    proxy.fault = () => 'pass'
    const run = await runAxion(['dataset', 'push', 'many.jsonl', '--json'], env, filled.folder)
    await proxy.close()
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(run.stdout)).toEqual({ name: 'many', uploaded: 250 - before, unchanged: before, failed: [] })
    expect(sent).toBe(250)
  })

  it('datasetPush() sends what changed, and makes an empty dataset of an empty file', async () => {
    write('two.jsonl', '{"id":"t-1","query":"a"}\n{"id":"t-2","query":"b"}\n')
    await dataset('push', 'two.jsonl')
    write('two.jsonl', '{"id":"t-1","query":"a"}\n{"id":"t-2","query":"c"}\n{"id":"t-3","query":"d"}\n')
    expect((await dataset('push', 'two.jsonl')).stdout).toBe('dataset: 2 items -> two (1 already there)\n')
    write('none.csv', '')
    expect((await dataset('push', 'none.csv', '--name', 'nothing')).stdout).toBe(
      'dataset: 0 items -> nothing (0 already there)\n',
    )
    expect(await dataset('pull', 'nothing', '--output', 'nothing.jsonl')).toMatchObject({ code: 0 })
  })
})
