/**
 * What an application does with OpenAI's client: every way to ask, and to take the answer. Prints what it gets, one line each.
 *
 * @param modules - The client.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useOpenAI([{ OpenAI, AzureOpenAI }], span) {
  const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.API_URL}/v1`, maxRetries: 1 })
  const completions = client.chat.completions
  // Version 4 keeps the helpers apart.
  const helpers = typeof completions.parse === 'function' ? completions : client.beta.chat.completions
  const messages = [{ role: 'user', content: 'hi' }]
  const print = (what, value) => console.log(what, JSON.stringify(value))

  await span('create', async () => {
    const request = completions.create({ model: 'gpt', messages, temperature: 0.2 })
    // What somebody sees who forgets to wait.
    print('request', [Object.keys(request), request.parseResponse.name, request.parseResponse.length])
    print('create', await request)
  })
  await span('stream', async () => {
    const stream = await completions.create({ model: 'gpt', messages, stream: true })
    for await (const chunk of stream) print('chunk', chunk.choices[0]?.delta ?? chunk.usage)
  })
  await span('tool stream', async () => {
    const stream = await completions.create({ model: 'gpt-tools', messages, stream: true })
    for await (const chunk of stream) print('chunk', chunk.choices[0]?.delta ?? null)
  })
  await span('stream helper', async () => {
    print(
      'final',
      (await helpers.stream({ model: 'gpt', messages, stream: true }).finalChatCompletion()).choices[0].message,
    )
  })
  await span('parse', async () => {
    const format = { type: 'json_schema', json_schema: { name: 'x', schema: {} } }
    print('parse', (await helpers.parse({ model: 'gpt-json', messages, response_format: format })).choices[0].message)
  })
  await span('parse error', async () => {
    const body = { model: 'missing', messages, response_format: { type: 'json_object' } }
    await helpers.parse(body).catch((error) => print('parse error', [error.name, error.status]))
  })
  await span('runTools', async () => {
    const weather = { name: 'weather', parameters: { type: 'object' }, parse: JSON.parse, function: () => 'sunny' }
    const runner = helpers.runTools({ model: 'gpt-agent', messages, tools: [{ type: 'function', function: weather }] })
    print('runTools', await runner.finalContent())
  })
  await span('runTools stream', async () => {
    const weather = { name: 'weather', parameters: { type: 'object' }, parse: JSON.parse, function: () => 'sunny' }
    const tools = [{ type: 'function', function: weather }]
    const runner = helpers.runTools({ model: 'gpt-agent', messages, tools, stream: true })
    runner.on('content', (piece) => print('runTools piece', piece))
    print('runTools stream', await runner.finalContent())
  })
  await span('withResponse', async () => {
    const { data, response } = await completions.create({ model: 'gpt', messages }).withResponse()
    print('withResponse', [data.id, response.status])
  })
  await span('asResponse', async () => {
    const response = await completions.create({ model: 'gpt', messages }).asResponse()
    print('asResponse', [response.bodyUsed, (await response.json()).id])
  })
  await span('leave', async () => {
    for await (const chunk of await completions.create({ model: 'gpt', messages, stream: true })) {
      print('left after', chunk.choices[0].delta)
      break
    }
  })
  await span('abort', async () => {
    const stream = await completions.create({ model: 'gpt-endless', messages, stream: true })
    for await (const chunk of stream) {
      print('before abort', chunk.choices[0].delta)
      stream.controller.abort()
    }
  })
  await span('abort before an answer', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const request = completions.create({ model: 'gpt-silent', messages }, { signal })
    controller.abort()
    await request.catch((error) => print('abort before an answer', error.name))
  })
  await span('error', async () => {
    await completions
      .create({ model: 'missing', messages })
      .catch((error) => print('error', [error.name, error.status]))
  })
  await span('retry', async () => {
    print('retry', (await completions.create({ model: 'gpt-busy', messages })).id)
  })
  await span('embeddings', async () => {
    print(
      'embeddings',
      (await client.embeddings.create({ model: 'text-embedding-3-small', input: 'hi' })).data[0].embedding,
    )
  })
  await span('azure', async () => {
    const azure = new AzureOpenAI({ apiKey: 'none', apiVersion: '2026-01-01', endpoint: process.env.API_URL })
    print('azure', (await azure.chat.completions.create({ model: 'gpt', messages })).id)
  })
  await useCompletions(client, span, print)
  await useResponses(client, span, print)
}

async function useCompletions(client, span, print) {
  const body = { model: 'gpt', prompt: 'hi', temperature: 0.2 }
  await span('text completion', async () => {
    print('text completion', await client.completions.create({ ...body, suffix: 'bye' }))
  })
  await span('text completion stream', async () => {
    for await (const { choices } of await client.completions.create({ ...body, stream: true }))
      print('text', choices[0]?.text)
  })
}

async function useResponses({ responses, beta }, span, print) {
  const body = { model: 'gpt', input: 'hi' }
  await span('response', async () => {
    print('response', (await responses.create({ ...body, instructions: 'be brief' })).output_text)
  })
  await span('response stream', async () => {
    for await (const event of await responses.create({ ...body, stream: true })) print('event', event.type)
  })
  await span('response stream helper', async () => {
    print('final response', (await responses.stream(body).finalResponse()).output_text)
  })
  await span('response parse', async () => {
    const format = { type: 'json_schema', name: 'x', schema: {} }
    print('response parse', (await responses.parse({ ...body, model: 'gpt-json', text: { format } })).output_parsed)
  })
  await span('response withResponse', async () => {
    const { data, response } = await responses.create(body).withResponse()
    print('response withResponse', [data.id, response.status])
  })
  await span('response asResponse', async () => {
    print('response asResponse', (await (await responses.create(body).asResponse()).json()).id)
  })
  await span('response abort', async () => {
    const stream = await responses.create({ ...body, model: 'gpt-endless', stream: true })
    for await (const event of stream) {
      print('before abort', event.type)
      if (event.type === 'response.output_text.delta') stream.controller.abort()
    }
  })
  await span('response error', async () => {
    await responses
      .create({ ...body, model: 'missing' })
      .catch((error) => print('response error', [error.name, error.status]))
  })
  await span('response retry', async () => {
    print('response retry', (await responses.create({ ...body, model: 'gpt-busy' })).id)
  })
  if (!beta.responses) return
  await span('beta response', async () => print('beta response', (await beta.responses.create(body)).id))
}
