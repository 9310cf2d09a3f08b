import { describe, expect, it } from 'vitest'
import { emptyAttributes } from '../decode-otlp/attributes.js'
import { usageDetails } from './usage-details.js'

const stated = (usage: unknown): object => ({ 'langfuse.observation.usage_details': JSON.stringify(usage) })

describe('usageDetails()', () => {
  it.each([
    [{}, {}],
    [stated({ input: 3, output: 4 }), { input: 3, output: 4, total: 7 }],
    [stated({ input: 3, total: 9 }), { input: 3, total: 9 }],
    [stated({ input: '12', output: 1.5, bad: 'x', negative: -1, none: null }), { input: 12, total: 12 }],
    [
      stated({
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        prompt_tokens_details: { cached_tokens: 4 },
      }),
      { input: 6, input_cached_tokens: 4, output: 5, total: 15 },
    ],
    [
      stated({ input_tokens: 8, output_tokens: 9, total_tokens: 17, output_tokens_details: { reasoning_tokens: 5 } }),
      { input: 8, output: 4, output_reasoning_tokens: 5, total: 17 },
    ],
    [
      stated({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, extra: 1 }),
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, extra: 1, total: 31 },
    ],
    // Present but no object: no usage at all, rather than another source.
    [{ ...stated([1]), 'gen_ai.usage.input_tokens': 5 }, {}],
    // No JSON: as if it were not there.
    [
      { 'langfuse.observation.usage_details': '{', 'gen_ai.usage.input_tokens': 5 },
      { input: 5, total: 5 },
    ],
    [
      { 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.output_tokens': 5, 'gen_ai.usage.cost': 0.1 },
      { input: 10, output: 5, total: 15 },
    ],
    [
      {
        'gen_ai.usage.prompt_tokens': 10,
        'gen_ai.usage.cache_read_input_tokens': 4,
        'gen_ai.usage.cache_creation_input_tokens': 8,
      },
      { input: 0, input_cached_tokens: 4, input_cache_creation: 8, total: 12 },
    ],
    [
      {
        'llm.token_count.prompt': 7,
        'llm.token_count.completion': 3,
        'llm.token_count.total': 10,
        'llm.token_count.completion_details.reasoning': 2,
      },
      { input: 7, output: 1, output_reasoning_tokens: 2, total: 10 },
    ],
    [{ 'gen_ai.usage.details.images': 2 }, { images: 2, total: 2 }],
  ])('usageDetails() reads %j', (attributes, usage) => {
    expect(usageDetails(Object.assign(emptyAttributes(), attributes), 'any')).toEqual(usage)
  })

  it.each([
    [
      { 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.output_tokens': 4, 'ai.usage.tokens': 14 },
      { input: 10, output: 4, total: 14 },
    ],
    [
      {
        'gen_ai.usage.input_tokens': 10,
        'ai.usage.cachedInputTokens': 6,
        'ai.usage.reasoningTokens': 1,
        'gen_ai.usage.output_tokens': 3,
      },
      { input: 4, output: 2, input_cached_tokens: 6, output_reasoning_tokens: 1, total: 13 },
    ],
    [
      {
        'gen_ai.usage.input_tokens': 20,
        'ai.response.providerMetadata':
          '{"anthropic":{"usage":{"cache_read_input_tokens":5,"cache_creation_input_tokens":7,"cache_creation":{"ephemeral_5m_input_tokens":4,"ephemeral_1h_input_tokens":3}}}}',
      },
      {
        input: 8,
        output: 0,
        input_cached_tokens: 5,
        input_cache_creation: 0,
        input_cache_creation_5m: 4,
        input_cache_creation_1h: 3,
        total: 20,
      },
    ],
    [
      { 'gen_ai.usage.input_tokens': 5, 'ai.response.providerMetadata': 'no json' },
      { input: 5, total: 5 },
    ],
  ])('usageDetails() reads %j of the AI SDK', (attributes, usage) => {
    expect(usageDetails(Object.assign(emptyAttributes(), attributes), 'ai')).toEqual(usage)
  })
})
