import { type Script, sendEvents, sendJson } from './scripted-api.js'

const USAGE = { input_tokens: 9, output_tokens: 5, cache_read_input_tokens: 7, cache_creation_input_tokens: 2 }
const TOOL = { type: 'tool_use', id: 't_1', name: 'weather', input: { city: 'Oslo' } }
const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-2026',
  content: [{ type: 'text', text: 'Hello' }, TOOL],
  stop_reason: 'tool_use',
  stop_sequence: null,
  usage: USAGE,
}

/** Anthropic's API, as far as the programs ask it. */
export const anthropicScript: Script = ({ body, attempt }, response) => {
  const error = { type: 'error', error: { type: 'not_found_error', message: 'no such model' } }
  if (body.model === 'missing') return sendJson(response, error, 404)
  if (body.model === 'busy' && attempt === 1) return sendJson(response, error, 429, { 'retry-after-ms': '1' })
  if (body.stream !== true) return sendJson(response, MESSAGE)
  sendEvents(
    response,
    [
      {
        type: 'message_start',
        message: { ...MESSAGE, content: [], stop_reason: null, usage: { ...USAGE, output_tokens: 1 } },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hel' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'lo' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { ...TOOL, input: {} } },
      { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"city":' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '"Oslo"}' } },
      { type: 'content_block_stop', index: 1 },
      { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 5 } },
      { type: 'message_stop' },
    ],
    true,
  )
  response.end()
}
