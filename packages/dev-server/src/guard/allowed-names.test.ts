import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.fixture.js'

const ORIGIN = 'https://app.test'

/** With headers that `fetch` would not let through. */
function ask(
  server: TestServer,
  method: string,
  headers: Record<string, string>,
): Promise<[number, string | undefined]> {
  const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
  return new Promise((resolve, reject) => {
    const sent = request(
      `${server.url}/api/public/projects`,
      { method, headers: { authorization, ...headers } },
      (response) => {
        response.resume()
        resolve([response.statusCode ?? 0, response.headers['access-control-allow-origin']])
      },
    )
    sent.on('error', reject).end()
  })
}

describe('createHostGuard()', () => {
  it('createHostGuard() answers to allowed hosts, exactly as they were named', async () => {
    const server = await startTestServer({ allowedHosts: ['Traces.test:8080', 'proxy.test'] })
    const status = async (host: string): Promise<number> => (await ask(server, 'GET', { host }))[0]
    expect(await Promise.all(['traces.test:8080', 'proxy.test', 'TRACES.TEST:8080'].map(status))).toEqual([
      200, 200, 200,
    ])
    expect(await Promise.all(['traces.test', 'proxy.test:8080', 'x.traces.test:8080'].map(status))).toEqual([
      421, 421, 421,
    ])
  })

  it('createHostGuard() lets allowed origins send requests and read the answers, and no others', async () => {
    const server = await startTestServer({ allowedOrigins: [ORIGIN] })
    const crossSite = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }
    expect(await ask(server, 'GET', { origin: ORIGIN, ...crossSite })).toEqual([200, ORIGIN])
    expect(await ask(server, 'OPTIONS', { origin: ORIGIN, 'access-control-request-method': 'GET' })).toEqual([
      204,
      ORIGIN,
    ])
    expect(await ask(server, 'GET', { origin: 'https://evil.test', ...crossSite })).toEqual([403, undefined])
    expect(await ask(server, 'OPTIONS', { origin: 'https://app.test.evil' })).toEqual([403, undefined])
    expect(await ask(server, 'GET', crossSite)).toEqual([403, undefined])
  })

  it('createHostGuard() says nothing of other origins when none is allowed', async () => {
    expect(await ask(await startTestServer(), 'GET', {})).toEqual([200, undefined])
    expect(await ask(await startTestServer(), 'OPTIONS', { origin: ORIGIN })).toEqual([403, undefined])
  })
})
