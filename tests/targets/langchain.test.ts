import { beforeAll, describe, expect, it } from 'vitest'
import { openaiScript } from './openai-script.js'
import { inTime, type TracedProgram, traceProgram, treeOf } from './trace-program.js'

const MODULES = [
  '@langchain/openai',
  '@langchain/core/tools',
  '@langchain/core/prompts',
  '@langchain/core/runnables',
  '@langchain/langgraph',
  '@langchain/langgraph/prebuilt',
]
const USAGE = { input: 12, output: 5, total: 32, input_cached_tokens: 8, output_reasoning_tokens: 7 }
const HELLO = { role: 'assistant', content: 'Hello' }
const CALL = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{}' } }

describe.each(['mjs', 'cjs'])('@langchain/core in a program.%s under --import @axion/register', (kind) => {
  let run: TracedProgram

  beforeAll(async () => {
    run = await traceProgram([`programs/target-app.${kind}`, './use-langchain.cjs', ...MODULES], openaiScript)
  })

  it('the program prints what it prints without it, byte for byte, and ends well', () => {
    expect(run.plain).toMatchObject({ code: 0, stderr: '' })
    expect(run.traced).toEqual(run.plain)
  })

  // The client of OpenAI underneath makes no generation of its own; embeddings, of which LangChain tells nothing, are the client's.
  it.each([
    ['invoke', 'generation ChatOpenAI'],
    ['stream', 'generation ChatOpenAI'],
    ['leave', 'generation ChatOpenAI'],
    [
      'chain',
      'chain RunnableSequence (chain ChatPromptTemplate, generation ChatOpenAI, chain RunnableLambda (span shout))',
    ],
    ['bound tools', 'generation ChatOpenAI'],
    [
      'graph',
      'chain LangGraph (chain ask (generation ChatOpenAI, chain RunnableLambda), ' +
        'chain tools (tool weather (span look outside)), chain ask (generation ChatOpenAI, chain RunnableLambda))',
    ],
    ['parse', 'chain RunnableSequence (generation ChatOpenAI, chain RunnableLambda (chain StructuredOutputParser))'],
    ['abort', 'generation ChatOpenAI'],
    ['abort before an answer', 'generation ChatOpenAI'],
    ['retry', 'generation ChatOpenAI'],
    ['error', 'generation ChatOpenAI'],
    ['embeddings', 'embedding openai.embeddings'],
  ])('%s is a tree inside the span of the application', (name, tree) => {
    expect(treeOf(run.traces.get(name))).toMatch(new RegExp(`^\\w+ ${name} `))
    expect(treeOf(run.traces.get(name)).replace(/^.*? \(/, '')).toBe(`${tree})`)
  })

  it.each<[string, object]>([
    [
      'invoke',
      {
        model: 'gpt-2026',
        modelParameters: { temperature: 0.2 },
        input: [
          { role: 'system', content: 'be brief' },
          { role: 'user', content: 'hi' },
        ],
        output: HELLO,
        usage: USAGE,
        level: 'DEFAULT',
      },
    ],
    ['stream', { output: HELLO, usage: USAGE, timeToFirstTokenSeconds: expect.any(Number) }],
    [
      'leave',
      {
        output: { content: expect.stringMatching(/^Hel/) },
        level: 'WARNING',
        statusMessage: 'the application stopped reading',
        model: 'gpt',
      },
    ],
    ['chain', { input: [{ role: 'user', content: 'hi you' }], output: HELLO, usage: USAGE }],
    [
      'bound tools',
      {
        input: { tools: [{ function: { name: 'weather' } }] },
        output: { tool_calls: [{ function: { name: 'weather', arguments: '{"city":"Oslo"}' } }] },
        timeToFirstTokenSeconds: expect.any(Number),
      },
    ],
    ['graph', { output: { tool_calls: [CALL] } }],
    ['parse', { output: { role: 'assistant', content: '{"a":1}' }, usage: USAGE }],
    [
      'abort',
      {
        level: 'WARNING',
        statusMessage: 'aborted by the application',
        output: { role: 'assistant', content: 'Hel' },
        model: 'gpt-endless',
      },
    ],
    ['abort before an answer', { level: 'ERROR', statusMessage: expect.stringContaining('aborted') }],
    ['retry', { level: 'DEFAULT', output: HELLO, usage: USAGE }],
    ['error', { level: 'ERROR', statusMessage: expect.stringContaining('no such model'), model: 'missing' }],
  ])('%s has a generation with all that LangChain tells', (name, expected) => {
    const [first] = inTime((run.traces.get(name)?.observations ?? []).filter(({ type }) => type === 'GENERATION'))
    expect(first).toMatchObject(expected)
  })

  it('a tool has what it was called with and what it gave', () => {
    const tool = run.traces.get('graph')?.observations.find(({ type }) => type === 'TOOL')
    expect(tool).toMatchObject({ name: 'weather', input: {}, output: { role: 'tool', content: 'sunny' } })
  })

  it('a run that another handler traces is left to it', () => {
    expect(treeOf(run.traces.get('own handler'))).toBe('span own handler')
  })
})
