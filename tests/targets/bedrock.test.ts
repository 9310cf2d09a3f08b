import { beforeAll, describe, expect, it } from 'vitest'
import { bedrockScript } from './bedrock-script.js'
import { type TracedProgram, traceProgram, treeOf } from './trace-program.js'

const USAGE = { input: 9, output: 5, total: 23, input_cached_tokens: 7, input_cache_creation: 2 }
const TOOL = { toolUse: { toolUseId: 't_1', name: 'weather', input: { city: 'Oslo' } } }
const SAID = { role: 'assistant', content: [{ text: 'Hello' }, TOOL] }
const CLAUDE = { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] }
const INPUT = [{ role: 'user', content: 'hi' }]

describe.each(['mjs', 'cjs'])(
  '@aws-sdk/client-bedrock-runtime in a program.%s under --import @axion/register',
  (kind) => {
    let run: TracedProgram

    beforeAll(async () => {
      const modules = ['@aws-sdk/client-bedrock-runtime', '@smithy/node-http-handler']
      run = await traceProgram([`programs/target-app.${kind}`, './use-bedrock.cjs', ...modules], bedrockScript)
    })

    it('the program prints what it prints without it, byte for byte, and ends well', () => {
      expect(run.plain).toMatchObject({ code: 0, stderr: '' })
      expect(run.traced).toEqual(run.plain)
    })

    it.each<[string, object]>([
      [
        'converse',
        {
          name: 'bedrock.converse',
          type: 'GENERATION',
          model: 'nova',
          modelParameters: { temperature: 0.5 },
          input: [
            { role: 'system', content: [{ text: 'be brief' }] },
            { role: 'user', content: [{ text: 'hi' }] },
          ],
          output: SAID,
          usage: USAGE,
          level: 'DEFAULT',
        },
      ],
      ['method', { output: SAID, usage: USAGE }],
      ['stream', { output: SAID, usage: USAGE, timeToFirstTokenSeconds: expect.any(Number) }],
      ['leave', { output: { content: [{ text: 'Hel' }] }, level: 'WARNING' }],
      ['abort', { output: { content: [{ text: 'Hel' }] }, level: 'ERROR' }],
      ['callback', { output: SAID, usage: USAGE }],
      ['callback after options', { output: SAID, usage: USAGE }],
      ['callback of a stream', { output: SAID, usage: USAGE, timeToFirstTokenSeconds: expect.any(Number) }],
      ['callback with an error', { level: 'ERROR', statusMessage: expect.stringContaining('no such model') }],
      ['error', { level: 'ERROR', statusMessage: expect.stringContaining('no such model'), model: 'missing' }],
      ['retry', { level: 'DEFAULT', output: SAID }],
      [
        'anthropic.claude',
        {
          name: 'bedrock.invokeModel',
          input: [{ role: 'system', content: 'be brief' }, ...INPUT],
          modelParameters: { max_tokens: 10 },
          output: CLAUDE,
          usage: { input: 9, output: 5, input_cached_tokens: 7 },
        },
      ],
      [
        'amazon.nova',
        { input: INPUT, modelParameters: { temperature: 0.5 }, output: { role: 'assistant' }, usage: USAGE },
      ],
      [
        'amazon.titan',
        { input: 'hi', modelParameters: { temperature: 0.5 }, output: 'Hello', usage: { input: 9, output: 5 } },
      ],
      ['amazon.titan-embed', { input: 'hi', output: { embeddings: 1, dimensions: 2 }, usage: { input: 3 } }],
      [
        'meta.llama',
        { input: 'hi', modelParameters: { temperature: 0.5 }, output: 'Hello', usage: { input: 9, output: 5 } },
      ],
      ['mistral.large', { input: 'hi', output: 'Hello' }],
      ['cohere.command', { input: 'hi', output: 'Hello' }],
      ['openai.gpt', { input: INPUT, output: { content: 'Hello' }, usage: { input: 9, output: 5, total: 14 } }],
      [
        'anthropic.claude stream',
        { output: CLAUDE, usage: { input: 9, output: 5 }, timeToFirstTokenSeconds: expect.any(Number) },
      ],
      [
        'meta.llama stream',
        { output: 'Hello', usage: { input: 9, output: 5 }, timeToFirstTokenSeconds: expect.any(Number) },
      ],
    ])('%s is one generation inside the span of the application', (name, expected) => {
      const trace = run.traces.get(name)
      expect(trace?.observations).toHaveLength(2)
      const child = trace?.observations.find(({ parentId }) => parentId !== null)
      expect(child).toMatchObject(expected)
      expect(child?.parentId).toBe(trace?.root?.id)
    })

    it('callback that asks again is one generation, beside that of what it asks for', () => {
      expect(treeOf(run.traces.get('callback that asks again'))).toBe(
        'span callback that asks again (generation bedrock.converse, generation bedrock.converse)',
      )
    })
  },
)
