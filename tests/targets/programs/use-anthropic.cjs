/**
 * What an application does with Anthropic's client. Prints what it gets, one line each.
 *
 * @param modules - The client.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useAnthropic([{ Anthropic }], span) {
  const print = (what, value) => console.log(what, JSON.stringify(value))
  const client = new Anthropic({ apiKey: 'none', baseURL: process.env.API_URL, maxRetries: 1 })
  const body = {
    model: 'claude',
    max_tokens: 10,
    temperature: 0.3,
    system: 'be brief',
    messages: [{ role: 'user', content: 'hi' }],
  }
  const surfaces = [
    ['', client.messages],
    ['beta ', client.beta.messages],
  ]
  for (const [prefix, messages] of surfaces) {
    const row = (name, work) => span(`${prefix}${name}`, () => work(`${prefix}${name}`))
    await row('create', async (name) => {
      const request = messages.create(body)
      // What somebody sees who forgets to wait.
      print('request', [Object.keys(request), request.parseResponse.name, request.parseResponse.length])
      print(name, await request)
    })
    await row('stream', async (name) => {
      for await (const event of await messages.create({ ...body, stream: true })) print(name, event.type)
    })
    await row('stream helper', async (name) => {
      const stream = messages.stream(body)
      stream.on('text', (piece) => print(`${name} piece`, piece))
      print(name, await stream.finalMessage())
    })
    await row('withResponse', async (name) => {
      const { data, response } = await messages.create(body).withResponse()
      print(name, [data.id, response.status])
    })
    await row('asResponse', async (name) => {
      print(name, (await (await messages.create(body).asResponse()).json()).id)
    })
    await row('leave', async (name) => {
      for await (const event of await messages.create({ ...body, stream: true })) {
        print(name, event.type)
        if (event.type === 'content_block_delta') break
      }
    })
    await row('abort', async (name) => {
      const stream = await messages.create({ ...body, model: 'endless', stream: true })
      for await (const event of stream) {
        print(name, event.type)
        if (event.type === 'content_block_delta') stream.controller.abort()
      }
    })
    await row('abort of a helper', async (name) => {
      const stream = messages.stream({ ...body, model: 'endless' })
      stream.on('text', () => stream.abort())
      await stream.finalMessage().catch((error) => print(name, error.name))
    })
    await row('abort before an answer', async (name) => {
      const controller = new AbortController()
      const request = messages.create(body, { signal: controller.signal })
      controller.abort()
      await request.catch((error) => print(name, error.name))
    })
    await row('error', async (name) => {
      await messages.create({ ...body, model: 'missing' }).catch((error) => print(name, [error.name, error.status]))
    })
    await row('retry', async (name) => print(name, (await messages.create({ ...body, model: 'busy' })).id))
    // Only later majors have the rest.
    if (!messages.parse) continue
    await row('parse', async (name) => {
      const format = { type: 'json_schema', schema: { type: 'object' }, parse: JSON.parse }
      print(name, (await messages.parse({ ...body, model: 'claude-json', output_config: { format } })).parsed_output)
    })
  }
  if (!client.beta.messages.toolRunner) return
  const run = () => span('look outside', async () => 'sunny')
  const weather = {
    type: 'custom',
    name: 'weather',
    description: '',
    input_schema: { type: 'object' },
    run,
    parse: (x) => x,
  }
  for (const stream of [false, true]) {
    const name = stream ? 'tool runner stream' : 'tool runner'
    await span(name, async () => {
      const runner = client.beta.messages.toolRunner({ ...body, model: 'claude-agent', tools: [weather], stream })
      print(name, (await runner.runUntilDone()).content)
    })
  }
}
