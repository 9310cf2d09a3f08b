import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.fixture.js'
import { createHostGuard, reachableHost } from './host-guard.js'

describe('createHostGuard()', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1:4318', true],
    ['127.0.0.1', 'localhost:4318', true],
    ['127.0.0.1', 'LOCALHOST:4318', true],
    ['127.0.0.1', '[::1]:4318', true],
    ['127.0.0.1', 'localhost', false],
    ['127.0.0.1', 'localhost:4319', false],
    ['127.0.0.1', 'evil.example:4318', false],
    ['127.0.0.1', '127.0.0.1.evil.example:4318', false],
    ['127.0.0.1', 'user@localhost:4318', false],
    ['127.0.0.1', '192.168.0.7:4318', false],
    ['127.0.0.1', '', false],
    ['127.0.0.1', undefined, false],
    ['dev.local', 'dev.local:4318', true],
    ['::1', '[::1]:4318', true],
    // Who listens everywhere is called by addresses that cannot be known here; names can still be rebound.
    ['0.0.0.0', '192.168.0.7:4318', true],
    ['0.0.0.0', '[fe80::1]:4318', true],
    ['0.0.0.0', 'evil.example:4318', false],
  ])('createHostGuard() on %s takes the host %s: %s', (host, header, expected) => {
    expect(createHostGuard(host, 4318).isOwnHost(header)).toBe(expected)
  })

  it('createHostGuard() leaves the port away for 80 alone', () => {
    expect(createHostGuard('127.0.0.1', 80).isOwnHost('localhost')).toBe(true)
  })

  it.each([
    ['http://localhost:4318', true],
    ['http://127.0.0.1:4318', true],
    ['https://localhost:4318', false],
    ['http://localhost:3000', false],
    ['null', false],
    ['', false],
  ])('createHostGuard() takes the origin %s: %s', (origin, expected) => {
    expect(createHostGuard('127.0.0.1', 4318).isOwnOrigin(origin)).toBe(expected)
  })
})

describe('reachableHost()', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', 'localhost'],
    ['0.0.0.0', '127.0.0.1'],
    ['::', '[::1]'],
    ['::1', '[::1]'],
    ['fe80::1', '[fe80::1]'],
  ])('reachableHost() of %s is %s', (host, expected) => {
    expect(reachableHost(host)).toBe(expected)
  })
})

/** fetch() cannot set these headers; Node's client can. */
function status(server: TestServer, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(`${server.url}/api/public/health`, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    call.on('error', reject).end()
  })
}

describe('sameSite()', () => {
  it('sameSite() answers its own names and refuses what other sites make a browser send', async () => {
    const server = await startTestServer()
    const { port } = new URL(server.url)
    const rows: [Record<string, string>, number][] = [
      [{ host: `localhost:${port}` }, 200],
      [{ host: 'evil.example' }, 421],
      [{ host: `evil.example:${port}` }, 421],
      [{ origin: `http://localhost:${port}` }, 200],
      [{ origin: 'http://evil.example' }, 403],
      [{ origin: 'null' }, 403],
      [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
      [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 200],
      [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, 200],
      [{ 'sec-fetch-mode': 'cors' }, 200],
    ]
    const found = await Promise.all(rows.map(async ([headers]) => [headers, await status(server, headers)]))
    expect(found).toEqual(rows)
  })

  it('sameSite() gives no other site leave to read', async () => {
    const server = await startTestServer()
    const { headers } = await server.get('/api/public/health')
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  })
})
