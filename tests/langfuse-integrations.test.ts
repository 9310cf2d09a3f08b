import { type DevServer, startDevServer } from '@axion/dev-server'
import { ChatPromptTemplate } from '@langchain/core/prompts'
import { tool } from '@langchain/core/tools'
import { ChatOpenAI } from '@langchain/openai'
import { LangfuseClient } from '@langfuse/client'
import { CallbackHandler } from '@langfuse/langchain'
import { observeOpenAI } from '@langfuse/openai'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { setLangfuseTracerProvider, startActiveObservation } from '@langfuse/tracing'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openaiScript } from './targets/openai-script.js'
import { startScriptedApi } from './targets/scripted-api.js'
import { temporaryFolder } from './temporary-folder.js'

// Langfuse's own packages, as published, against our server and a scripted provider.
describe('the dev-server with the unmodified integrations of Langfuse', () => {
  let server: DevServer
  let api: Awaited<ReturnType<typeof startScriptedApi>>
  let provider: BasicTracerProvider
  let client: LangfuseClient

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder() })
    api = await startScriptedApi(openaiScript)
    const { url: baseUrl, publicKey, secretKey } = server
    provider = new BasicTracerProvider({
      spanProcessors: [new LangfuseSpanProcessor({ baseUrl, publicKey, secretKey })],
    })
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    setLangfuseTracerProvider(provider)
    client = new LangfuseClient({ baseUrl, publicKey, secretKey })
  })

  afterAll(async () => {
    await client?.shutdown()
    await provider?.shutdown()
    api?.close()
    await server?.close()
  })

  const read = async (traceId: string) => {
    await provider.forceFlush()
    const fields = 'core,basic,io,metadata,model,usage,trace_context'
    return (await client.api.observations.getMany({ traceId, fields })).data
  }
  const messages = [{ role: 'user' as const, content: 'hi' }]

  it.each([false, true])('@langfuse/openai writes a generation of a chat completion, streamed: %s', async (stream) => {
    const openai = observeOpenAI(new OpenAI({ apiKey: 'none', baseURL: `${api.url}/v1`, maxRetries: 0 }), {
      generationName: 'asks',
      sessionId: 's',
      userId: 'ada',
      tags: ['a'],
    })
    const traceId = await startActiveObservation('outer', async (outer) => {
      const parameters = { model: 'gpt-4o', temperature: 0.5, messages }
      if (stream) {
        const options = { stream: true as const, stream_options: { include_usage: true } }
        for await (const _chunk of await openai.chat.completions.create({ ...parameters, ...options }));
      } else await openai.chat.completions.create(parameters)
      return outer.traceId
    })
    const rows = await read(traceId)
    const generation = rows.find(({ type }) => type === 'GENERATION')
    expect(rows.map(({ name }) => name).toSorted()).toEqual(['asks', 'outer'])
    expect(generation).toMatchObject({
      ...{ name: 'asks', level: 'DEFAULT', userId: 'ada', sessionId: 's', tags: ['a'] },
      parentObservationId: rows.find(({ name }) => name === 'outer')?.id,
      modelParameters: { temperature: 0.5 },
    })
    expect(generation?.usageDetails?.total).toBe(32)
    expect(generation?.model).toMatch(/^gpt-/)
    expect(generation?.input).toContain('hi')
    expect(generation?.output).toContain('Hello')
  })

  it('@langfuse/openai writes what went wrong', async () => {
    const openai = observeOpenAI(new OpenAI({ apiKey: 'none', baseURL: 'http://127.0.0.1:1/v1', maxRetries: 0 }))
    const traceId = await startActiveObservation('outer', async (outer) => {
      await expect(openai.chat.completions.create({ model: 'gpt-4o', messages })).rejects.toThrow('Connection error')
      return outer.traceId
    })
    expect((await read(traceId)).find(({ type }) => type === 'GENERATION')).toMatchObject({
      ...{ level: 'ERROR', statusMessage: expect.stringContaining('Connection error') },
    })
  })

  it('@langfuse/langchain writes the steps of a chain', async () => {
    const handler = new CallbackHandler({ userId: 'ada', sessionId: 's', tags: ['chain'] })
    const model = new ChatOpenAI({
      model: 'gpt-4o',
      apiKey: 'none',
      configuration: { baseURL: `${api.url}/v1` },
      maxRetries: 0,
    })
    const chain = ChatPromptTemplate.fromMessages([
      ['system', 'Be kind'],
      ['human', '{question}'],
    ]).pipe(model)
    const answer = await chain.invoke({ question: 'Why?' }, { callbacks: [handler], runName: 'answer' })
    expect(answer.text).toBe('Hello')
    const rows = await read(handler.last_trace_id ?? '')
    const byName = Object.fromEntries(rows.map((row) => [row.name, row]))
    const root = rows.find(({ isRootObservation }) => isRootObservation)
    const generation = byName.ChatOpenAI
    expect(root).toMatchObject({ name: 'answer', userId: 'ada', sessionId: 's', tags: ['chain'] })
    expect(byName.ChatPromptTemplate?.parentObservationId).toBe(root?.id)
    expect(generation).toMatchObject({ type: 'GENERATION', parentObservationId: root?.id })
    expect(generation?.usageDetails).toMatchObject({ total: 32 })
    expect(generation?.input).toContain('Why?')
    expect(generation?.output).toContain('Hello')
  })

  it('@langfuse/langchain writes tools and their failures', async () => {
    const handler = new CallbackHandler()
    const failing = tool(
      () => {
        throw new Error('no such city')
      },
      { name: 'weather', schema: { type: 'object', properties: { city: { type: 'string' } } } },
    )
    await expect(failing.invoke({ city: 'Atlantis' }, { callbacks: [handler] })).rejects.toThrow('no such city')
    expect(await read(handler.last_trace_id ?? '')).toMatchObject([
      { type: 'TOOL', name: 'weather', level: 'ERROR', input: expect.stringContaining('Atlantis') },
    ])
  })
})
