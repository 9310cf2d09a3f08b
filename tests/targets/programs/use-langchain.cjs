const { z } = require('zod')

/**
 * What an application does with LangChain and LangGraph. Prints what it gets, one line each.
 *
 * @param modules - `@langchain/openai`, and parts of `@langchain/core` and `@langchain/langgraph`.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useLangChain(
  [
    { ChatOpenAI, OpenAIEmbeddings },
    { tool },
    prompts,
    runnables,
    { MessagesAnnotation, StateGraph },
    { ToolNode, toolsCondition },
  ],
  span,
) {
  const print = (what, value) => console.log(what, JSON.stringify(value))
  const configuration = { baseURL: `${process.env.API_URL}/v1` }
  const chat = (model, options) => new ChatOpenAI({ model, apiKey: 'none', maxRetries: 0, configuration, ...options })
  const weather = tool(() => span('look outside', async () => 'sunny'), {
    name: 'weather',
    description: 'tells the weather',
    schema: z.object({}),
  })

  await span('invoke', async () => {
    const { content, usage_metadata } = await chat('gpt', { temperature: 0.2 }).invoke([
      ['system', 'be brief'],
      ['human', 'hi'],
    ])
    print('invoke', [content, usage_metadata])
  })
  await span('stream', async () => {
    for await (const { content } of await chat('gpt').stream('hi')) print('piece', content)
  })
  await span('leave', async () => {
    for await (const { content } of await chat('gpt').stream('hi')) {
      print('left after', content)
      if (content !== '') break
    }
  })
  await span('chain', async () => {
    const prompt = prompts.ChatPromptTemplate.fromMessages([['human', 'hi {who}']])
    const shout = runnables.RunnableLambda.from(({ content }) => span('shout', async () => content.toUpperCase()))
    print('chain', await prompt.pipe(chat('gpt')).pipe(shout).invoke({ who: 'you' }))
  })
  await span('bound tools', async () => {
    const pieces = []
    for await (const piece of await chat('gpt-tools').bindTools([weather]).stream('hi')) pieces.push(piece)
    print('bound tools', pieces.reduce((all, piece) => all.concat(piece)).tool_calls)
  })
  await span('graph', async () => {
    const model = chat('gpt-agent').bindTools([weather])
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('ask', async ({ messages }) => ({ messages: [await model.invoke(messages)] }))
      .addNode('tools', new ToolNode([weather]))
      .addEdge('__start__', 'ask')
      .addConditionalEdges('ask', toolsCondition)
      .addEdge('tools', 'ask')
      .compile()
    const { messages } = await graph.invoke({ messages: [{ role: 'user', content: 'hi' }] })
    print(
      'graph',
      messages.map(({ content, tool_calls }) => [content, tool_calls]),
    )
  })
  await span('own handler', async () => {
    // As a tracing handler of somebody else names itself.
    const handler = { name: 'CallbackHandler', awaitHandlers: true, handleLLMEnd: () => print('own handler', 'told') }
    await chat('gpt').invoke('hi', { callbacks: [handler] })
  })
  await span('parse', async () => {
    const structured = chat('gpt-json').withStructuredOutput(z.object({ a: z.number() }), { method: 'jsonSchema' })
    print('parse', await structured.invoke('hi'))
  })
  await span('abort', async () => {
    const controller = new AbortController()
    try {
      for await (const { content } of await chat('gpt-endless').stream('hi', { signal: controller.signal })) {
        print('before abort', content)
        if (content !== '') controller.abort()
      }
    } catch (error) {
      print('abort', error.name)
    }
  })
  await span('abort before an answer', async () => {
    const controller = new AbortController()
    const asked = chat('gpt-silent').invoke('hi', { signal: controller.signal })
    setImmediate(() => controller.abort())
    await asked.catch((error) => print('abort before an answer', error.name))
  })
  await span('retry', async () => print('retry', (await chat('gpt-busy', { maxRetries: 1 }).invoke('hi')).content))
  await span('error', async () => {
    await chat('missing')
      .invoke('hi')
      .catch((error) => print('error', [error.name, error.status]))
  })
  await span('embeddings', async () => {
    const model = new OpenAIEmbeddings({ model: 'text-embedding-3-small', apiKey: 'none', configuration })
    print('embeddings', await model.embedQuery('hi'))
  })
}
