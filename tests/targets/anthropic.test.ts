import { beforeAll, describe, expect, it } from 'vitest'
import { anthropicScript } from './anthropic-script.js'
import { installedMajors } from './installed-majors.js'
import { inTime, type TracedProgram, traceProgram, treeOf } from './trace-program.js'

const CASES = installedMajors(['anthropic-0.60', 'anthropic-0', 'anthropic-1']).flatMap((major) =>
  ['mjs', 'cjs'].map((kind) => [major, kind] as const),
)
const INPUT = [
  { role: 'system', content: 'be brief' },
  { role: 'user', content: 'hi' },
]
const TOOL = { type: 'tool_use', id: 't_1', name: 'weather', input: { city: 'Oslo' } }
const SAID = { role: 'assistant', content: [{ type: 'text', text: 'Hello' }, TOOL] }
const PIECE = { role: 'assistant', content: [{ type: 'text', text: 'Hel' }] }
const USAGE = { input: 9, output: 5, cache_read_input_tokens: 7, cache_creation_input_tokens: 2 }
const BEGUN = { ...USAGE, output: 1 }

const ROWS: readonly (readonly [string, object])[] = [
  [
    'create',
    {
      name: 'anthropic.messages',
      type: 'GENERATION',
      model: 'claude-2026',
      modelParameters: { max_tokens: 10, temperature: 0.3 },
      input: INPUT,
      output: SAID,
      usage: USAGE,
      level: 'DEFAULT',
    },
  ],
  ['stream', { input: INPUT, output: SAID, usage: USAGE, timeToFirstTokenSeconds: expect.any(Number) }],
  ['stream helper', { output: SAID, usage: USAGE, timeToFirstTokenSeconds: expect.any(Number) }],
  ['withResponse', { output: SAID, usage: USAGE }],
  ['asResponse', { model: 'claude', input: INPUT, output: null }],
  [
    'leave',
    {
      level: 'WARNING',
      statusMessage: 'the application stopped reading',
      output: PIECE,
      usage: BEGUN,
      model: 'claude-2026',
    },
  ],
  ['abort', { level: 'WARNING', statusMessage: 'aborted by the application', output: PIECE, usage: BEGUN }],
  ['abort of a helper', { level: 'WARNING', statusMessage: 'aborted by the application', output: PIECE }],
  ['abort before an answer', { level: 'ERROR', statusMessage: expect.stringContaining('aborted'), model: 'claude' }],
  ['error', { level: 'ERROR', statusMessage: expect.stringContaining('no such model'), model: 'missing' }],
  ['retry', { level: 'DEFAULT', output: SAID }],
]
const PARSE = { output: { content: [{ type: 'text', text: '{"a":1}' }] }, usage: USAGE }

describe.each(CASES)('%s in a program.%s under --import @axion/register', (major, kind) => {
  let run: TracedProgram
  const hasHelpers = major !== 'anthropic-0.60'

  beforeAll(async () => {
    run = await traceProgram([`programs/target-app.${kind}`, './use-anthropic.cjs', major], anthropicScript)
  })

  it('the program prints what it prints without it, byte for byte, and ends well', () => {
    expect(run.plain).toMatchObject({ code: 0, stderr: '' })
    expect(run.traced).toEqual(run.plain)
  })

  // Those of them that have telemetry of their own find our provider, and would make a second span.
  it.each([
    ...ROWS,
    ...ROWS.map(([name, expected]) => [`beta ${name}`, expected] as const),
    ...(hasHelpers
      ? ([
          ['parse', PARSE],
          ['beta parse', PARSE],
        ] as const)
      : []),
  ])('%s is one generation inside the span of the application', (name, expected) => {
    const trace = run.traces.get(name)
    expect(treeOf(trace)).toMatch(new RegExp(`^span ${name} \\(generation anthropic\\.messages\\)$`))
    expect(trace?.observations.find(({ parentId }) => parentId !== null)).toMatchObject(expected)
  })

  const withHelpers = hasHelpers ? it : it.skip

  // Agents and tools are spans of the client's own; streams of threads go around the request that they were made by.
  withHelpers.each(['tool runner', 'tool runner stream'])('%s is a tree with a generation for each request', (name) => {
    const { observations = [] } = run.traces.get(name) ?? {}
    const agent = observations.find((one) => one.name === 'anthropic.messages.tool_runner')
    const generations = inTime(observations.filter(({ type }) => type === 'GENERATION'))
    expect(agent).toMatchObject({ type: 'AGENT' })
    expect(generations.map(({ parentId }) => parentId)).toEqual([agent?.id, agent?.id])
    expect(generations.map(({ output, usage }) => ({ output, usage }))).toMatchObject([
      { output: SAID, usage: USAGE },
      { output: { content: [{ type: 'text' }] }, usage: USAGE },
    ])
    expect(treeOf(run.traces.get(name))).toContain('tool weather (span look outside)')
  })
})
