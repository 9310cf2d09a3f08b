import { describe, expect, it } from 'vitest'
import { span, startTestServer, type TestServer } from '../test-server.fixture.js'

/** Connects as a browser does. */
async function connect(server: TestServer): Promise<AsyncIterator<string>> {
  const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
  const { body, headers } = await fetch(`${server.url}/viewer/api/live`, { headers: { authorization } })
  expect(headers.get('content-type')).toContain('text/event-stream')
  const chunks = (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())
  return chunks[Symbol.asyncIterator]()
}

describe('createLiveFeed()', () => {
  it('createLiveFeed() tells which traces changed, after they can be read', async () => {
    const server = await startTestServer()
    const events = await connect(server)
    expect((await events.next()).value).toContain('event: hello')
    await server.ingest(span({ traceId: 'a' }), span({ traceId: 'b' }))
    const { value } = await events.next()
    expect(value).toContain('event: traces')
    expect(JSON.parse(/data: (.*)/.exec(value)?.[1] ?? '')).toEqual({ traceIds: ['a', 'b'] })
    expect((await server.get('/viewer/api/traces')).body.traces).toHaveLength(2)
  })

  it('createLiveFeed() does not count what it cannot name', async () => {
    const server = await startTestServer()
    const events = await connect(server)
    await events.next()
    await server.ingest(...Array.from({ length: 300 }, (_, index) => span({ traceId: `t${index}` })))
    expect((await events.next()).value).toContain('data: {"traceIds":[]}')
  })

  it('createLiveFeed() lets the server stop while pages are open', async () => {
    const server = await startTestServer()
    const events = await connect(server)
    await events.next()
    const closed = server.close()
    expect((await events.next()).done).toBe(true)
    await closed
  })
})
