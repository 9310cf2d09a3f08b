/**
 * What an application does with OpenAI's client: every way to ask, and to take the answer. Prints what it gets, one line each.
 *
 * @param OpenAI - The client's class.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useOpenAI(OpenAI, span = (_name, run) => run()) {
  const client = new OpenAI({ apiKey: 'none', baseURL: process.env.API_URL, maxRetries: 1 })
  const completions = client.chat.completions
  // Version 4 keeps the helpers apart.
  const helpers = typeof completions.parse === 'function' ? completions : client.beta.chat.completions
  const messages = [{ role: 'user', content: 'hi' }]
  const print = (what, value) => console.log(what, JSON.stringify(value))

  await span('create', async () => {
    print('create', await completions.create({ model: 'gpt', messages, temperature: 0.2 }))
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
  await span('response', async () => {
    const response = await client.responses.create({ model: 'gpt', input: 'hi', instructions: 'be brief' })
    print('response', response.output_text)
  })
  await span('response stream', async () => {
    for await (const event of await client.responses.create({ model: 'gpt', input: 'hi', stream: true }))
      print('event', event.type)
  })
}
