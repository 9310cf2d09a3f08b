import { describe, expect, it } from 'vitest'
import { answerOf } from './model-answer.js'

describe('answerOf()', () => {
  it.each<[string, Record<string, unknown>, object]>([
    ['nothing', {}, { output: undefined, usage: undefined }],
    ['an answer of no vendor', { something: 'else' }, { output: undefined, usage: undefined }],
    [
      'null in every place',
      { content: null, output: null, choices: null, usage: null, results: null },
      { output: undefined },
    ],
    ['no results', { results: [], inputTextTokenCount: 3 }, { output: undefined, usage: { input: 3 } }],
    ['generations of Cohere', { generations: [{ text: 'Hello' }] }, { output: 'Hello' }],
    [
      'embeddings of Cohere',
      {
        embeddings: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
      { output: { embeddings: 2, dimensions: 3 } },
    ],
    ['an empty text', { generation: '', generation_token_count: 0 }, { output: '', usage: { output: 0 } }],
    [
      'numbers that are none',
      { content: [], usage: { input_tokens: '9', output_tokens: null } },
      { output: { content: [] }, usage: undefined },
    ],
    [
      'counts that Bedrock adds to a stream',
      { text: 'Hello', 'amazon-bedrock-invocationMetrics': { inputTokenCount: 9, outputTokenCount: 5 } },
      { output: 'Hello', usage: { input: 9, output: 5 } },
    ],
  ])('reads %s', (_, answer, expected) => {
    expect(answerOf(answer)).toMatchObject(expected)
  })
})
