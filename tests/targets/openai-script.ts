import { type ApiRequest, type Script, sendEvents, sendJson } from './scripted-api.js'

const USAGE = {
  prompt_tokens: 20,
  completion_tokens: 12,
  total_tokens: 32,
  prompt_tokens_details: { cached_tokens: 8 },
  completion_tokens_details: { reasoning_tokens: 7 },
}
const RESPONSE = {
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
      content: [{ type: 'output_text', text: 'Hello', annotations: [] }],
    },
  ],
  usage: {
    input_tokens: 20,
    output_tokens: 12,
    total_tokens: 32,
    input_tokens_details: { cached_tokens: 8 },
    output_tokens_details: { reasoning_tokens: 7 },
  },
}

/** OpenAI's API, as far as the programs ask it. */
export const openaiScript: Script = (request, response) => {
  if (request.path.endsWith('/embeddings')) {
    const vector = [0.5, 0.25]
    const isBase64 = request.body.encoding_format === 'base64'
    const embedding = isBase64 ? Buffer.from(new Float32Array(vector).buffer).toString('base64') : vector
    return sendJson(response, {
      object: 'list',
      model: 'text-embedding-3-small',
      data: [{ object: 'embedding', index: 0, embedding }],
      usage: { prompt_tokens: 3, total_tokens: 3 },
    })
  }
  if (request.path.endsWith('/responses')) {
    if (request.body.stream !== true) return sendJson(response, RESPONSE)
    sendEvents(
      response,
      [
        { type: 'response.created', response: { ...RESPONSE, status: 'in_progress', output: [], usage: null } },
        { type: 'response.output_text.delta', item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'Hello' },
        { type: 'response.completed', response: RESPONSE },
      ],
      true,
    )
    response.end()
    return
  }
  chat(request, response)
}

const chat: Script = ({ body, attempt }, response) => {
  const { model } = body
  if (model === 'missing') return sendJson(response, { error: { message: 'no such model' } }, 404)
  if (model === 'gpt-busy' && attempt === 1) {
    return sendJson(response, { error: { message: 'slow down' } }, 429, { 'retry-after-ms': '1' })
  }
  if (body.stream === true) {
    const isToolCall = model === 'gpt-tools'
    const last = { ...chunk({}), choices: [{ index: 0, delta: {}, finish_reason: isToolCall ? 'tool_calls' : 'stop' }] }
    const chunks = [...(isToolCall ? TOOL_DELTAS : TEXT_DELTAS).map(chunk), last]
    // One that is never complete: the reader has to leave.
    if (model === 'gpt-endless') return sendEvents(response, chunks.slice(0, 2))
    sendEvents(response, [...chunks, { ...chunk({}), choices: [], usage: USAGE }, '[DONE]'])
    response.end()
    return
  }
  sendJson(response, completion(answerTo(body)))
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

function answerTo({ model, messages }: ApiRequest['body']): object {
  if (model === 'gpt-json') return { content: '{"a":1}' }
  // Calls the tool, and says what came of it.
  const isAgent = model === 'gpt-agent' && Array.isArray(messages)
  if (isAgent && messages.length === 1) {
    const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{}' } }
    return { content: null, tool_calls: [call] }
  }
  return { content: isAgent ? 'It is sunny' : 'Hello' }
}

function completion(message: object): object {
  const choice = { index: 0, message: { role: 'assistant', refusal: null, ...message }, finish_reason: 'stop' }
  return { id: 'c_1', object: 'chat.completion', created: 0, model: 'gpt-2026', choices: [choice], usage: USAGE }
}
