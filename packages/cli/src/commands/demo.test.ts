import { createServer } from 'node:http'
import { LangfuseTraceLoader, type Trace } from '@axion/loader'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from '../filled-server.fixture.js'
import { environmentOf } from '../post-spans.fixture.js'
import { type RecordingProxy, startRecordingProxy } from '../recording-proxy.fixture.js'
import { runAxion, startAxion } from '../run-axion.fixture.js'

const UNTIL = '2026-11-20T12:00:00Z'

describe('axion demo', () => {
  let filled: FilledServer
  let env: Record<string, string>
  let traces: readonly Trace[]

  beforeAll(async () => {
    filled = await startFilledServer([])
    env = environmentOf(filled.server)
    const run = await runAxion(['demo', '--traces', '150', '--until', UNTIL, '--json'], env)
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    traces = await readAll()
    const spans = traces.flatMap(({ observations }) => observations).length
    const scores = traces.flatMap((trace) => trace.scores).length
    expect(JSON.parse(run.stdout)).toEqual({ traces: 150, spans, scores, baseUrl: filled.server.url })
  })
  afterAll(() => filled.close())

  async function readAll(): Promise<readonly Trace[]> {
    const { url: baseUrl, publicKey, secretKey } = filled.server
    const loader = new LangfuseTraceLoader({ baseUrl, publicKey, secretKey })
    const all = await loader.fetchTraces({ fromTimestamp: '2026-11-01', limit: 1000, fetchScores: true })
    await loader.close()
    return all.toArray()
  }

  const facts = (all: readonly Trace[]): object[] =>
    all.map(({ id, timestamp, observations, scores }) => ({
      id,
      timestamp,
      spans: observations.map((one) => [one.id, one.name, one.startTime, one.endTime, one.input, one.output]),
      scores: scores.map((score) => [score.id, score.value]).sort(),
    }))

  it('demo() sends so many traces, over the days before --until', () => {
    expect(traces).toHaveLength(150)
    const times = traces.map(({ timestamp }) => timestamp.getTime())
    expect(Math.max(...times)).toBeLessThan(Date.parse(UNTIL))
    expect(Math.min(...times)).toBeGreaterThan(Date.parse('2026-11-17T11:00:00Z'))
    // Not all on one day.
    expect(new Set(times.map((time) => Math.floor(time / 86_400_000))).size).toBeGreaterThanOrEqual(3)
  })

  it('demo() tells of several programs, with what happens to them', () => {
    const all = traces.flatMap(({ observations }) => observations)
    const types = new Set(all.map(({ type }) => type))
    expect([...types].sort()).toEqual(
      ['AGENT', 'CHAIN', 'EMBEDDING', 'EVALUATOR', 'GENERATION', 'GUARDRAIL', 'RETRIEVER', 'SPAN', 'TOOL'].sort(),
    )
    expect(new Set(all.map(({ metadata }) => metadata['resourceAttributes.service.name'])).size).toBe(5)
    expect(new Set(traces.map(({ level }) => level))).toEqual(new Set(['DEFAULT', 'WARNING', 'ERROR']))
    const failed = traces.filter(({ level, name }) => level === 'ERROR' && name === 'plan-trip')
    expect(failed.some((trace) => trace.output !== null)).toBe(true)
    expect(failed.some((trace) => trace.output === null && trace.statusMessage !== null)).toBe(true)
    expect(all.some((one) => (one.timeToFirstTokenSeconds ?? 0) > 0)).toBe(true)
    expect(all.filter(({ model }) => model !== null).every((one) => (one.totalCostUsd ?? 0) > 0)).toBe(true)
    const turns = traces.flatMap(({ sessionId }) => sessionId ?? [])
    expect(turns.length).toBeGreaterThan(new Set(turns).size)
    expect(new Set(traces.map(({ userId }) => userId)).size).toBeGreaterThan(4)
    const scores = traces.flatMap((trace) => trace.scores)
    expect(new Set(scores.map(({ dataType }) => dataType))).toEqual(new Set(['NUMERIC', 'BOOLEAN', 'CATEGORICAL']))
    expect(scores.some(({ observationId }) => observationId !== null)).toBe(true)
  })

  it('demo() keeps children inside their parents', () => {
    for (const { observations } of traces) {
      for (const { parent, startTime, endTime } of observations) {
        if (parent === null) continue
        expect(startTime.getTime()).toBeGreaterThanOrEqual(parent.startTime.getTime())
        expect(endTime?.getTime()).toBeLessThanOrEqual(parent.endTime?.getTime() ?? 0)
      }
    }
  })

  it('demo() sends the same with the same seed, so that a second run adds nothing, and more traces with another', async () => {
    const before = facts(traces)
    await runAxion(['demo', '--traces', '40', '--until', UNTIL], env)
    expect(facts(await readAll())).toEqual(before)
    const run = await runAxion(['demo', '--traces', '5', '--until', UNTIL, '--seed', 'other'], env)
    expect(run.stdout).toMatch(/^demo: 5 traces, \d+ spans, \d+ scores -> http:\/\/127\.0\.0\.1:\d+\n$/)
    expect(await readAll()).toHaveLength(155)
  })

  it.each([
    [['--traces', '0'], 2, /--traces <number>' argument '0' is invalid/],
    [['--until', '2026-02-30'], 2, /--until <time>' argument '2026-02-30' is invalid/],
    [['--base-url', 'nowhere'], 2, /^axion: Invalid --base-url: it is not a URL/],
    [['--base-url', 'ftp://x'], 2, /^axion: Invalid --base-url: its protocol is 'ftp:'/],
    [['--base-url', 'http://127.0.0.1:9'], 1, /^axion: Cannot send spans to http:\/\/127\.0\.0\.1:9: .*bad port/],
    [['--public-key', ' '], 2, /^axion: Invalid --public-key: it is empty/],
    [['--secret-key', 'sk-lf-wrong'], 1, /^axion: Cannot send spans to http.* answered 401: check LANGFUSE_PUBLIC_KEY/],
  ] as const)('demo() answers %j with %i and one line', async (flags, code, line) => {
    const run = await runAxion(['demo', '--traces', '1', ...flags], env)
    expect(run).toMatchObject({ code, stdout: '' })
    expect(run.stderr).toMatch(line)
    expect(run.stderr.split('\n')).toHaveLength(2)
  })

  it('demo() says that nobody is there', async () => {
    const gone = await startFilledServer([])
    await gone.close()
    const run = await runAxion(['demo', '--base-url', gone.server.url], env)
    expect(run).toEqual({
      code: 1,
      stdout: '',
      stderr: `axion: Cannot send spans to ${gone.server.url}: it refused the connection: check that it runs, and LANGFUSE_BASE_URL\n`,
    })
  })

  it('demo() says which variable is missing', async () => {
    const run = await runAxion(['demo'], { ...env, LANGFUSE_SECRET_KEY: ' ' })
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(/^axion: Cannot connect to Langfuse: LANGFUSE_SECRET_KEY is missing/)
  })

  describe('with a server that has troubles', () => {
    let proxy: RecordingProxy
    beforeAll(async () => {
      proxy = await startRecordingProxy(filled.server)
    })
    afterAll(() => proxy.close())

    it('demo() sends again what was put off', async () => {
      const answers = [{ status: 429 }, { status: 503 }] as const
      let next = 0
      proxy.fault = () => answers[next++] ?? 'pass'
      const flags = ['demo', '--traces', '1', '--seed', 'late', '--base-url', proxy.url]
      expect(await runAxion(flags, env)).toMatchObject({ code: 0, stderr: '' })
      expect(new Set(proxy.spanIds).size).toBe(proxy.spanIds.length)
    })

    it('demo() ends with 130 on Ctrl-C, without a word', async () => {
      let asked = (): void => {}
      const request = new Promise<void>((resolve) => {
        asked = resolve
      })
      proxy.fault = () => {
        asked()
        return 'hang'
      }
      const { child, ended } = startAxion(['demo', '--base-url', proxy.url], env)
      await request
      child.kill('SIGINT')
      expect(await ended).toEqual({ code: 130, stdout: '', stderr: '' })
    })
  })

  it.each<[string, object | string, RegExp]>([
    [
      'a website',
      '<h1>Welcome</h1>',
      /Cannot send spans to [^\n]*: its answer is none of Langfuse's: check LANGFUSE_BASE_URL/,
    ],
    ['a server that takes some only', { partialSuccess: { rejectedSpans: '3' } }, /rejected 3 of \d+ spans/],
  ])('postSpans() does not take the answer of %s for success', async (_, answer, line) => {
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.end(typeof answer === 'string' ? answer : JSON.stringify(answer)))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no TCP address')
    const run = await runAxion(['demo', '--traces', '1'], {
      ...env,
      LANGFUSE_BASE_URL: `http://127.0.0.1:${address.port}`,
    })
    server.close()
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(line)
    expect(run.stderr.split('\n')).toHaveLength(2)
  })
})
