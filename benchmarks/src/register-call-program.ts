import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { median } from './compare.js'

// Times calls of a client against a server in this process. Prints the median in milliseconds; `--import @axion/register` makes the difference.

interface Client {
  readonly chat: { readonly completions: { create(body: object): Promise<unknown> } }
}

const COMPLETION = JSON.stringify({
  id: 'c',
  object: 'chat.completion',
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
})

const server = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(COMPLETION))
}).listen(0, '127.0.0.1')
await once(server, 'listening')
// A server that listens on a port has such an address.
const { port } = server.address() as AddressInfo
// The path of the client comes from the benchmark; its class is what the module's default is.
const { default: OpenAI }: { default: new (options: object) => Client } = await import(String(process.argv[2]))
const client = new OpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${port}/v1` })
const body = { model: 'm', temperature: 0, messages: [{ role: 'user', content: 'hi' }] }

const times: number[] = []
for (let call = -300; call < 1000; call++) {
  const start = performance.now()
  await client.chat.completions.create(body)
  if (call >= 0) times.push(performance.now() - start)
}
console.log(median(times))
server.closeAllConnections()
server.close()
