import type { ServerResponse } from 'node:http'
import { type ApiRequest, type Script, sendEvents, sendJson } from './scripted-api.js'

const USAGE = {
  prompt_tokens: 20,
  completion_tokens: 12,
  total_tokens: 32,
  prompt_tokens_details: { cached_tokens: 8 },
  completion_tokens_details: { reasoning_tokens: 7 },
}
type Body = ApiRequest['body']
/** Answers one kind of request. */
type Answer = (body: Body, response: ServerResponse) => void

const wholeResponse = (text: string): Readonly<Record<string, unknown>> & { readonly output: readonly object[] } => ({
  id: 'resp_1',
  object: 'response',
  model: 'gpt-2026',
  status: 'completed',
  output: [
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text, annotations: [] }],
    },
  ],
  usage: {
    input_tokens: 20,
    output_tokens: 12,
    total_tokens: 32,
    input_tokens_details: { cached_tokens: 8 },
    output_tokens_details: { reasoning_tokens: 7 },
  },
})

/** OpenAI's API, as far as the programs ask it. */
export const openaiScript: Script = (request, response) => {
  const { path, body, attempt } = request
  if (path.endsWith('/embeddings')) return sendJson(response, embeddings(body))
  if (body.model === 'missing') return sendJson(response, { error: { message: 'no such model' } }, 404)
  if (body.model === 'gpt-busy' && attempt === 1) {
    return sendJson(response, { error: { message: 'slow down' } }, 429, { 'retry-after-ms': '1', 'retry-after': '0' })
  }
  // Says nothing, until the client has enough.
  if (body.model === 'gpt-silent') return
  // Also those of Azure and of the beta, whose addresses have a query.
  const [, , operation] = /\/(v1|deployments\/\w+)\/([a-z/]+)/.exec(path) ?? []
  if (operation === 'responses') return respond(body, response)
  if (operation === 'completions') return complete(body, response)
  chat(body, response)
}

/** Sends what is there; of one whose model is endless no more than the first text, so that the reader has to leave. */
function stream(response: ServerResponse, model: unknown, events: readonly unknown[], named = false): void {
  const isEndless = model === 'gpt-endless'
  sendEvents(response, isEndless ? events.slice(0, named ? 4 : 2) : events, named)
  if (!isEndless) response.end()
}

function embeddings({ encoding_format }: Body): object {
  const vector = [0.5, 0.25]
  const embedding =
    encoding_format === 'base64' ? Buffer.from(new Float32Array(vector).buffer).toString('base64') : vector
  const data = [{ object: 'embedding', index: 0, embedding }]
  return { object: 'list', model: 'text-embedding-3-small', data, usage: { prompt_tokens: 3, total_tokens: 3 } }
}

const respond: Answer = ({ model, stream: isStream }, response) => {
  const whole = wholeResponse(model === 'gpt-json' ? '{"a":1}' : 'Hello')
  if (isStream !== true) return sendJson(response, whole)
  const [item] = whole.output
  const at = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  const delta = (text: string): object => ({ type: 'response.output_text.delta', ...at, delta: text })
  const events = [
    { type: 'response.created', response: { ...whole, status: 'in_progress', output: [], usage: null } },
    { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
    { type: 'response.content_part.added', ...at, part: { type: 'output_text', text: '', annotations: [] } },
    delta('Hel'),
    delta('lo'),
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: whole },
  ]
  stream(response, model, events, true)
}

const complete: Answer = ({ model, stream: isStream }, response) => {
  const answer = (text: string, finish_reason: string | null): object => ({
    id: 'cmpl_1',
    object: 'text_completion',
    model: 'gpt-2026',
    choices: [{ index: 0, text, finish_reason, logprobs: null }],
  })
  if (isStream !== true) return sendJson(response, { ...answer('Hello', 'stop'), usage: USAGE })
  const last = { id: 'cmpl_1', object: 'text_completion', model: 'gpt-2026', choices: [], usage: USAGE }
  stream(response, model, [answer('Hel', null), answer('lo', 'stop'), last, '[DONE]'])
}

const chat: Answer = (body, response) => {
  const { model } = body
  const answer = answerTo(body)
  if (body.stream !== true) return sendJson(response, completion(answer))
  const isCall = model === 'gpt-tools' || 'tool_calls' in answer
  const deltas = isCall ? TOOL_DELTAS : answer.content === 'Hello' ? TEXT_DELTAS : [{ role: 'assistant', ...answer }]
  const last = { ...chunk({}), choices: [{ index: 0, delta: {}, finish_reason: isCall ? 'tool_calls' : 'stop' }] }
  stream(response, model, [...deltas.map(chunk), last, { ...chunk({}), choices: [], usage: USAGE }, '[DONE]'])
}

const TEXT_DELTAS = [{ role: 'assistant', content: '' }, { content: 'Hel' }, { content: 'lo' }]
const TOOL_DELTAS = [
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '' } }],
  },
  { tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] },
  { tool_calls: [{ index: 0, function: { arguments: '"Oslo"}' } }] },
]

function chunk(delta: object): object {
  return {
    id: 'c_1',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'gpt-2026',
    choices: [{ index: 0, delta, finish_reason: null }],
  }
}

function answerTo({ model, messages }: Body): { readonly content: string | null } {
  if (model === 'gpt-json') return { content: '{"a":1}' }
  // Calls the tool, and says what came of it.
  const isAgent = model === 'gpt-agent' && Array.isArray(messages)
  if (isAgent && messages.length === 1) {
    const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{}' } }
    return { content: null, ...{ tool_calls: [call] } }
  }
  return { content: isAgent ? 'It is sunny' : 'Hello' }
}

function completion(message: object): object {
  const choice = { index: 0, message: { role: 'assistant', refusal: null, ...message }, finish_reason: 'stop' }
  return { id: 'c_1', object: 'chat.completion', created: 0, model: 'gpt-2026', choices: [choice], usage: USAGE }
}
