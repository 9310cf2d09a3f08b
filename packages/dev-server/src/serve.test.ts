import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Hono } from 'hono'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { HttpEnv } from './routes/http-env.js'
import { serve } from './serve.js'

/** A server whose only answer never comes, with a client that waits for it. */
async function serveForEver(): Promise<{ stop(): Promise<void>; client: Socket }> {
  const app = new Hono<HttpEnv>()
  const asked = new Promise<void>((resolve) => {
    app.get('/', () => {
      resolve()
      return new Promise<Response>(() => {})
    })
  })
  const { port, stop } = await serve(app, '127.0.0.1', 0)
  const client = connect(port, '127.0.0.1')
  onTestFinished(() => void client.destroy())
  client.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
  await asked
  return { stop, client }
}

describe('serve()', () => {
  it('serve() stops after five seconds whatever its clients do', async () => {
    const { stop, client } = await serveForEver()
    // Only the timer of the deadline: sockets and promises stay real.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const closed = once(client, 'close')
    const stopped = stop()
    vi.advanceTimersByTime(5000)
    await Promise.all([closed, stopped])
    expect(client.destroyed).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: localhost\r\n'],
    ['a body', 'POST / HTTP/1.1\r\nHost: localhost\r\ncontent-length: 9\r\n\r\nab'],
  ])('serve() ends a connection that never finishes %s', async (_what, sent) => {
    const app = new Hono<HttpEnv>()
    app.post('/', () => new Promise<Response>(() => {}))
    const limits = { headersTimeout: 50, requestTimeout: 100, connectionsCheckingInterval: 20 }
    const { port, stop } = await serve(app, '127.0.0.1', 0, limits)
    onTestFinished(stop)
    const client = connect(port, '127.0.0.1')
    onTestFinished(() => void client.destroy())
    const chunks: Buffer[] = []
    client.on('data', (chunk: Buffer) => chunks.push(chunk))
    client.write(sent)
    await once(client, 'close')
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 408 /)
  })
})
