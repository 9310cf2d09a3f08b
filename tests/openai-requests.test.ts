import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Tracer, traced } from '@axion/core'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

const COMPLETION = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 0,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
}
const CHUNKS = ['Hel', 'lo'].map((content) => ({
  ...COMPLETION,
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
}))

// What the real SDK returns is a request that parses its answer when it is awaited, and a stream class of its own.
describe('traced() around the openai SDK', () => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const tracer = new Tracer('llm', { provider })
  let server: Server
  let openai: OpenAI
  let requests = 0

  beforeAll(async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    server = createServer(async (request, response) => {
      requests++
      const body = (await request.toArray()).join('')
      if (body.includes('"model":"missing"')) {
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"no such model"}}')
      } else if (body.includes('"stream":true')) {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.end(
          [...CHUNKS.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((data) => `data: ${data}\n\n`).join(''),
        )
      } else {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(COMPLETION))
      }
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    openai = new OpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${port}/v1`, maxRetries: 0 })
  })

  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await provider.shutdown()
  })

  afterEach(() => {
    exporter.reset()
    requests = 0
  })

  const messages = [{ role: 'user' as const, content: 'hi' }]
  const ask = traced((model: string) => openai.chat.completions.create({ model, messages }), {
    name: 'ask',
    captureResult: true,
    tracer,
  })
  const stream = traced(() => openai.chat.completions.create({ model: 'm', messages, stream: true }), {
    name: 'stream',
    captureResult: true,
    tracer,
  })
  const output = (): unknown => exporter.getFinishedSpans()[0]?.attributes['langfuse.observation.output']

  it('a request can be awaited; it is sent once and its answer is the output', async () => {
    const completion = await ask('m')
    expect(completion.choices[0]?.message.content).toBe('Hello')
    expect([requests, exporter.getFinishedSpans().length]).toEqual([1, 1])
    expect(output()).toContain('"content":"Hello"')
  })

  it('withResponse() gives the answer and the response, asResponse() a response with its body unread', async () => {
    const { data, response } = await ask('m').withResponse()
    expect([data.choices[0]?.message.content, response.status]).toEqual(['Hello', 200])
    expect(output()).toContain('"content":"Hello"')
    exporter.reset()

    const raw = await ask('m').asResponse()
    expect(raw.bodyUsed).toBe(false)
    expect(await raw.json()).toEqual(COMPLETION)
    expect([requests, exporter.getFinishedSpans().length]).toEqual([2, 1])
  })

  it('an error reaches the caller as it is and marks the span', async () => {
    await expect(ask('missing')).rejects.toBeInstanceOf(OpenAI.NotFoundError)
    expect(exporter.getFinishedSpans()[0]?.status.message).toContain('no such model')
  })

  it.each(['awaited by the caller', 'awaited inside'])(
    'a stream (%s) ends the span with its last chunk',
    async (where) => {
      const inside = traced(async () => await openai.chat.completions.create({ model: 'm', messages, stream: true }), {
        name: 'stream',
        captureResult: true,
        tracer,
      })
      const chunks = await (where === 'awaited inside' ? inside() : stream())
      expect(chunks.controller).toBeInstanceOf(AbortController)
      expect(exporter.getFinishedSpans()).toHaveLength(0)
      let text = ''
      for await (const chunk of chunks) text += chunk.choices[0]?.delta.content ?? ''
      expect(text).toBe('Hello')
      expect([requests, exporter.getFinishedSpans().length]).toEqual([1, 1])
      expect(exporter.getFinishedSpans()[0]?.attributes['langfuse.observation.completion_start_time']).toMatch(/^"/)
      expect(JSON.parse(String(output()))).toEqual(CHUNKS)
    },
  )
})
