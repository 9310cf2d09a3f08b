/**
 * What an application does with Bedrock's runtime client. Prints what it gets, one line each.
 *
 * @param modules - The client, and AWS's transport.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useBedrock([bedrock, { NodeHttpHandler }], span) {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
  const print = (what, value) => console.log(what, JSON.stringify(value))
  const settings = {
    region: 'eu-north-1',
    endpoint: process.env.API_URL,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    // Scripted servers speak HTTP 1.
    requestHandler: new NodeHttpHandler(),
  }
  const client = new bedrock.BedrockRuntimeClient(settings)
  const asked = {
    modelId: 'nova',
    system: [{ text: 'be brief' }],
    messages: [{ role: 'user', content: [{ text: 'hi' }] }],
    inferenceConfig: { temperature: 0.5 },
  }
  const invoke = (modelId, body) => new bedrock.InvokeModelCommand({ modelId, body: JSON.stringify(body) })
  const answer = async (command) => {
    const { body, contentType } = await client.send(command)
    return [contentType, body.constructor.name, JSON.parse(body.transformToString())]
  }

  await span('converse', async () => {
    const { output, usage, stopReason } = await client.send(new bedrock.ConverseCommand(asked))
    print('converse', [output, usage, stopReason])
  })
  await span('method', async () => print('method', (await new bedrock.BedrockRuntime(settings).converse(asked)).usage))
  await span('stream', async () => {
    const { stream } = await client.send(new bedrock.ConverseStreamCommand(asked))
    for await (const event of stream) print('event', event)
  })
  await span('leave', async () => {
    const { stream } = await client.send(new bedrock.ConverseStreamCommand(asked))
    for await (const event of stream) {
      print('left after', event)
      if (event.contentBlockDelta) break
    }
  })
  await span('abort', async () => {
    const controller = new AbortController()
    const command = new bedrock.ConverseStreamCommand({ ...asked, modelId: 'endless' })
    const { stream } = await client.send(command, { abortSignal: controller.signal })
    try {
      for await (const event of stream) {
        print('before abort', event)
        if (event.contentBlockDelta) controller.abort()
      }
    } catch (error) {
      print('abort', error.name)
    }
  })
  // What a callback is told; beside that, `send` gives nothing.
  const told = (...args) =>
    new Promise((resolve) => {
      const returned = client.send(...args, (...given) => resolve(given))
      if (returned !== undefined) print('returned', returned)
    })
  await span('callback', async () => {
    const [error, data, ...rest] = await told(new bedrock.ConverseCommand(asked))
    print('callback', [error, data.stopReason, rest])
  })
  await span('callback after options', async () => {
    const [, data] = await told(new bedrock.ConverseCommand(asked), { requestTimeout: 10_000 })
    print('callback after options', data.stopReason)
  })
  await span('callback of a stream', async () => {
    const [, { stream }] = await told(new bedrock.ConverseStreamCommand(asked))
    for await (const event of stream) print('event', Object.keys(event))
  })
  await span('callback with an error', async () => {
    const [error, ...rest] = await told(new bedrock.ConverseCommand({ ...asked, modelId: 'missing' }))
    print('callback with an error', [error.name, rest])
  })
  await span('callback that asks again', async () => {
    const again = (resolve) => resolve(client.send(new bedrock.ConverseCommand(asked)))
    const sent = new Promise((resolve) => client.send(new bedrock.ConverseCommand(asked), () => again(resolve)))
    print('callback that asks again', (await sent).stopReason)
  })
  await span('error', async () => {
    await client
      .send(new bedrock.ConverseCommand({ ...asked, modelId: 'missing' }))
      .catch((error) => print('error', [error.name, error.$metadata.httpStatusCode]))
  })
  await span('retry', async () => {
    print('retry', (await client.send(new bedrock.ConverseCommand({ ...asked, modelId: 'busy' }))).$metadata.attempts)
  })
  const messages = [{ role: 'user', content: 'hi' }]
  const bodies = [
    ['anthropic.claude', { anthropic_version: 'bedrock-2023-05-31', max_tokens: 10, system: 'be brief', messages }],
    ['amazon.nova', { messages, inferenceConfig: { temperature: 0.5 } }],
    ['amazon.titan', { inputText: 'hi', textGenerationConfig: { temperature: 0.5 } }],
    ['amazon.titan-embed', { inputText: 'hi' }],
    ['meta.llama', { prompt: 'hi', temperature: 0.5 }],
    ['mistral.large', { prompt: 'hi' }],
    ['cohere.command', { message: 'hi' }],
    ['openai.gpt', { messages }],
  ]
  for (const [modelId, body] of bodies) {
    await span(modelId, async () => print(modelId, await answer(invoke(modelId, body))))
  }
  for (const modelId of ['anthropic.claude', 'meta.llama']) {
    await span(`${modelId} stream`, async () => {
      const command = new bedrock.InvokeModelWithResponseStreamCommand({ modelId, body: JSON.stringify({ messages }) })
      const { body } = await client.send(command)
      for await (const { chunk } of body) print('chunk', JSON.parse(Buffer.from(chunk.bytes).toString()))
    })
  }
}
