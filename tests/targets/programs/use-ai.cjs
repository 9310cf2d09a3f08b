const { z } = require('zod')

/**
 * What an application does with Vercel's AI SDK. Prints what it gets, one line each.
 *
 * @param modules - The SDK, and its provider for OpenAI.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useAi([ai, { createOpenAI }], span) {
  globalThis.AI_SDK_LOG_WARNINGS = false
  const print = (what, value) => console.log(what, JSON.stringify(value))
  const openai = createOpenAI({ apiKey: 'none', baseURL: `${process.env.API_URL}/v1` })
  const model = openai.chat('gpt')
  const prompt = 'hi'
  const weather = ai.tool({
    description: 'tells the weather',
    inputSchema: z.object({}),
    execute: () => span('look outside', async () => 'sunny'),
  })

  await span('generateText', async () => {
    const { text, usage, finishReason } = await ai.generateText({ model, system: 'be brief', prompt, temperature: 0.2 })
    print('generateText', [text, usage, finishReason])
  })
  await span('tools', async () => {
    const stopWhen = ai.stepCountIs(3)
    const { text, steps } = await ai.generateText({
      model: openai.chat('gpt-agent'),
      prompt,
      tools: { weather },
      stopWhen,
    })
    print('tools', [text, steps.map(({ toolCalls, toolResults }) => [toolCalls, toolResults])])
  })
  await span('streamText', async () => {
    const { textStream, usage } = ai.streamText({ model, prompt })
    for await (const piece of textStream) print('piece', piece)
    print('usage', await usage)
  })
  await span('stream of parts', async () => {
    for await (const { type } of ai.streamText({ model, prompt }).fullStream) print('part', type)
  })
  await span('abort', async () => {
    const controller = new AbortController()
    const { fullStream } = ai.streamText({ model: openai.chat('gpt-endless'), prompt, abortSignal: controller.signal })
    for await (const { type } of fullStream) {
      print('before abort', type)
      if (type === 'text-delta') controller.abort()
    }
  })
  await span('one signal for many', async () => {
    // Node warns of signals with many listeners.
    const { signal: abortSignal } = new AbortController()
    for (let count = 0; count < 12; count += 1) {
      for await (const piece of ai.streamText({ model, prompt, abortSignal }).textStream) print('one of many', piece)
    }
  })
  await span('generateObject', async () => {
    const { object } = await ai.generateObject({
      model: openai.chat('gpt-json'),
      prompt,
      schema: z.object({ a: z.number() }),
    })
    print('generateObject', object)
  })
  await span('streamObject', async () => {
    const schema = z.object({ a: z.number() })
    const { partialObjectStream } = ai.streamObject({ model: openai.chat('gpt-json'), prompt, schema })
    for await (const partial of partialObjectStream) print('streamObject', partial)
  })
  await span('response of a route', async () => {
    const response = ai.streamText({ model, prompt }).toTextStreamResponse()
    print('response of a route', [response.status, await response.text()])
  })
  await span('abort before an answer', async () => {
    const controller = new AbortController()
    const asked = ai.generateText({ model: openai.chat('gpt-silent'), prompt, abortSignal: controller.signal })
    setImmediate(() => controller.abort())
    await asked.catch((error) => print('abort before an answer', error.name))
  })
  await span('embed', async () => {
    const { embedding } = await ai.embed({ model: openai.embedding('text-embedding-3-small'), value: prompt })
    print('embed', embedding)
  })
  await span('error', async () => {
    await ai
      .generateText({ model: openai.chat('missing'), prompt, maxRetries: 0 })
      .catch((error) => print('error', [error.name, error.statusCode]))
  })
  await span('retry', async () => {
    print('retry', (await ai.generateText({ model: openai.chat('gpt-busy'), prompt, maxRetries: 1 })).text)
  })
  await span('declined', async () => {
    const off = { experimental_telemetry: { isEnabled: false }, telemetry: { isEnabled: false } }
    print('declined', (await ai.generateText({ model, prompt, ...off })).text)
  })
}
