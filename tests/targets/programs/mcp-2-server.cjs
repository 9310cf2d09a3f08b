const { McpServer } = require('@modelcontextprotocol/server')
const { StdioServerTransport } = require('@modelcontextprotocol/server/stdio')

// A server in a process of its own, as clients start them.
const server = new McpServer({ name: 'server', version: '1.0.0' })
server.registerTool('weather', {}, async () => ({ content: [{ type: 'text', text: 'sunny' }] }))
server.connect(new StdioServerTransport())
