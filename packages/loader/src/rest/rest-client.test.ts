import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { brotliCompressSync, deflateSync } from 'node:zlib'
import { Agent, MockAgent } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { LoaderError } from '../loader-error.js'
import { type LangfuseTraceLoaderOptions, LOADER_DEFAULTS } from '../options/loader-options.js'
import { resolveLoaderOptions } from '../options/resolve-loader-options.js'
import { type HeldClock, holdClock } from '../testing/held-clock.fixture.js'
import {
  type Fault,
  FIXTURE_KEYS,
  type FixtureServer,
  sendJson,
  startLangfuseServer,
} from '../testing/langfuse-server.fixture.js'
import { createRestClient, type RestClient } from './rest-client.js'

const PATH = '/api/public/v2/observations'
const NOW = Date.parse('Mon, 23 Nov 2026 12:00:00 GMT')
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close()
})

interface Bench {
  readonly server: FixtureServer
  readonly clock: HeldClock
  readonly get: (signal?: AbortSignal) => Promise<unknown>
}

async function start(options: LangfuseTraceLoaderOptions = {}): Promise<Bench> {
  const server = await startLangfuseServer()
  open.push(server)
  const clock = holdClock(NOW)
  return { server, clock, get: clientOf({ baseUrl: server.url, ...options }, clock) }
}

function clientOf(options: LangfuseTraceLoaderOptions, clock: HeldClock): Bench['get'] {
  const rest: RestClient = createRestClient(
    resolveLoaderOptions({ ...FIXTURE_KEYS, ...options }, {}, LOADER_DEFAULTS),
    clock,
  )
  open.push(rest)
  return (signal) =>
    rest.get(PATH, new URLSearchParams({ limit: '1' }), { task: 'load traces', subject: 'page 3' }, { signal })
}

async function failure(promise: Promise<unknown>): Promise<LoaderError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof LoaderError)) throw new Error(`expected a LoaderError, got ${String(error)}`)
  return error
}

const status =
  (code: number, body: unknown = { message: 'no' }, headers: Record<string, string> = {}): Fault =>
  (_, response) => {
    sendJson(response, code, body, headers)
    return true
  }

const text =
  (code: number, body: string | Buffer, headers: Record<string, string> = {}): Fault =>
  (_, response) => {
    response.writeHead(code, headers).end(body)
    return true
  }

describe('rest client', () => {
  it('get() sends the keys, asks for compression and parses the answer', async () => {
    const { server, get } = await start({ headers: { 'X-Tenant': 'a', authorization: 'ignored' } })
    expect(await get()).toEqual({ data: [], meta: {} })
    const [request] = server.requests
    expect(request?.headers['x-tenant']).toBe('a')
    expect(request?.headers.authorization).toBe(
      `Basic ${Buffer.from('pk-lf-fixture:sk-lf-fixture-secret').toString('base64')}`,
    )
    expect(request?.headers['accept-encoding']).toBe('gzip, deflate, br')
  })

  it.each([
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('get() reads %s', async (encoding, compress) => {
    const { server, get } = await start()
    server.faults.push(text(200, compress('{"data":[],"meta":{}}'), { 'content-encoding': encoding }))
    expect(await get()).toEqual({ data: [], meta: {} })
  })

  it('get() uses one connection for requests that follow each other, and no more than four at once', async () => {
    const { server, get } = await start()
    const ports = new Set<number | undefined>()
    const note: Fault = (request) => {
      ports.add(request.socket.remotePort)
      return false
    }
    server.faults.push(note, note, note)
    for (let count = 0; count < 3; count++) await get()
    expect(ports.size).toBe(1)
    server.faults.push(...Array.from({ length: 20 }, () => note))
    await Promise.all(Array.from({ length: 20 }, () => get()))
    expect(ports.size).toBeLessThanOrEqual(4)
  })

  it('get() keeps a path prefix of the base URL', async () => {
    const { server, clock } = await start()
    await clientOf({ baseUrl: `${server.url}/langfuse/` }, clock)()
    expect(server.requests[0]?.path).toBe('/langfuse/api/public/v2/observations')
  })

  it.each([
    [
      '401',
      status(401, { message: 'Invalid credentials.' }),
      'unauthorized',
      'Cannot load traces: page 3 answered 401: check LANGFUSE_SECRET_KEY',
    ],
    ['403', status(403), 'forbidden', 'Cannot load traces: page 3 answered 403: the key may not read'],
    [
      '404 of a version 3',
      status(404, { message: 'The observations v2 API is only available in a Langfuse v4 write mode.' }),
      'unsupported_server',
      'does not offer the v4 read API',
    ],
    ['404 of something else', text(404, '<html>nothing here</html>'), 'not_found', 'check LANGFUSE_BASE_URL'],
    ['400', status(400, { message: 'Column x does not\nmatch' }), 'bad_request', '(server: Column x does not match)'],
    ['422', status(422), 'unavailable', 'ask for a shorter window'],
    ['413', text(413, ''), 'bad_request', 'answered 413: even a small part is larger'],
    ['204', text(204, ''), 'invalid_response', 'answered 204: expected 200; check'],
    [
      'a redirect',
      text(302, '', { location: 'https://login.example/?token=abc' }),
      'invalid_response',
      'not a redirect to https://login.example;',
    ],
    ['HTML', text(200, '<!doctype html><title>Welcome</title>'), 'invalid_response', 'page 3 is an HTML page'],
    ['cut-off JSON', text(200, '{"data":[{"id":"a'), 'invalid_response', 'page 3 is no complete JSON'],
    ['nothing', text(200, ''), 'invalid_response', 'page 3 is no complete JSON'],
  ] as const)('get() fails at once on %s', async (_, fault, code, message) => {
    const { server, get, clock } = await start()
    server.faults.push(fault)
    const error = await failure(get())
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
    expect(error.message).not.toMatch(/fixture-secret|token=abc|\n/)
    expect(error.path).toBe(PATH)
    expect(server.requests.length).toBe(1)
    expect(clock.naps).toEqual([])
  })

  it('get() never quotes the secret, even if the server does', async () => {
    const { server, get } = await start()
    server.faults.push((request, response) => {
      sendJson(response, 400, { message: `bad: sk-lf-fixture-secret ${request.headers.authorization}` })
      return true
    })
    expect((await failure(get())).message).toContain('(server: bad: … Basic …)')
  })

  it.each([408, 429, 500, 502, 503, 504])('get() sends again after %i, and succeeds', async (code) => {
    const { server, get, clock } = await start()
    server.faults.push(status(code), status(code))
    expect(await get()).toEqual({ data: [], meta: {} })
    expect(clock.naps).toEqual([250, 500])
  })

  it.each([
    ['429', 429, 'rate_limited'],
    ['500', 500, 'unavailable'],
  ] as const)('get() gives up on %s after maxRetries', async (_, code, expected) => {
    const { server, get } = await start({ maxRetries: 1 })
    server.faults.push(status(code), status(code), status(code))
    const error = await failure(get())
    expect(error).toMatchObject({ code: expected, status: code, attempts: 2, retryable: true })
    expect(error.message).toContain(`answered ${code} (2 attempts)`)
    expect(server.requests.length).toBe(2)
  })

  it.each([
    ['seconds', '7', 7000],
    ['a date', 'Mon, 23 Nov 2026 12:00:09 GMT', 9000],
    ['garbage, which is no wish', 'soon', 250],
  ])('get() obeys Retry-After as %s', async (_, header, nap) => {
    const { server, get, clock } = await start()
    server.faults.push(status(429, {}, { 'retry-after': header }))
    await get()
    expect(clock.naps).toEqual([nap])
  })

  it('get() does not wait beyond its deadline', async () => {
    const { server, get, clock } = await start()
    server.faults.push(status(429, {}, { 'retry-after': '3600' }))
    expect(await failure(get())).toMatchObject({ code: 'rate_limited', attempts: 1 })
    expect(clock.naps).toEqual([])
  })

  it('get() keeps to requestsPerMinute', async () => {
    const { get, clock } = await start({ requestsPerMinute: 2 })
    for (let request = 0; request < 4; request++) await get()
    expect(clock.naps).toEqual([60_000])
  })

  it('get() obeys Retry-After after a long wait for its own limit, which does not count against the deadline', async () => {
    // Both attempts together may take 60 s, which the wait for the first token has used up already.
    const { server, get, clock } = await start({ requestsPerMinute: 1, maxRetries: 1, timeoutMillis: 30_000 })
    await get()
    server.faults.push(status(429, {}, { 'retry-after': '20' }))
    expect(await get()).toEqual({ data: [], meta: {} })
    expect(clock.naps).toEqual([60_000, 20_000, 40_000])
  })

  it('get() sends again when the connection breaks before or within the answer', async () => {
    const { server, get } = await start()
    server.faults.push(
      (request) => {
        request.socket.destroy()
        return true
      },
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('{"data":[', () => response.destroy())
        return true
      },
    )
    expect(await get()).toEqual({ data: [], meta: {} })
    expect(server.requests.length).toBe(3)
  })

  it('get() reports a compressed answer that is cut off', async () => {
    const { server, get } = await start({ maxRetries: 0 })
    server.faults.push(
      text(200, deflateSync('{"data":[],"meta":{}}').subarray(0, 12), { 'content-encoding': 'deflate' }),
    )
    expect(await failure(get())).toMatchObject({ code: 'unavailable', attempts: 1 })
  })

  it('get() reports a server that never answers', async () => {
    const { server, get } = await start({ maxRetries: 1, timeoutMillis: 50 })
    server.faults.push(
      () => true,
      (_, response) => {
        response.writeHead(200).write('{')
        return true
      },
    )
    const error = await failure(get())
    expect(error).toMatchObject({ code: 'unavailable', attempts: 2, retryable: true })
    expect(error.message).toContain('did not answer within 50 ms (2 attempts)')
  })

  it('get() reports a port where nothing listens', async () => {
    const { server, clock } = await start()
    await server.close()
    const error = await failure(clientOf({ baseUrl: server.url, maxRetries: 0 }, clock)())
    expect(error.code).toBe('unavailable')
    expect(error.message).toBe(
      `Cannot load traces: page 3: ${server.url} refused the connection: is the server running there? Check LANGFUSE_BASE_URL`,
    )
  })

  it('get() reports a name that does not exist', async () => {
    const error = await failure(clientOf({ baseUrl: 'http://langfuse.invalid', maxRetries: 0 }, holdClock())())
    expect(error.message).toContain('http://langfuse.invalid is a name that cannot be resolved')
  })

  it('get() reports https where http is spoken', async () => {
    const { server, clock } = await start()
    const error = await failure(clientOf({ baseUrl: server.url.replace('http:', 'https:') }, clock)())
    expect(error).toMatchObject({ code: 'unavailable', attempts: 1, retryable: false })
    expect(error.message).toContain('does not speak TLS')
  })

  it('get() reports a server that speaks another protocol', async () => {
    const server = createTcpServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.9\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) })
    const { port } = server.address() as AddressInfo
    const error = await failure(clientOf({ baseUrl: `http://127.0.0.1:${port}` }, holdClock())())
    expect(error).toMatchObject({ code: 'unavailable', attempts: 1 })
    expect(error.message).toContain('does not speak HTTP')
  })

  it('get() ends when the signal fires, before and while it waits', async () => {
    const { server, get } = await start()
    expect(await failure(get(AbortSignal.abort()))).toMatchObject({ code: 'aborted' })
    expect(server.requests.length).toBe(0)
    const controller = new AbortController()
    server.faults.push(() => {
      controller.abort()
      return true
    })
    expect(await failure(get(controller.signal))).toMatchObject({ code: 'aborted' })
  })

  it('get() ends when the signal fires while it waits to send again, or for its own limit', async () => {
    const { server, get } = await start({ requestsPerMinute: 1 })
    const controller = new AbortController()
    server.faults.push((_, response) => {
      sendJson(response, 503, {})
      controller.abort()
      return true
    })
    expect(await failure(get(controller.signal))).toMatchObject({ code: 'aborted' })
    expect(await failure(get(AbortSignal.abort()))).toMatchObject({ code: 'aborted' })
    expect(server.requests.length).toBe(1)
  })

  it('get() fails at once when a dispatcher of the caller makes a request that cannot be sent', async () => {
    const agent = new Agent()
    open.push(agent)
    const dispatcher = agent.compose((dispatch) => (request, handler) => {
      return dispatch({ ...request, headers: { 'transfer-encoding': 'chunked' } }, handler)
    })
    const { server, clock, get } = await start({ dispatcher })
    expect(await failure(get())).toMatchObject({
      code: 'invalid_options',
      retryable: false,
      message:
        'Cannot load traces: page 3: the request cannot be sent (UND_ERR_INVALID_ARG): check the options headers and dispatcher',
    })
    expect(clock.naps).toEqual([])
    expect(server.requests.length).toBe(0)
  })

  it('get() uses the dispatcher it is given, and close() leaves it open', async () => {
    const agent = new MockAgent()
    agent.disableNetConnect()
    agent
      .get('http://mocked')
      .intercept({ path: `${PATH}?limit=1` })
      .reply(200, '{"data":[],"meta":{}}')
      .times(2)
    const rest = createRestClient(
      resolveLoaderOptions({ ...FIXTURE_KEYS, baseUrl: 'http://mocked', dispatcher: agent }, {}, LOADER_DEFAULTS),
      holdClock(),
    )
    const get = () =>
      rest.get(PATH, new URLSearchParams({ limit: '1' }), { task: 'load traces', subject: 'page 1' }, {})
    await get()
    await rest.close()
    expect(await get()).toEqual({ data: [], meta: {} })
    await agent.close()
  })
})
