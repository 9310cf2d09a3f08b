import { beforeAll, describe, expect, it } from 'vitest'
import { installedMajors } from './installed-majors.js'
import { openaiScript } from './openai-script.js'
import { inTime, type TracedProgram, traceProgram } from './trace-program.js'

const MAJORS = installedMajors(['openai-4', 'openai-5', 'openai-6', 'openai-7'])
const CASES = MAJORS.flatMap((major) => ['mjs', 'cjs'].map((kind) => [major, kind] as const))
const USAGE = { input: 12, output: 5, total: 32, input_cached_tokens: 8, output_reasoning_tokens: 7 }
const INPUT = [{ role: 'user', content: 'hi' }]

describe.each(CASES)('%s in a program.%s under --import @axion/register', (major, kind) => {
  let run: TracedProgram

  beforeAll(async () => {
    run = await traceProgram([`programs/target-app.${kind}`, './use-openai.cjs', major], openaiScript)
  })

  it('the program prints what it prints without it, byte for byte, and ends well', () => {
    expect(run.plain).toMatchObject({ code: 0, stderr: '' })
    expect(run.traced).toEqual(run.plain)
    expect(run.plain.stdout.split('\n').length).toBeGreaterThan(45)
  })

  it.each<readonly [string, object]>([
    [
      'create',
      {
        name: 'openai.chat',
        type: 'GENERATION',
        input: INPUT,
        model: 'gpt-2026',
        modelParameters: { temperature: 0.2 },
        output: { role: 'assistant', content: 'Hello' },
        usage: USAGE,
        level: 'DEFAULT',
      },
    ],
    ['stream', { model: 'gpt-2026', input: INPUT, output: { role: 'assistant', content: 'Hello' }, usage: USAGE }],
    [
      'tool stream',
      { output: { tool_calls: [{ id: 'call_1', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }] } },
    ],
    ['stream helper', { output: { content: 'Hello' }, usage: USAGE }],
    ['parse', { model: 'gpt-2026', output: { content: '{"a":1}' }, usage: USAGE }],
    ['withResponse', { output: { content: 'Hello' }, usage: USAGE }],
    ['asResponse', { name: 'openai.chat', model: 'gpt', input: INPUT, output: null }],
    ['leave', { level: 'WARNING', statusMessage: 'the application stopped reading', output: { role: 'assistant' } }],
    ['abort', { level: 'WARNING', statusMessage: 'aborted by the application', output: { role: 'assistant' } }],
    ['abort before an answer', { level: 'ERROR', statusMessage: expect.stringContaining('aborted') }],
    ['error', { level: 'ERROR', statusMessage: expect.stringContaining('no such model'), model: 'missing' }],
    ['parse error', { level: 'ERROR', statusMessage: expect.stringContaining('no such model') }],
    ['retry', { level: 'DEFAULT', output: { content: 'Hello' } }],
    [
      'embeddings',
      {
        name: 'openai.embeddings',
        type: 'EMBEDDING',
        input: 'hi',
        output: { embeddings: 1, dimensions: 2 },
        usage: { input: 3, total: 3 },
      },
    ],
    [
      'response',
      {
        name: 'openai.responses',
        input: { input: 'hi', instructions: 'be brief' },
        output: { role: 'assistant' },
        usage: USAGE,
      },
    ],
    ['response stream', { name: 'openai.responses', input: 'hi', output: { role: 'assistant' }, usage: USAGE }],
    ['response stream helper', { output: { role: 'assistant' }, usage: USAGE }],
    ['response parse', { output: { content: [{ text: '{"a":1}' }] }, usage: USAGE }],
    ['response withResponse', { output: { role: 'assistant' }, usage: USAGE }],
    ['response asResponse', { name: 'openai.responses', model: 'gpt', input: 'hi', output: null }],
    [
      'response abort',
      { level: 'WARNING', statusMessage: 'aborted by the application', output: { role: 'assistant', content: 'Hel' } },
    ],
    ['response error', { level: 'ERROR', statusMessage: expect.stringContaining('no such model'), model: 'missing' }],
    ['response retry', { level: 'DEFAULT', output: { role: 'assistant' } }],
    ...(Number(major.slice(-1)) < 6
      ? []
      : ([['beta response', { name: 'openai.responses', output: { role: 'assistant' }, usage: USAGE }]] as const)),
    [
      'text completion',
      {
        name: 'openai.completions',
        input: { prompt: 'hi', suffix: 'bye' },
        output: 'Hello',
        modelParameters: { temperature: 0.2 },
        model: 'gpt-2026',
        usage: USAGE,
      },
    ],
    ['text completion stream', { name: 'openai.completions', input: 'hi', output: 'Hello', usage: USAGE }],
    ['azure', { name: 'openai.chat', output: { content: 'Hello' }, usage: USAGE }],
  ])('%s is one generation inside the span of the application', (name, expected) => {
    const trace = run.traces.get(name)
    expect(trace?.observations).toHaveLength(2)
    const child = trace?.observations.find(({ parentId }) => parentId !== null)
    expect(child).toMatchObject(expected)
    expect(child?.parentId).toBe(trace?.root?.id)
  })

  it.each(['runTools', 'runTools stream'])(
    '%s is a generation for each request, with the call of the tool in the first',
    (name) => {
      const { observations = [] } = run.traces.get(name) ?? {}
      const outputs = inTime(observations.filter(({ name }) => name === 'openai.chat')).map(({ output }) => output)
      expect(outputs).toEqual([
        expect.objectContaining({ tool_calls: [expect.objectContaining({ id: 'call_1' })] }),
        expect.objectContaining({ content: 'It is sunny' }),
      ])
    },
  )

  it.each(['stream', 'response stream', 'tool stream', 'text completion stream'])(
    '%s has the time of its first token',
    (name) => {
      const child = run.traces.get(name)?.observations.find(({ parentId }) => parentId !== null)
      expect(child?.timeToFirstTokenSeconds).toBeGreaterThanOrEqual(0)
      expect(child?.timeToFirstTokenSeconds).not.toBeNull()
    },
  )
})
