/**
 * What an application does with the clients of Anthropic and Google. Prints what it gets, one line each.
 *
 * @param library - Which of them.
 * @param module - Its exports.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useOthers(library, module, span) {
  const print = (what, value) => console.log(what, JSON.stringify(value))
  if (library.startsWith('anthropic')) await useAnthropic(module.Anthropic ?? module.default, span, print)
  else await useGoogle(module.GoogleGenAI, span, print)
}

async function useAnthropic(Anthropic, span, print) {
  const client = new Anthropic({ apiKey: 'none', baseURL: process.env.API_URL, maxRetries: 1 })
  const body = {
    model: 'claude',
    max_tokens: 10,
    temperature: 0.3,
    system: 'be brief',
    messages: [{ role: 'user', content: 'hi' }],
  }
  await span('create', async () => print('create', await client.messages.create(body)))
  await span('stream', async () => {
    for await (const event of await client.messages.create({ ...body, stream: true })) print('event', event.type)
  })
  await span('stream helper', async () => print('final', await client.messages.stream(body).finalMessage()))
  await span('withResponse', async () => {
    const { data, response } = await client.messages.create(body).withResponse()
    print('withResponse', [data.id, response.status])
  })
  await span('asResponse', async () => {
    print('asResponse', (await (await client.messages.create(body).asResponse()).json()).id)
  })
  await span('error', async () => {
    await client.messages
      .create({ ...body, model: 'missing' })
      .catch((error) => print('error', [error.name, error.status]))
  })
  await span('retry', async () => print('retry', (await client.messages.create({ ...body, model: 'busy' })).id))
}

async function useGoogle(GoogleGenAI, span, print) {
  const client = new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: process.env.API_URL } })
  const body = { model: 'gemini', contents: 'hi', config: { temperature: 0.3, systemInstruction: 'be brief' } }
  await span('create', async () => print('create', (await client.models.generateContent(body)).text))
  await span('stream', async () => {
    for await (const chunk of await client.models.generateContentStream(body)) print('chunk', chunk.text)
  })
  await span('chat', async () =>
    print('chat', (await client.chats.create({ model: 'gemini' }).sendMessage({ message: 'hi' })).text),
  )
  await span('error', async () => {
    await client.models
      .generateContent({ ...body, model: 'missing' })
      .catch((error) => print('error', [error.name, error.status]))
  })
  await span('embeddings', async () => {
    print('embeddings', (await client.models.embedContent({ model: 'text-embedding-004', contents: 'hi' })).embeddings)
  })
}
