import { describe, expect, it } from 'vitest'
import { libraryOfRequest } from './library-of-request.js'

const STAINLESS = 'x-stainless-lang: js'

describe('libraryOfRequest()', () => {
  it.each([
    ['openai', '/v1/chat/completions', 'user-agent: OpenAI/JS 6.49.0'],
    ['openai', '/openai/deployments/gpt/responses', 'accept: */*\r\nUser-Agent: AzureOpenAI/JS 4.104.0\r\nhost: a'],
    ['openai', '/v1/embeddings', `user-agent: $/JS 6.49.0\r\n${STAINLESS}`],
    ['@anthropic-ai/sdk', '/v1/messages', 'user-agent: Anthropic/JS 0.60.0'],
    ['@anthropic-ai/sdk', '/v1/messages', `user-agent: eA/JS 1.0.0\r\n${STAINLESS}\r\nanthropic-version: 2023-06-01`],
    ['@google/genai', '/v1beta/models/g:generateContent', 'user-agent: google-genai-sdk/1.52.0 gl-node/v20'],
    ['ai', '/v1/responses', 'user-agent: ai/6.0.325 ai-sdk/openai/3.0.141 runtime/node.js/20'],
    ['@aws-sdk/client-bedrock-runtime', '/model/m/converse', 'user-agent: aws-sdk-js/3.9 api/bedrock-runtime#3.9'],
  ])('knows a request of %s to %s', (library, path, headers) => {
    expect(libraryOfRequest(path, headers)).toBe(library)
  })

  it.each([
    ['none', '/v1/chat/completions', ''],
    ['another', '/v1/chat/completions', 'user-agent: node'],
    ['another SDK of the same make', '/v1/chat/completions', `user-agent: Groq/JS 1.0.0\r\n${STAINLESS}`],
    ['a short one that nobody knows', '/v1/chat/completions', 'user-agent: a/JS 1.0.0'],
    ['a short one elsewhere', '/v1/zones', `user-agent: a/JS 1.0.0\r\n${STAINLESS}`],
    ['one in another header', '/', 'x-user-agent: OpenAI/JS 6.49.0'],
  ])('knows nothing of a request whose user agent is %s', (_, path, headers) => {
    expect(libraryOfRequest(path, headers)).toBeUndefined()
  })
})
