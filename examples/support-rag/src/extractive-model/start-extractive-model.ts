import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { extractAnswer } from './extract-answer.js'

/** What of OpenAI's chat completion request this model reads. Source: OpenAI API reference, chat completions. */
interface ChatRequest {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
}

/** A running model. */
export interface ExtractiveModel {
  /** For `OPENAI_BASE_URL`. */
  readonly baseUrl: string
  close(): Promise<void>
}

/**
 * Starts an OpenAI-compatible endpoint on a free port of this machine that answers from the passages it is given, whole or streamed.
 *
 * It stands in where there is no API key, so that everything around it runs as it does with a real model.
 */
export async function startExtractiveModel(): Promise<ExtractiveModel> {
  const server = serve({ fetch: createApp().fetch, hostname: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        // The client keeps its connections open.
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

function createApp(): Hono {
  const app = new Hono()
  app.post('/v1/chat/completions', async (c) => {
    const request = await c.req.json<ChatRequest>()
    if (!Array.isArray(request.messages) || request.messages.length === 0) {
      return c.json(
        { error: { message: 'messages must be a list of at least one', type: 'invalid_request_error' } },
        400,
      )
    }
    const answer = extractAnswer(contentOf(request, 'system'), contentOf(request, 'user'))
    const usage = {
      prompt_tokens: answer.promptTokens,
      completion_tokens: answer.completionTokens,
      total_tokens: answer.promptTokens + answer.completionTokens,
    }
    const base = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: request.model }
    if (!request.stream) {
      const message = { role: 'assistant', content: answer.text, refusal: null }
      const choices = [{ index: 0, message, finish_reason: 'stop', logprobs: null }]
      return c.json({ ...base, object: 'chat.completion', choices, usage })
    }
    return streamSSE(c, async (stream) => {
      const send = (part: object): Promise<void> =>
        stream.writeSSE({ data: JSON.stringify({ ...base, object: 'chat.completion.chunk', ...part }) })
      await send({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] })
      for (const content of answer.text.match(/\S+\s*/g) ?? []) {
        await send({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })
      }
      await send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
      if (request.stream_options?.include_usage) await send({ choices: [], usage })
      await stream.writeSSE({ data: '[DONE]' })
    })
  })
  return app
}

/** The last message of a role. */
function contentOf({ messages }: ChatRequest, role: string): string {
  return messages.findLast((message) => message.role === role)?.content ?? ''
}
