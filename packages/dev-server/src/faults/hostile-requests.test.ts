import { once } from 'node:events'
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DevServerError } from '../dev-server-error.js'
import { startDevServer } from '../start-dev-server.js'
import { exportOf, span, startTestServer, type TestServer, temporaryDirectory } from '../test-server.fixture.js'

/** Sends a request that no client would write, and gives what came back. */
async function sendRaw(server: TestServer, head: string): Promise<string> {
  const { port } = new URL(server.url)
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.write(head.replaceAll('\n', '\r\n'))
  await once(socket, 'close')
  return answer
}

describe('startDevServer() under requests that are hostile', () => {
  it('startDevServer() gives no file by a path that climbs', async () => {
    const dataDir = temporaryDirectory()
    const server = await startTestServer({ dataDir })
    const { port } = new URL(server.url)
    const authorization = Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')
    const keys = readFileSync(join(dataDir, 'keys.json'), 'utf8')
    const steps = ['../', '..%2f', '%2e%2e/', '..%5c', '..\\', '....//', '%252e%252e%252f', '..%00/']
    const places = ['/', '/viewer/assets/', '/media/', '/api/public/media/', '/api/public/traces/']
    for (const place of places) {
      for (const step of steps) {
        for (const name of ['keys.json', 'axion.db', 'etc/passwd']) {
          const path = `${place}${step.repeat(place.split('/').length + 6)}${name}`
          const answer = await sendRaw(
            server,
            `GET ${path} HTTP/1.1\nHost: 127.0.0.1:${port}\nAuthorization: Basic ${authorization}\nConnection: close\n\n`,
          )
          expect([path, /^HTTP\/1\.1 (302|303|400|401|403|404) /.test(answer)]).toEqual([path, true])
          expect(answer).not.toContain(keys.slice(20, 60))
          expect(answer).not.toContain('SQLite format')
          expect(answer).not.toContain('root:')
        }
      }
    }
  })

  it.each([
    ['a head that is too large', `GET / HTTP/1.1\nHost: localhost\nX-Large: ${'x'.repeat(20_000)}\n\n`, 431],
    ['an address that is too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\nHost: localhost\n\n`, 431],
    ['what is no HTTP', '\u0016\u0003\u0001 hello\n\n', 400],
    ['two lengths', 'POST / HTTP/1.1\nHost: localhost\nContent-Length: 1\nContent-Length: 2\n\nab', 400],
    [
      'a length beside chunks',
      'POST / HTTP/1.1\nHost: localhost\nContent-Length: 1\nTransfer-Encoding: chunked\n\n0\n\n',
      400,
    ],
    ['no host', 'GET / HTTP/1.1\nConnection: close\n\n', 400],
    ['the host of someone else', 'GET / HTTP/1.1\nHost: evil.example\nConnection: close\n\n', 421],
    [
      'a whole address of someone else',
      'GET http://evil.example/ HTTP/1.1\nHost: evil.example\nConnection: close\n\n',
      421,
    ],
  ])('startDevServer() refuses %s', async (_what, head, status) => {
    const server = await startTestServer()
    expect(await sendRaw(server, head)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect((await server.get('/api/public/health')).status).toBe(200)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json'])(
    'startDevServer() takes nothing that a page elsewhere posts as %s',
    async (type) => {
      const server = await startTestServer({ legacy: true })
      const headers = { origin: 'https://evil.example', 'content-type': type }
      const score = JSON.stringify({ traceId: 't', name: 'n', value: 1 })
      for (const path of ['scores', 'ingestion', 'otel/v1/traces', 'traces', 'v2/prompts']) {
        expect((await server.send('POST', `/api/public/${path}`, score, headers)).status).toBe(403)
      }
      expect((await server.get('/api/public/v3/scores')).body.data).toEqual([])
    },
  )

  it('startDevServer() survives text that is no Unicode, wherever it stands and whoever reads it', async () => {
    const server = await startTestServer()
    const hostile = '"a\\ud800\\u0000b"'
    const names = [
      'langfuse.version',
      'langfuse.release',
      'langfuse.observation.prompt.name',
      'langfuse.experiment.name',
    ]
    const attributes = Object.fromEntries(names.map((name) => [name, 'HERE']))
    const tags = { 'langfuse.trace.tags': ['HERE'], 'langfuse.experiment.id': 'HERE' }
    const body = JSON.stringify(exportOf(span({ name: 'HERE' }, { ...attributes, ...tags }))).replaceAll(
      '"HERE"',
      hostile,
    )
    expect((await server.send('POST', '/api/public/otel/v1/traces', body)).status).toBe(200)
    const replaced = 'a\uFFFD\uFFFDb'
    for (const dimension of ['name', 'version', 'release', 'tags']) {
      const query = JSON.stringify({
        view: 'observations',
        dimensions: [{ field: dimension }],
        metrics: [{ measure: 'count', aggregation: 'count' }],
        fromTimestamp: '2026-01-01T00:00:00Z',
        toTimestamp: '2027-01-01T00:00:00Z',
      })
      const { body: found } = await server.get(`/api/public/v2/metrics?query=${encodeURIComponent(query)}`)
      const value = dimension === 'tags' ? [replaced] : replaced
      expect([dimension, found.data]).toEqual([dimension, [{ [dimension]: value, count_count: 1 }]])
    }
  })

  it('startDevServer() answers 200 readers while it takes spans, with nothing by half', async () => {
    const server = await startTestServer({ legacy: true })
    const [traces, spans] = [6, 50]
    let isDone = false
    const write = async (): Promise<void> => {
      for (let trace = 1; trace <= traces; trace++) {
        const traceId = String(trace).padStart(32, '0')
        await server.ingest(...Array.from({ length: spans }, (_, index) => span({ traceId, spanId: `s${index}` })))
      }
      isDone = true
    }
    const counts: number[] = []
    const read = async (reader: number): Promise<void> => {
      // All ask at once, and again while spans come in.
      for (let round = 0; round < 3 && !isDone; round++) {
        const traceId = String((reader % traces) + 1).padStart(32, '0')
        counts.push((await server.observations({ traceId, limit: '1000', fields: 'core' })).length)
      }
    }
    await Promise.all([write(), ...Array.from({ length: 200 }, (_, reader) => read(reader))])
    expect(counts.length).toBeGreaterThanOrEqual(200)
    expect(counts.filter((count) => count !== 0 && count !== spans)).toEqual([])
    expect((await server.get('/api/public/v2/observations?limit=1000&fields=core')).body.data).toHaveLength(
      traces * spans,
    )
  })
})

describe('startDevServer() on a file that is damaged', () => {
  const body = exportOf(
    ...Array.from({ length: 500 }, (_, index) => span({ spanId: `s${index}` }, { text: 'x'.repeat(500) })),
  )

  async function damage(from: number, share: number): Promise<string> {
    const dataDir = temporaryDirectory()
    const server = await startTestServer({ dataDir })
    expect((await server.send('POST', '/api/public/otel/v1/traces', body)).status).toBe(200)
    await server.close()
    const path = join(dataDir, 'axion.db')
    const { size } = statSync(path)
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(Math.floor(size * share), 0xa5), 0, undefined, Math.floor(size * from))
    closeSync(file)
    return dataDir
  }

  it('startDevServer() refuses a file whose schema is destroyed, and leaves it as it is', async () => {
    const dataDir = await damage(0, 0.01)
    const before = readFileSync(join(dataDir, 'axion.db'))
    await expect(startDevServer({ dataDir })).rejects.toThrow(DevServerError)
    await expect(startDevServer({ dataDir })).rejects.toMatchObject({ code: 'corrupt_store' })
    expect(readFileSync(join(dataDir, 'axion.db')).equals(before)).toBe(true)
  })

  it('startDevServer() says so when rows are destroyed, and goes on answering what is not', async () => {
    const dataDir = await damage(0.4, 0.5)
    const server = await startTestServer({ dataDir })
    const { status, body: answer } = await server.get(`/api/public/v2/observations?limit=1000&fields=core,io,metadata`)
    expect([status, answer.message]).toEqual([500, 'Internal Server Error'])
    expect(answer.error).toContain('malformed')
    expect((await server.get('/api/public/health')).status).toBe(200)
    expect((await server.get('/api/public/v2/prompts')).status).toBe(200)
  })
})
