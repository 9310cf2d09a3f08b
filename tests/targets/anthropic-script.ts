import { type ApiRequest, type Script, sendEvents, sendJson } from './scripted-api.js'

const USAGE = { input_tokens: 9, output_tokens: 5, cache_read_input_tokens: 7, cache_creation_input_tokens: 2 }
const TEXT = { type: 'text', text: 'Hello' }
const TOOL = { type: 'tool_use', id: 't_1', name: 'weather', input: { city: 'Oslo' } }

/** Anthropic's API, as far as the programs ask it. */
export const anthropicScript: Script = ({ body, attempt }, response) => {
  const error = { type: 'error', error: { type: 'not_found_error', message: 'no such model' } }
  if (body.model === 'missing') return sendJson(response, error, 404)
  if (body.model === 'busy' && attempt === 1) return sendJson(response, error, 429, { 'retry-after-ms': '1' })
  const message = messageFor(body)
  if (body.stream !== true) return sendJson(response, message)
  // One that is never complete: the reader has to leave after the first piece of text.
  const isEndless = body.model === 'endless'
  sendEvents(response, isEndless ? eventsOf(message).slice(0, 3) : eventsOf(message), true)
  if (!isEndless) response.end()
}

interface Message {
  readonly content: readonly object[]
  readonly stop_reason: string
  readonly usage: object
}

function messageFor({ model, messages }: ApiRequest['body']): Message {
  // A thread sends only what is new.
  const isAnswered = JSON.stringify(messages).includes('tool_result')
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-2026', stop_sequence: null }
  const ended = { ...message, stop_reason: 'end_turn', usage: USAGE }
  if (model === 'claude-json') return { ...ended, content: [{ type: 'text', text: '{"a":1}' }] }
  // Calls the tool, and says what came of it.
  if (model === 'claude-agent' && isAnswered) return { ...ended, content: [{ type: 'text', text: 'It is sunny' }] }
  return { ...message, stop_reason: 'tool_use', content: [TEXT, TOOL], usage: USAGE }
}

function eventsOf(message: Message): object[] {
  const { stop_reason } = message
  const blocks = message.content.flatMap((block, index) => {
    const delta = (change: object): object => ({ type: 'content_block_delta', index, delta: change })
    const isTool = 'input' in block
    const deltas = isTool
      ? ['{"city":', '"Oslo"}'].map((partial_json) => delta({ type: 'input_json_delta', partial_json }))
      : ['Hel', 'lo'].map((text) => delta({ type: 'text_delta', text }))
    const content_block = { ...block, ...(isTool ? { input: {} } : { text: '' }) }
    return [{ type: 'content_block_start', index, content_block }, ...deltas, { type: 'content_block_stop', index }]
  })
  const begun = { ...message, content: [], stop_reason: null, usage: { ...USAGE, output_tokens: 1 } }
  return [
    { type: 'message_start', message: begun },
    ...blocks,
    { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 5 } },
    { type: 'message_stop' },
  ]
}
