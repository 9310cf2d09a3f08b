import { describe, expect, it } from 'vitest'
import { type Answer, span, startTestServer, type TestServer } from '../test-server.fixture.js'

type Open = (path: string, method?: string, body?: unknown) => Promise<Answer>

/** Opens the viewer as a browser does, and returns how to make requests with its cookie. */
async function logIn(server: TestServer): Promise<Open> {
  const response = await fetch(server.viewerUrl, { redirect: 'manual' })
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
  const headers = { authorization: '', cookie, origin: server.url }
  return (path, method = 'GET', body) => server.send(method, path, body, headers)
}

const TRACE = '0af7651916cd43dd8448eb211c80319c'

describe('mountViewer()', () => {
  it('mountViewer() exchanges a link for a cookie, once', async () => {
    const server = await startTestServer()
    const link = server.viewerUrl
    const response = await fetch(link, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
    expect(response.headers.get('set-cookie')).toMatch(
      /^axion_viewer_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(401)
    expect(server.viewerUrl).not.toBe(link)
  })

  it.each([
    ['/', {}],
    ['/traces/x', {}],
    ['/sessions', {}],
    ['/login', {}],
    ['/login?token=guess', {}],
    ['/', { cookie: 'axion_viewer=guess' }],
  ])('mountViewer() keeps %s closed with %j', async (path, headers) => {
    const server = await startTestServer()
    const { status, body } = await server.get(path, { authorization: '', ...headers })
    expect(status).toBe(401)
    expect(body).toContain('A link to the viewer works once')
  })

  it.each([
    ['GET', '/viewer/api/traces'],
    ['GET', `/viewer/api/traces/${TRACE}`],
    ['GET', `/viewer/api/traces/${TRACE}/observations/b7ad6b7169203331`],
    ['GET', '/viewer/api/volume'],
    ['GET', '/viewer/api/facets'],
    ['GET', '/viewer/api/setup'],
    ['GET', '/viewer/api/live'],
    ['GET', '/viewer/api/datasets'],
    ['GET', '/viewer/api/datasets/any'],
    ['GET', '/viewer/api/datasets/any/export?format=csv'],
    ['GET', '/viewer/api/dataset-rows'],
    ['GET', '/viewer/api/dataset-items/any'],
    ['GET', '/viewer/api/sessions'],
    ['GET', '/viewer/api/sessions/any'],
    ['GET', '/viewer/api/experiments'],
    ['GET', '/viewer/api/comparison?run=any'],
    ['GET', '/viewer/api/charts'],
    ['POST', '/viewer/api/scores'],
    ['POST', '/viewer/api/datasets'],
    ['POST', '/viewer/api/dataset-items'],
  ])('mountViewer() keeps %s %s closed without cookie and keys', async (method, path) => {
    const server = await startTestServer()
    await server.ingest(span({}, { 'langfuse.observation.input': 'a secret prompt' }))
    const { status, body } = await server.send(method, path, method === 'GET' ? undefined : {}, { authorization: '' })
    expect(status).toBe(401)
    expect(JSON.stringify(body)).not.toContain('secret prompt')
  })

  it('mountViewer() takes nothing from another site that a browser sends with the cookie', async () => {
    const server = await startTestServer()
    const response = await fetch(server.viewerUrl, { redirect: 'manual' })
    const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
    const headers = { authorization: '', cookie, origin: 'http://evil.example' }
    const { status } = await server.send('POST', '/viewer/api/scores', { traceId: 't', name: 'n', value: 1 }, headers)
    expect(status).toBe(403)
  })

  it('mountViewer() opens to the keys of the API too', async () => {
    const server = await startTestServer()
    expect((await server.get('/viewer/api/traces')).status).toBe(200)
  })

  it('mountViewer() serves its document with a policy that allows nothing inline, and assets that may be kept', async () => {
    const server = await startTestServer()
    const open = await logIn(server)
    for (const path of ['/', '/traces/any', '/charts']) {
      const { status, body, headers } = await open(path)
      expect(status).toBe(200)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      // No script and no style in the document itself.
      expect(body).not.toMatch(/<style|<script(?![^>]* src=)| style=| on\w+=/)
      const [, script = ''] = /<script[^>]* src="([^"]+)"/.exec(body) ?? []
      const asset = await server.get(script, { authorization: '' })
      expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
      expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    }
  })

  it.each(['/viewer/assets/none.js', '/viewer/assets/..%2Findex.html', '/viewer/assets/..%2F..%2F..%2Fpackage.json'])(
    'mountViewer() has no %s',
    async (path) => {
      const server = await startTestServer()
      expect((await server.get(path)).status).toBe(404)
    },
  )

  it('mountViewer() tells how to send the first trace, but not the secret', async () => {
    const server = await startTestServer()
    const { body } = await (await logIn(server))('/viewer/api/setup')
    expect(body).toEqual({ url: server.url, publicKey: server.publicKey })
  })

  it('mountViewer() lists traces at once after they were accepted, page by page', async () => {
    const server = await startTestServer()
    const spans = Array.from({ length: 230 }, (_, index) =>
      span({ traceId: `t${index}`, startTimeUnixNano: `${1795406000 + index}000000000` }),
    )
    await server.ingest(...spans)
    const open = await logIn(server)
    const seen: string[] = []
    for (let after = '', hasMore = true; hasMore; ) {
      const { body } = await open(`/viewer/api/traces${after}`)
      seen.push(...body.traces.map(({ traceId }: { traceId: string }) => traceId))
      const last = body.traces.at(-1)
      after = `?${new URLSearchParams({ after: String(last.startMillis), afterTrace: last.traceId })}`
      hasMore = body.hasMore
    }
    expect(seen).toEqual(spans.map(({ traceId }) => traceId).toReversed())
  })

  it.each([
    'after=soon',
    'after=1e400',
    'from=yesterday&to=',
    'level=WORSE',
    'score=',
    'q=%00%22*',
    'q=%25_',
    'tag=',
    'name=%F0%9F%98%80',
  ])('mountViewer() answers the filter %s', async (query) => {
    const server = await startTestServer()
    await server.ingest(span({ name: 'the only one' }))
    const open = await logIn(server)
    for (const path of ['traces', 'volume']) expect((await open(`/viewer/api/${path}?${query}`)).status).toBe(200)
  })

  it('mountViewer() gives a trace as columns, with errors, scores and what is beside it', async () => {
    const server = await startTestServer()
    await server.ingest(
      span({ spanId: 'a', name: 'root' }),
      span(
        { spanId: 'b', parentSpanId: 'a', name: 'call' },
        { 'langfuse.observation.level': 'ERROR', 'langfuse.observation.status_message': 'boom' },
      ),
      span({ traceId: 'older', startTimeUnixNano: '1795406000000000000' }),
    )
    const open = await logIn(server)
    await open('/viewer/api/scores', 'POST', { traceId: TRACE, observationId: 'b', name: 'quality', value: 0.5 })
    const { body } = await open(`/viewer/api/traces/${TRACE}`)
    expect(body).toMatchObject({
      trace: {
        traceId: TRACE,
        name: 'root',
        observationCount: 2,
        errorCount: 1,
        scores: [{ name: 'quality', value: 0.5 }],
      },
      scores: [{ name: 'quality', value: 0.5, observationId: 'b' }],
      errors: [{ id: 'b', name: 'call', message: 'boom' }],
      neighbours: { older: 'older' },
      columns: { ids: ['a', 'b'], parentIds: ['', 'a'], levels: ['', 'ERROR'] },
    })
    expect((await open('/viewer/api/traces/unknown')).status).toBe(404)
  })

  it('mountViewer() gives everything of an observation except the key it came with', async () => {
    const server = await startTestServer()
    const attributes = { 'langfuse.observation.input': '{"q":1}', 'langfuse.observation.metadata.a': 'b' }
    await server.ingest(span({}, attributes))
    const open = await logIn(server)
    const { body } = await open(`/viewer/api/traces/${TRACE}/observations/b7ad6b7169203331`)
    expect(body).toMatchObject({ id: 'b7ad6b7169203331', input: '{"q":1}', metadata: { a: 'b' } })
    expect(JSON.stringify(body)).not.toContain(server.publicKey)
    expect((await open(`/viewer/api/traces/${TRACE}/observations/none`)).status).toBe(404)
  })

  it('mountViewer() adds dataset items for whoever has the cookie', async () => {
    const server = await startTestServer()
    const open = await logIn(server)
    expect((await open('/viewer/api/datasets', 'POST', { name: 'golden' })).status).toBe(200)
    const item = { datasetName: 'golden', input: { q: 1 }, expectedOutput: 'a', sourceTraceId: TRACE }
    expect((await open('/viewer/api/dataset-items', 'POST', item)).status).toBe(200)
    const { body } = await server.get('/api/public/dataset-items?datasetName=golden')
    expect(body.data).toMatchObject([item])
    expect((await open('/viewer/api/datasets')).body.data).toMatchObject([{ name: 'golden' }])
  })
})
