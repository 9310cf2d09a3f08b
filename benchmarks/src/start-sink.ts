import { once } from 'node:events'
import { createServer } from 'node:http'

/** A server that takes whatever is sent. */
export interface Sink {
  readonly url: string
  close(): Promise<void>
}

/** Starts a server on loopback that reads every request to its end and answers 200. */
export async function startSink(): Promise<Sink> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
