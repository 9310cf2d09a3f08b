import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from '../filled-server.fixture.js'
import { environmentOf, postScore } from '../post-spans.fixture.js'
import { runAxion, startAxion } from '../run-axion.fixture.js'
import { FAILED_TRACE_ID, GOOD_TRACE_ID, STORED_AT_MILLIS, STORED_SPANS } from '../stored-traces.fixture.js'

const WIDE_TRACE_ID = '33333333333333333333333333333333'
const WIDE_SPANS = Array.from({ length: 600 }, (_, index) => ({
  traceId: WIDE_TRACE_ID,
  spanId: (index + 1).toString(16).padStart(16, '0'),
  ...(index === 0 ? {} : { parentId: '0000000000000001' }),
  name: `span ${index}`,
  startMillis: STORED_AT_MILLIS + index,
  durationMillis: 1,
}))

describe('axion traces get', () => {
  let filled: FilledServer
  let env: Record<string, string>

  beforeAll(async () => {
    filled = await startFilledServer([...STORED_SPANS, ...WIDE_SPANS])
    await postScore(filled.server, GOOD_TRACE_ID, 'helpfulness', 0.9)
    env = environmentOf(filled.server)
  })
  afterAll(() => filled.close())

  it('tracesGet() prints the tree of a trace with its scores', async () => {
    expect(await runAxion(['traces', 'get', GOOD_TRACE_ID], env)).toEqual({
      code: 0,
      stderr: '',
      stdout: `rag-query  DEFAULT  1.25 s  812 → 64 tokens  $0.0012
  id           11111111111111111111111111111111
  time         2026-11-02T03:04:05Z
  user         ada
  session      chat-1
  tags         prod, v2
  environment  default
  scores       helpfulness=0.9

rag-query  SPAN  1.25 s
│ in      {"query":"How long is the warranty?"}
│ out     Two years. …
├─ retrieve  RETRIEVER  40 ms
│  │ in      warranty
│  │ out     ["Warranty: two years","Batteries: one year"]
│  └─ embed  EMBEDDING  12 ms
└─ answer  GENERATION  1.10 s  in-house-model  812 → 64 tokens  $0.0012
     out     Two years.
`,
    })
  })

  it('tracesGet() prints the error of what failed', async () => {
    const { stdout } = await runAxion(['traces', 'get', FAILED_TRACE_ID], env)
    expect(stdout).toContain('tool-run  ERROR  5 ms\n')
    expect(stdout).toContain('└─ weather  TOOL  ERROR  3 ms\n     error  upstream answered 500\n')
  })

  it('tracesGet() prints the whole trace with --json', async () => {
    const run = await runAxion(['traces', 'get', GOOD_TRACE_ID, '--json'], env)
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    expect(run.stdout.split('\n')).toHaveLength(2)
    const trace = JSON.parse(run.stdout)
    expect(trace).toMatchObject({
      id: GOOD_TRACE_ID,
      input: { query: 'How long is the warranty?' },
      output: 'Two years.\nOne for batteries.',
      scores: [{ name: 'helpfulness', value: 0.9, dataType: 'NUMERIC' }],
      observationCount: 4,
    })
    expect(
      trace.observations.map(({ name, parentId }: { name: string; parentId: string }) => [name, parentId]),
    ).toEqual([
      ['rag-query', null],
      ['retrieve', '1100000000000001'],
      ['embed', '1100000000000002'],
      ['answer', '1100000000000001'],
    ])
    expect(trace.observations[3]).toMatchObject({
      type: 'GENERATION',
      model: 'in-house-model',
      usage: { input: 812, output: 64, total: 876 },
      totalCostUsd: 0.0012,
      latencySeconds: 1.1,
      placement: 'child',
    })
  })

  it('tracesGet() prints every observation of a large trace', async () => {
    const { stdout, code } = await runAxion(['traces', 'get', WIDE_TRACE_ID], env)
    expect(code).toBe(0)
    expect(stdout.match(/^[├└]─ span \d+ {2}SPAN {2}1 ms$/gm)).toHaveLength(599)
  })

  it('tracesGet() ends quietly when nobody reads its output', async () => {
    const { child, ended } = startAxion(['traces', 'get', WIDE_TRACE_ID], env)
    child.stdout?.destroy()
    expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('tracesGet() fails with one line when there is no such trace', async () => {
    const run = await runAxion(['traces', 'get', '99999999999999999999999999999999'], env)
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(/^axion: Cannot load trace 9{32}: .*\n$/)
  })
})
