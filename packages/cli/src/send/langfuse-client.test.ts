import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createLangfuseClient, type Outcome } from './langfuse-client.js'

describe('createLangfuseClient()', () => {
  let servers: Server[] = []
  afterEach(() => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
    servers = []
  })

  async function listen(answer: RequestListener): Promise<string> {
    const server = createServer(answer)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no TCP address')
    return `http://127.0.0.1:${address.port}`
  }

  function post(baseUrl: string, signal: AbortSignal = new AbortController().signal): Promise<Outcome> {
    const client = createLangfuseClient({ baseUrl, publicKey: 'pk', secretKey: 'sk:é' })
    return client.post({ path: '/api/x', json: '{"é":1}', headers: { 'x-more': '1', authorization: 'no' } }, signal)
  }

  it('post() sends compressed JSON with the keys, below the path of the base URL', async () => {
    const seen: { request: IncomingMessage; body: Buffer }[] = []
    const url = await listen(async (request, response) => {
      seen.push({ request, body: await buffer(request) })
      response.end('{"ok":true}')
    })
    expect(await post(`${url}/prefix`)).toEqual({ kind: 'accepted', body: { ok: true } })
    const [{ request, body } = {}] = seen
    expect(request).toMatchObject({ method: 'POST', url: '/prefix/api/x' })
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'x-more': '1',
      authorization: `Basic ${Buffer.from('pk:sk:é').toString('base64')}`,
    })
    expect(gunzipSync(body ?? '').toString()).toBe('{"é":1}')
  })

  it('get() ends what nobody answers, whatever the garbage collector does meanwhile', async () => {
    setFlagsFromString('--expose-gc')
    const collect: () => void = runInNewContext('gc')
    const baseUrl = await listen(() => setImmediate(collect))
    const client = createLangfuseClient({ baseUrl, publicKey: 'pk', secretKey: 'sk' }, 300)
    expect(await client.get('/api/x', new AbortController().signal)).toEqual({
      kind: 'in_doubt',
      reason: 'no answer in 0.3 s',
    })
  })

  it.each<[number, Record<string, string>, string, object]>([
    [201, {}, '', { kind: 'accepted', body: undefined }],
    [
      200,
      {},
      '<h1>hi</h1>',
      { kind: 'refused', isAboutContent: false, reason: expect.stringContaining('none of Langfuse') },
    ],
    [207, {}, '[]', { kind: 'accepted', body: [] }],
    [204, {}, '', { kind: 'refused', isAboutContent: false }],
    [
      400,
      {},
      '{"message":"bad"}',
      { kind: 'refused', isAboutContent: true, reason: 'the server answered 400 (server: bad)' },
    ],
    [413, {}, '<h1>', { kind: 'refused', isAboutContent: true }],
    [
      403,
      {},
      '{"message":"read-only"}',
      {
        kind: 'refused',
        isAboutContent: false,
        reason: 'the server answered 403 (server: read-only): check that the server and the keys let you write',
      },
    ],
    [401, {}, '{}', { kind: 'refused', isAboutContent: false }],
    [404, {}, 'null', { kind: 'refused', isAboutContent: false }],
    // Whatever stands there must not get the data.
    [307, { location: 'http://127.0.0.1:1/' }, '', { kind: 'refused', isAboutContent: false }],
    [429, { 'retry-after': '7' }, '', { kind: 'postponed', retryAfterMillis: 7000 }],
    [429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, '', { kind: 'postponed', retryAfterMillis: undefined }],
    [503, { 'retry-after': '-1' }, '', { kind: 'postponed', retryAfterMillis: undefined }],
    [408, {}, '', { kind: 'in_doubt' }],
    [500, {}, '', { kind: 'in_doubt' }],
    [504, {}, '', { kind: 'in_doubt' }],
  ])('post() takes the answer %i with %j for what it is', async (status, headers, text, outcome) => {
    const url = await listen((request, response) =>
      request.resume().on('end', () => response.writeHead(status, headers).end(text)),
    )
    expect(await post(url)).toMatchObject(outcome)
  })

  it.each<[string, RequestListener]>([
    ['before the answer', (request) => request.socket.destroy()],
    [
      'in the middle of it',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{')
        request.resume().on('end', () => request.socket.destroy())
      },
    ],
  ])('post() is in doubt when the connection breaks %s', async (_, answer) => {
    expect(await post(await listen(answer))).toMatchObject({ kind: 'in_doubt' })
  })

  it('post() knows that nothing was sent when nobody is there', async () => {
    const url = await listen(() => {})
    const [server] = servers
    await new Promise((resolve) => server?.close(resolve))
    expect(await post(url)).toMatchObject({
      kind: 'postponed',
      reason: expect.stringContaining('refused the connection'),
    })
  })

  it('post() rejects when the caller gives up, before and during the request', async () => {
    const stop = new AbortController()
    const url = await listen(() => stop.abort(new Error('enough')))
    await expect(post(url, stop.signal)).rejects.toThrow('enough')
    await expect(post(url, stop.signal)).rejects.toThrow('enough')
  })

  it('hasAnswered() is true from the first answer on', async () => {
    const url = await listen((request, response) => request.resume().on('end', () => response.writeHead(500).end()))
    const client = createLangfuseClient({ baseUrl: url, publicKey: 'pk', secretKey: 'sk' })
    expect(client.hasAnswered()).toBe(false)
    await client.post({ path: '/', json: '{}' }, new AbortController().signal)
    expect(client.hasAnswered()).toBe(true)
  })
})
