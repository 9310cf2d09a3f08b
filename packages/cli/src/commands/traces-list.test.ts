import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from '../filled-server.fixture.js'
import { environmentOf } from '../post-spans.fixture.js'
import { runAxion, startAxion } from '../run-axion.fixture.js'
import { FAILED_TRACE_ID, GOOD_TRACE_ID, STORED_SPANS, STORED_WINDOW } from '../stored-traces.fixture.js'

describe('axion traces list', () => {
  let filled: FilledServer
  let env: Record<string, string>

  beforeAll(async () => {
    filled = await startFilledServer(STORED_SPANS)
    env = environmentOf(filled.server)
  })
  afterAll(() => filled.close())

  it('tracesList() prints a table, newest first, without colours when it is not a terminal', async () => {
    const run = await runAxion(['traces', 'list', ...STORED_WINDOW], { ...env, FORCE_COLOR: '1' })
    expect(run).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'TIME                  NAME       LEVEL    LATENCY  USER  SESSION  TAGS         COST  ID',
        '2026-11-02T03:05:05Z  tool-run   ERROR       5 ms  bob   chat-2   prod            -  22222222222222222222222222222222',
        '2026-11-02T03:04:05Z  rag-query  DEFAULT   1.25 s  ada   chat-1   prod, v2  $0.0012  11111111111111111111111111111111',
        '',
      ].join('\n'),
    })
  })

  it('tracesList() prints one JSON object a line with --json', async () => {
    const run = await runAxion(['traces', 'list', ...STORED_WINDOW, '--json'], env)
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    const [first, second, end] = run.stdout.split('\n')
    expect(JSON.parse(first ?? '')).toEqual({
      id: FAILED_TRACE_ID,
      name: 'tool-run',
      timestamp: '2026-11-02T03:05:05.000Z',
      level: 'ERROR',
      statusMessage: 'upstream answered 500',
      latencySeconds: 0.005,
      totalCostUsd: 0,
      usage: {},
      userId: 'bob',
      sessionId: 'chat-2',
      tags: ['prod'],
      environment: 'staging',
      release: null,
      version: null,
      observationCount: 2,
    })
    expect(JSON.parse(second ?? '')).toMatchObject({
      id: GOOD_TRACE_ID,
      totalCostUsd: 0.0012,
      usage: { input: 812, output: 64, total: 876 },
      tags: ['prod', 'v2'],
      observationCount: 4,
    })
    expect(end).toBe('')
  })

  it.each([
    [
      ['--tag', 'prod'],
      [FAILED_TRACE_ID, GOOD_TRACE_ID],
    ],
    [['--tag', 'prod', 'v2'], [GOOD_TRACE_ID]],
    [['--tag', 'prod', '--tag', 'v2'], [GOOD_TRACE_ID]],
    [['--tag', 'prod,v2'], []],
    [['--name', 'tool-run'], [FAILED_TRACE_ID]],
    [['--name', 'tool'], []],
    [['--session', 'chat-1'], [GOOD_TRACE_ID]],
    [['--user', 'bob'], [FAILED_TRACE_ID]],
    [['--user', "bob' OR 1=1 --"], []],
    [['--environment', 'staging'], [FAILED_TRACE_ID]],
    [['--limit', '1'], [FAILED_TRACE_ID]],
    [['--name', 'rag-query', '--user', 'bob'], []],
  ])('tracesList() finds with %j what fits', async (filter, ids) => {
    const run = await runAxion(['traces', 'list', ...STORED_WINDOW, '--json', ...filter], env)
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    expect(
      run.stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line).id),
    ).toEqual(ids)
  })

  it.each([
    [['--from', '2026-11-02T03:04:05Z', '--to', '2026-11-02T03:05:05Z'], 1],
    [['--from', '2026-11-02T03:04:05.001', '--to', '2026-11-02T03:05:05Z'], 0],
    [['--from', '2026-11-02T04:04:05+01:00'], 2],
    [['--days', '36500'], 2],
    [['--hours', '876000'], 2],
    [['--hours', '0.001'], 0],
  ])('tracesList() looks with %j into that window', async (window, count) => {
    const run = await runAxion(['traces', 'list', '--json', ...window], env)
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    expect(run.stdout.split('\n').length - 1).toBe(count)
  })

  it('tracesList() says what to do when nothing fits, and nothing with --json', async () => {
    const nowhere = ['traces', 'list', ...STORED_WINDOW, '--tag', 'none']
    expect(await runAxion(nowhere, env)).toEqual({
      code: 0,
      stdout: '',
      stderr:
        'No traces fit. Widen the window (--days 30), drop a filter, or check that LANGFUSE_BASE_URL and the keys name the right project.\n',
    })
    expect(await runAxion([...nowhere, '--json'], env)).toEqual({ code: 0, stderr: '', stdout: '' })
  })

  it.each([[[]], [['--json']]])('tracesList() ends quietly with %j when nobody reads its output', async (flags) => {
    const { child, ended } = startAxion(['traces', 'list', ...STORED_WINDOW, ...flags], env)
    child.stdout?.destroy()
    expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})
