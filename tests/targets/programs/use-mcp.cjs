const { z } = require('zod')

/**
 * What an application does with the client and a server of the Model Context Protocol. Prints what it gets, one line each.
 *
 * @param modules - Parts of the SDK: of version 1, or of the two packages that are its version 2.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useMcp(
  [{ Client, StreamableHTTPClientTransport }, serverModule, { InMemoryTransport }, { StdioClientTransport }],
  span,
) {
  const { McpServer, createMcpHandler, fromJsonSchema } = serverModule
  const print = (what, value) => console.log(what, JSON.stringify(value))
  const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
  const makeServer = () => {
    const server = new McpServer({ name: 'server', version: '1.0.0' })
    const inputSchema = fromJsonSchema ? fromJsonSchema(schema) : { city: z.string() }
    server.registerTool('weather', { inputSchema }, async ({ city }, { mcpReq, _meta = mcpReq?._meta }) => {
      // An application that reads its own metadata finds it.
      if (_meta?.mine) print('_meta', _meta.mine)
      if (city === 'Atlantis') throw new Error('no such city')
      if (city === 'Nowhere') return new Promise(() => {})
      return span('look outside', async () => ({ content: [{ type: 'text', text: `sunny in ${city}` }] }))
    })
    return server
  }
  const client = new Client({ name: 'client', version: '1.0.0' })
  // Version 1 takes a schema for the result before the options.
  const callTool = (asked, options) =>
    fromJsonSchema ? client.callTool(asked, options) : client.callTool(asked, undefined, options)
  const [near, far] = InMemoryTransport.createLinkedPair()
  await makeServer().connect(far)
  await client.connect(near)

  await span('list', async () =>
    print(
      'list',
      (await client.listTools()).tools.map(({ name }) => name),
    ),
  )
  await span('call', async () => {
    const asked = { name: 'weather', arguments: { city: 'Oslo' } }
    print('call', await client.callTool(asked))
    print('asked', asked)
  })
  await span('metadata', async () => {
    print('metadata', await client.callTool({ name: 'weather', arguments: { city: 'Oslo' }, _meta: { mine: 1 } }))
  })
  await span('tool error', async () => {
    print('tool error', await client.callTool({ name: 'weather', arguments: { city: 'Atlantis' } }))
  })
  await span('no such tool', async () => {
    const answer = await client.callTool({ name: 'missing', arguments: {} }).catch(({ name, code }) => ({ name, code }))
    print('no such tool', answer)
  })
  await span('abort', async () => {
    const options = { signal: AbortSignal.abort('enough') }
    const asked = { name: 'weather', arguments: { city: 'Oslo' } }
    await callTool(asked, options).catch((error) => print('abort', String(error)))
  })
  await span('abort in the middle', async () => {
    const controller = new AbortController()
    const asked = { name: 'weather', arguments: { city: 'Nowhere' } }
    const called = callTool(asked, { signal: controller.signal })
    setImmediate(() => controller.abort('enough'))
    await called.catch((error) => print('abort in the middle', String(error)))
  })
  await client.close()

  await span('other process', async () => {
    const program = require.resolve(fromJsonSchema ? './mcp-2-server.cjs' : './mcp-server.cjs')
    const args = [...process.execArgv, program]
    const remote = new Client({ name: 'client', version: '1.0.0' })
    await remote.connect(
      new StdioClientTransport({ command: process.execPath, args, env: process.env, stderr: 'inherit' }),
    )
    print('other process', await remote.callTool({ name: 'weather', arguments: {} }))
    await remote.close()
  })
  // A server for each request, without a session, speaks the protocol of 2026.
  if (!createMcpHandler) return
  await span('stateless', async () => {
    const handler = createMcpHandler(makeServer)
    const fetch = (url, init) => handler.fetch(new Request(url, init))
    const stateless = new Client({ name: 'client', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
    await stateless.connect(new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), { fetch }))
    const asked = { name: 'weather', arguments: { city: 'Oslo' }, _meta: { mine: 1 } }
    print('stateless', [stateless.getProtocolEra(), (await stateless.callTool(asked)).content])
    await stateless.close()
  })
}
