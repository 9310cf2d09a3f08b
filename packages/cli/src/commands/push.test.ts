import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { LangfuseTraceLoader, type Trace } from '@axion/loader'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { environmentOf, postScore, postSpans } from '../post-spans.fixture.js'
import { type RecordingProxy, startRecordingProxy } from '../recording-proxy.fixture.js'
import { type Run, type RunningAxion, runAxion, startAxion } from '../run-axion.fixture.js'
import { GOOD_TRACE_ID, STORED_AT_MILLIS, STORED_SPANS, STORED_WINDOW } from '../stored-traces.fixture.js'

const ORPHAN = {
  traceId: '33333333333333333333333333333333',
  spanId: '3300000000000001',
  parentId: '3300000000000000',
  name: 'orphan',
  startMillis: STORED_AT_MILLIS,
  durationMillis: 1,
}

describe('axion push', () => {
  let folder: string
  let source: DevServer
  let target: DevServer
  let proxy: RecordingProxy

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'axion-cli-push-'))
    source = await startDevServer({ dataDir: join(folder, 'source') })
    target = await startDevServer({ dataDir: join(folder, 'target') })
    proxy = await startRecordingProxy(target)
  })
  afterEach(async () => {
    await proxy.close()
    await source.close()
    await target.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const env = (): Record<string, string> => ({ ...environmentOf(target), LANGFUSE_BASE_URL: proxy.url })
  const words = (flags: readonly string[]): string[] => ['push', '--data-dir', join(folder, 'source'), ...flags]
  const push = (...flags: string[]): Promise<Run> => runAxion(words(flags), env())
  const startPush = (...flags: string[]): RunningAxion => startAxion(words(flags), env())
  const journals = (): string[] => readdirSync(join(folder, 'source')).filter((name) => name.startsWith('push-'))

  async function readAll({ url: baseUrl, publicKey, secretKey }: DevServer): Promise<readonly Trace[]> {
    const loader = new LangfuseTraceLoader({ baseUrl, publicKey, secretKey })
    const all = await loader.fetchTraces({ fromTimestamp: '2026-01-01', limit: 10_000, fetchScores: true })
    await loader.close()
    return all.toArray()
  }

  /** All that is told of traces, but for when the server took them. */
  const facts = (traces: readonly Trace[]): unknown[] =>
    traces.map(({ raw, scores }) => [raw.map(({ createdAt: _, updatedAt: __, ...row }) => row), scores])

  async function fill(traces: number): Promise<number> {
    const flags = ['demo', '--traces', String(traces), '--until', '2026-11-20', '--json']
    const { stdout } = await runAxion(flags, environmentOf(source))
    return JSON.parse(stdout).spans
  }

  it('push() brings traces, their scores and all that is known of them, and a second push nothing', async () => {
    await postSpans(source, [...STORED_SPANS, ORPHAN])
    await postScore(source, GOOD_TRACE_ID, 'helpful', 1)
    expect(await push()).toEqual({
      code: 0,
      stderr: '',
      stdout: `push: 3 traces, 7 spans, 1 score -> ${proxy.url} (0 traces already there)\n`,
    })
    expect(facts(await readAll(target))).toEqual(facts(await readAll(source)))
    const loader = new LangfuseTraceLoader({
      baseUrl: target.url,
      publicKey: target.publicKey,
      secretKey: target.secretKey,
    })
    expect((await loader.fetchTrace(ORPHAN.traceId)).root).toMatchObject({ placement: 'orphan', name: 'orphan' })
    await loader.close()
    const writes = proxy.writes()
    const again = await push('--json')
    expect(JSON.parse(again.stdout)).toEqual({
      ...{ pushed: 0, skipped: 3, spans: 0, scores: 0, scoreConfigs: 0, promptVersions: 0 },
      ...{ media: 0, datasets: 0, datasetItems: 0, comments: 0, refused: [], notes: [] },
      ...{ baseUrl: proxy.url, dryRun: false },
    })
    expect(proxy.writes()).toBe(writes)
  })

  it('push() keeps the journal to its owner, and no prompt in it', async () => {
    await postSpans(source, STORED_SPANS)
    await push()
    const [name = ''] = journals()
    const text = readFileSync(join(folder, 'source', name), 'utf8')
    expect(text).toContain(GOOD_TRACE_ID)
    expect(text).not.toContain('warranty')
    expect(text).not.toContain(target.secretKey)
  })

  it('push() brings what came to a trace later, spans and scores, and only that', async () => {
    const [root, ...rest] = STORED_SPANS
    if (root === undefined) throw new Error('no spans')
    await postSpans(source, [root, ...rest.slice(0, 2)])
    await push()
    await postSpans(source, STORED_SPANS)
    await postScore(source, GOOD_TRACE_ID, 'helpful', 1)
    expect((await push()).stdout).toMatch(/^push: 2 traces, 3 spans, 1 score /)
    expect(new Set(proxy.spanIds).size).toBe(proxy.spanIds.length)
    expect(facts(await readAll(target))).toEqual(facts(await readAll(source)))
  })

  it('push() sends no span twice when an answer is lost', async () => {
    const spans = await fill(30)
    proxy.fault = (path) => {
      if (!path.endsWith('/traces')) return 'pass'
      proxy.fault = () => 'pass'
      return 'lose-answer'
    }
    expect(await push()).toMatchObject({ code: 0, stderr: '' })
    expect(proxy.spanIds).toHaveLength(spans)
    expect(new Set(proxy.spanIds).size).toBe(spans)
  })

  it.each(['SIGKILL', 'SIGINT'] as const)('push() sends no span twice after %s, wherever it came', async (signal) => {
    const spans = await fill(300)
    // The second request: taken by the server, but nobody hears of it.
    let requests = 0
    proxy.fault = (path) => {
      if (path.endsWith('/traces')) requests += 1
      return requests === 2 ? 'lose-answer' : 'pass'
    }
    const second = new Promise<void>((resolve) => {
      proxy.taken = () => {
        if (requests === 2) resolve()
      }
    })
    const { child, ended } = startPush()
    await second
    child.kill(signal)
    expect(await ended).toMatchObject({ code: signal === 'SIGINT' ? 130 : null, stdout: '', stderr: '' })
    const sent = proxy.spanIds.length
    expect(sent).toBeGreaterThan(0)
    expect(sent).toBeLessThan(spans)
    const resumed = await push('--json')
    expect({ code: resumed.code, stderr: resumed.stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(resumed.stdout)).toMatchObject({ spans: spans - sent })
    expect(proxy.spanIds).toHaveLength(spans)
    expect(new Set(proxy.spanIds).size).toBe(spans)
    expect(facts(await readAll(target)).length).toBe(300)
  })

  it('push() pushes all but a span that the server does not want, and tries that again', async () => {
    const spans = await fill(20)
    let unwanted: string | undefined
    proxy.fault = (_, ids) => {
      unwanted ??= ids[10]
      return unwanted !== undefined && ids.includes(unwanted) ? { status: 400, body: { message: 'bad span' } } : 'pass'
    }
    const run = await push('--json')
    expect(run.code).toBe(1)
    expect(JSON.parse(run.stdout).refused).toHaveLength(1)
    expect(run.stderr).toMatch(
      /^axion: trace [0-9a-f]{32}: [^\n]*answered 400 \(server: bad span\)\naxion: Cannot push all: [^\n]+\n$/,
    )
    expect(proxy.spanIds).toHaveLength(spans - 1)
    proxy.fault = () => 'pass'
    expect(JSON.parse((await push('--json')).stdout)).toMatchObject({ pushed: 1, skipped: 19, spans: 1, refused: [] })
    expect(proxy.spanIds).toHaveLength(spans)
  })

  it('push() reads from a server too, with the keys of the data directory, and takes filters', async () => {
    await postSpans(source, STORED_SPANS)
    const run = await push('--source-url', source.url, '--user', 'ada', ...STORED_WINDOW, '--json')
    expect(JSON.parse(run.stdout)).toMatchObject({ pushed: 1, spans: 4 })
    await source.close()
    // The data of a server that was stopped.
    expect(JSON.parse((await push('--json')).stdout)).toMatchObject({ pushed: 1, skipped: 1, spans: 2 })
  })

  it('push() refuses to run twice at once, and takes over from a process that is gone', async () => {
    await postSpans(source, STORED_SPANS)
    const journal = join(folder, 'j.jsonl')
    writeFileSync(`${journal}.lock`, String(process.pid))
    const refused = await push('--journal', journal)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^axion: Cannot push: process \d+ is pushing with the same journal: [^\n]+\n$/)
    const gone = startAxion(['--version'])
    await gone.ended
    writeFileSync(`${journal}.lock`, String(gone.child.pid))
    expect(await push('--journal', journal)).toMatchObject({ code: 0 })
    expect(existsSync(`${journal}.lock`)).toBe(false)
  })

  it('push() says in one line what is wrong, and leaves no copy of the data behind', async () => {
    await postSpans(source, STORED_SPANS)
    writeFileSync(join(folder, 'foreign'), 'hello\n')
    const rows: [string[], number, RegExp][] = [
      [['--data-dir', join(folder, 'nowhere')], 1, /there is no database: check the data directory \(--data-dir/],
      [['--secret-key', 'sk-wrong'], 1, /answered 401: check LANGFUSE_PUBLIC_KEY/],
      [['--journal', join(folder, 'foreign')], 1, /it is no journal of axion push: name another \(--journal\)/],
      [
        ['--source-url', proxy.url, '--source-public-key', target.publicKey, '--source-secret-key', 'x'],
        2,
        /it is the source itself/,
      ],
      [['--from', 'soon'], 2, /^axion: option '--from <time>' argument 'soon' is invalid/],
      [['--source-url', 'nowhere'], 2, /^axion: Invalid --source-url: it is not a URL/],
      [['--source-url', source.url, '--source-secret-key', 'x'], 1, /^axion: Cannot read from http[^\n]*401/],
    ]
    // Copies are made in the directory that this variable names.
    const copies = mkdtempSync(join(folder, 'tmp-'))
    for (const [flags, code, line] of rows) {
      const run = await runAxion(words(flags), { ...env(), TMPDIR: copies })
      expect(run).toMatchObject({ code, stdout: '' })
      expect(run.stderr).toMatch(line)
      expect(run.stderr.split('\n')).toHaveLength(2)
    }
    expect(readdirSync(copies)).toEqual([])
    expect(proxy.spanIds).toEqual([])
  })
})
