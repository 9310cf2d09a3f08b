import { type Script, sendEvents, sendJson } from './scripted-api.js'

const USAGE = {
  promptTokenCount: 10,
  candidatesTokenCount: 4,
  totalTokenCount: 17,
  cachedContentTokenCount: 6,
  thoughtsTokenCount: 3,
}

/** Gemini's API, as far as the programs ask it. */
export const googleGenaiScript: Script = ({ path, body, attempt }, response) => {
  const [, model] = /models\/([\w-]+):/.exec(path) ?? []
  if (model === 'missing') return sendJson(response, { error: { code: 404, message: 'no such model' } }, 404)
  if (model === 'busy' && attempt === 1) return sendJson(response, { error: { code: 429, message: 'slow down' } }, 429)
  // Says nothing, until the client has enough.
  if (model === 'silent') return
  if (path.includes('mbedContent'))
    return sendJson(response, { embeddings: [{ values: [0.5, 0.25] }], embedding: { values: [0.5, 0.25] } })
  if (path.includes('streamGenerateContent')) {
    const [first, last] = [answer({ text: 'Hel' }), { ...answer({ text: 'lo' }, 'STOP'), usageMetadata: USAGE }]
    // One that is never complete: the reader has to leave.
    if (model === 'endless') return sendEvents(response, [first])
    sendEvents(response, [first, last])
    return response.end()
  }
  // Calls the tool, and says what came of it.
  const isCall = model === 'agent' && !JSON.stringify(body.contents).includes('functionResponse')
  const part = isCall ? { functionCall: { name: 'weather', args: { city: 'Oslo' } } } : { text: 'Hello' }
  sendJson(response, { ...answer(part, 'STOP'), usageMetadata: USAGE })
}

function answer(part: object, finishReason?: string): object {
  const candidate = { index: 0, content: { role: 'model', parts: [part] }, ...(finishReason && { finishReason }) }
  return { modelVersion: 'gemini-2026', candidates: [candidate] }
}
