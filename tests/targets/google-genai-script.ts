import { type Script, sendEvents, sendJson } from './scripted-api.js'

const USAGE = {
  promptTokenCount: 10,
  candidatesTokenCount: 4,
  totalTokenCount: 17,
  cachedContentTokenCount: 6,
  thoughtsTokenCount: 3,
}

/** Gemini's API, as far as the programs ask it. */
export const googleGenaiScript: Script = ({ path }, response) => {
  if (path.includes('models/missing'))
    return sendJson(response, { error: { code: 404, message: 'no such model' } }, 404)
  if (path.includes('mbedContent'))
    return sendJson(response, { embeddings: [{ values: [0.5, 0.25] }], embedding: { values: [0.5, 0.25] } })
  if (path.includes('streamGenerateContent')) {
    sendEvents(response, [answer('Hel'), { ...answer('lo', 'STOP'), usageMetadata: USAGE }])
    response.end()
    return
  }
  sendJson(response, { ...answer('Hello', 'STOP'), usageMetadata: USAGE })
}

function answer(text: string, finishReason?: string): object {
  const candidate = { index: 0, content: { role: 'model', parts: [{ text }] }, ...(finishReason && { finishReason }) }
  return { modelVersion: 'gemini-2026', candidates: [candidate] }
}
