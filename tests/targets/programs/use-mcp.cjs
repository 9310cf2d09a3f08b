const { z } = require('zod')

/**
 * What an application does with the client and a server of the Model Context Protocol. Prints what it gets, one line each.
 *
 * @param modules - Parts of the SDK.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useMcp(
  [{ Client }, { McpServer }, { InMemoryTransport }, { StdioClientTransport }],
  span,
) {
  const print = (what, value) => console.log(what, JSON.stringify(value))
  const server = new McpServer({ name: 'server', version: '1.0.0' })
  server.registerTool('weather', { inputSchema: { city: z.string() } }, async ({ city }, { _meta }) => {
    // An application that reads its own metadata finds it.
    if (_meta?.mine) print('_meta', _meta.mine)
    if (city === 'Atlantis') throw new Error('no such city')
    return span('look outside', async () => ({ content: [{ type: 'text', text: `sunny in ${city}` }] }))
  })
  const client = new Client({ name: 'client', version: '1.0.0' })
  const [near, far] = InMemoryTransport.createLinkedPair()
  await server.connect(far)
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
    await client
      .callTool({ name: 'weather', arguments: { city: 'Oslo' } }, undefined, options)
      .catch((error) => print('abort', String(error)))
  })
  await client.close()

  await span('other process', async () => {
    const args = [...process.execArgv, require.resolve('./mcp-server.cjs')]
    const remote = new Client({ name: 'client', version: '1.0.0' })
    await remote.connect(
      new StdioClientTransport({ command: process.execPath, args, env: process.env, stderr: 'inherit' }),
    )
    print('other process', await remote.callTool({ name: 'weather', arguments: {} }))
    await remote.close()
  })
}
