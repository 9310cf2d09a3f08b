import type { ServerResponse } from 'node:http'
import { crc32 } from 'node:zlib'
import { type Script, sendJson } from './scripted-api.js'

const TOOL = { toolUseId: 't_1', name: 'weather', input: { city: 'Oslo' } }
const USAGE = { inputTokens: 9, outputTokens: 5, totalTokens: 23, cacheReadInputTokens: 7, cacheWriteInputTokens: 2 }
const ANSWER = {
  output: { message: { role: 'assistant', content: [{ text: 'Hello' }, { toolUse: TOOL }] } },
  stopReason: 'tool_use',
  usage: USAGE,
  metrics: { latencyMs: 1 },
}
const CONVERSE_EVENTS: readonly (readonly [string, object])[] = [
  ['messageStart', { role: 'assistant' }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hel' } }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'lo' } }],
  ['contentBlockStop', { contentBlockIndex: 0 }],
  ['contentBlockStart', { contentBlockIndex: 1, start: { toolUse: { toolUseId: 't_1', name: 'weather' } } }],
  ['contentBlockDelta', { contentBlockIndex: 1, delta: { toolUse: { input: '{"city":' } } }],
  ['contentBlockDelta', { contentBlockIndex: 1, delta: { toolUse: { input: '"Oslo"}' } } }],
  ['contentBlockStop', { contentBlockIndex: 1 }],
  ['messageStop', { stopReason: 'tool_use' }],
  ['metadata', { usage: USAGE, metrics: { latencyMs: 1 } }],
]
const CLAUDE = {
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: 'Hello' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 9, output_tokens: 5, cache_read_input_tokens: 7 },
}
const BODIES: readonly (readonly [string, object])[] = [
  ['anthropic.', CLAUDE],
  ['amazon.nova', { output: { message: { role: 'assistant', content: [{ text: 'Hello' }] } }, usage: USAGE }],
  ['amazon.titan-embed', { embedding: [0.5, 0.25], inputTextTokenCount: 3 }],
  ['amazon.titan', { inputTextTokenCount: 9, results: [{ outputText: 'Hello', tokenCount: 5 }] }],
  ['meta.', { generation: 'Hello', prompt_token_count: 9, generation_token_count: 5 }],
  ['mistral.', { outputs: [{ text: 'Hello', stop_reason: 'stop' }] }],
  ['cohere.', { text: 'Hello', generation_id: 'g' }],
  [
    'openai.',
    {
      choices: [{ message: { role: 'assistant', content: 'Hello' } }],
      usage: { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 },
    },
  ],
]
const CLAUDE_EVENTS = [
  { type: 'message_start', message: { ...CLAUDE, content: [], usage: { ...CLAUDE.usage, output_tokens: 1 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
  { type: 'message_stop' },
]
const LLAMA_EVENTS = [
  { generation: 'Hel', prompt_token_count: 9, generation_token_count: 1 },
  { generation: 'lo', prompt_token_count: null, generation_token_count: 5, stop_reason: 'stop' },
]

/** Bedrock's runtime API, as far as the programs ask it. */
export const bedrockScript: Script = ({ path, attempt }, response) => {
  const [, , model = '', operation = ''] = decodeURIComponent(path).split('/')
  if (model === 'missing') return sendError(response, 404, 'ResourceNotFoundException', 'no such model')
  if (model === 'busy' && attempt === 1) return sendError(response, 429, 'ThrottlingException', 'slow down')
  if (operation === 'converse') return sendJson(response, ANSWER)
  if (operation === 'converse-stream') return sendStream(response, CONVERSE_EVENTS, model === 'endless')
  if (operation === 'invoke') return sendJson(response, BODIES.find(([vendor]) => model.startsWith(vendor))?.[1])
  const chunks = model.startsWith('meta.') ? LLAMA_EVENTS : CLAUDE_EVENTS
  const encoded = chunks.map((chunk) => Buffer.from(JSON.stringify(chunk)).toString('base64'))
  sendStream(
    response,
    encoded.map((bytes) => ['chunk', { bytes }] as const),
    false,
  )
}

function sendError(response: ServerResponse, status: number, type: string, message: string): void {
  sendJson(response, { message }, status, { 'x-amzn-errortype': type })
}

function sendStream(
  response: ServerResponse,
  events: readonly (readonly [string, object])[],
  isEndless: boolean,
): void {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
  for (const [type, payload] of isEndless ? events.slice(0, 2) : events) response.write(frame(type, payload))
  if (!isEndless) response.end()
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html#RESTSelectObjectAppendix-responses: lengths, a checksum of them,
// headers, payload, a checksum of all.
function frame(type: string, payload: object): Buffer {
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ])
  const body = Buffer.from(JSON.stringify(payload))
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32BE(16 + headers.length + body.length, 0)
  lengths.writeUInt32BE(headers.length, 4)
  const message = Buffer.concat([lengths, checksum(lengths), headers, body])
  return Buffer.concat([message, checksum(message)])
}

function header(name: string, value: string): Buffer {
  const [key, text] = [Buffer.from(name), Buffer.from(value)]
  const STRING = 7
  return Buffer.concat([Buffer.of(key.length), key, Buffer.of(STRING, text.length >> 8, text.length & 255), text])
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(bytes))
  return sum
}
