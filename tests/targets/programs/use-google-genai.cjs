/**
 * What an application does with Google's client. Prints what it gets, one line each.
 *
 * @param modules - The client.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useGoogleGenai([{ GoogleGenAI }], span) {
  const print = (what, value) => console.log(what, JSON.stringify(value))
  const settings = { apiKey: 'none', httpOptions: { baseUrl: process.env.API_URL } }
  const { models, chats } = new GoogleGenAI(settings)
  const body = { model: 'gemini', contents: 'hi', config: { temperature: 0.3, systemInstruction: 'be brief' } }

  await span('create', async () => print('create', (await models.generateContent(body)).text))
  await span('stream', async () => {
    const stream = await models.generateContentStream(body)
    print('stream', [Object.prototype.toString.call(stream), Object.keys(stream)])
    for await (const chunk of stream) print('chunk', chunk.text)
  })
  await span('chat', async () =>
    print('chat', (await chats.create({ model: 'gemini' }).sendMessage({ message: 'hi' })).text),
  )
  await span('chat stream', async () => {
    const chat = chats.create({ model: 'gemini' })
    for await (const chunk of await chat.sendMessageStream({ message: 'hi' })) print('chat chunk', chunk.text)
    print('chat history', chat.getHistory())
  })
  await span('automatic calls', async () => {
    const callTool = () => span('look outside', async () => [{ functionResponse: { name: 'weather', response: {} } }])
    const tool = async () => ({ functionDeclarations: [{ name: 'weather' }] })
    const config = { tools: [{ tool, callTool }] }
    print('automatic calls', (await models.generateContent({ ...body, model: 'agent', config })).text)
  })
  await span('leave', async () => {
    for await (const chunk of await models.generateContentStream(body)) {
      print('left after', chunk.text)
      break
    }
  })
  await span('abort', async () => {
    const controller = new AbortController()
    const config = { abortSignal: controller.signal }
    try {
      for await (const chunk of await models.generateContentStream({ ...body, model: 'endless', config })) {
        print('before abort', chunk.text)
        controller.abort()
      }
    } catch (error) {
      print('abort', error.name)
    }
  })
  await span('abort before an answer', async () => {
    const controller = new AbortController()
    const request = models.generateContent({ ...body, model: 'silent', config: { abortSignal: controller.signal } })
    // Version 1 does not look at what is aborted by then, and makes the request a moment later.
    setImmediate(() => controller.abort())
    await request.catch((error) => print('abort before an answer', error.name))
  })
  await span('error', async () => {
    await models
      .generateContent({ ...body, model: 'missing' })
      .catch((error) => print('error', [error.name, error.status]))
  })
  await span('error of a stream', async () => {
    await models
      .generateContentStream({ ...body, model: 'missing' })
      .catch((error) => print('error of a stream', [error.name, error.status]))
  })
  await span('retry', async () => {
    const retryOptions = { attempts: 2, initialDelay: 0.001, maxDelay: 0.001 }
    // Version 1 takes them for a client, later ones for a request as well.
    const patient = new GoogleGenAI({ ...settings, httpOptions: { ...settings.httpOptions, retryOptions } })
    print('retry', (await patient.models.generateContent({ ...body, model: 'busy' })).text)
  })
  await span('embeddings', async () => {
    print('embeddings', (await models.embedContent({ model: 'text-embedding-004', contents: 'hi' })).embeddings)
  })
}
