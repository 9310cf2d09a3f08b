import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpClient, type HttpClient } from './http-client.js'

let server: Server | undefined
let client: HttpClient | undefined
afterEach(async () => {
  client?.close()
  await new Promise((resolve) => server?.close(resolve))
})

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'

// A server that does with each request of each connection what it is told.
async function setUp(act: (socket: Socket, connection: number, request: number) => void) {
  let connections = 0
  server = createServer((socket) => {
    const connection = ++connections
    let requests = 0
    socket.on('error', () => {}).on('data', () => act(socket, connection, ++requests))
  })
  const listening = server
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has this kind of address.
  const { port } = listening.address() as AddressInfo
  client = createHttpClient()
  const { send } = client
  const { signal } = new AbortController()
  const url = new URL(`http://127.0.0.1:${port}`)
  const post = () => send({ method: 'POST', url, headers: {}, body: new Uint8Array(), signal })
  return { post, connections: () => connections }
}

describe('send()', () => {
  it('send() tries another connection when one that was kept open is closed', async () => {
    const { post, connections } = await setUp((socket, connection, request) => {
      if (connection === 1 && request === 2) socket.resetAndDestroy()
      else socket.write(OK)
    })
    expect([(await post()).status, (await post()).status, connections()]).toEqual([200, 200, 2])
  })

  it('send() tries as many as were kept open', async () => {
    const waiting: Socket[] = []
    const { post, connections } = await setUp((socket, connection, request) => {
      if (connection > 3) return socket.write(OK)
      if (request === 2) return socket.destroy()
      waiting.push(socket)
      if (waiting.length === 3) for (const other of waiting) other.write(OK)
      return undefined
    })
    await Promise.all([post(), post(), post()])
    expect([(await post()).status, connections()]).toEqual([200, 4])
  })

  it('send() fails when a new connection is closed', async () => {
    const { post, connections } = await setUp((socket) => socket.resetAndDestroy())
    await expect(post()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(connections()).toBe(1)
  })

  it('send() fails when a connection that was kept open is closed in the answer', async () => {
    const { post, connections } = await setUp((socket, _connection, request) => {
      if (request === 1) socket.write(OK)
      else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}', () => socket.destroy())
    })
    await post()
    await expect(post()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(connections()).toBe(1)
  })
})
