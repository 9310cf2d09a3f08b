import { describe, expect, it } from 'vitest'
import { type Answer, span, startTestServer, type TestServer } from '../test-server.fixture.js'

/** Opens the viewer as a browser does, and returns how to get pages with its cookie. */
async function logIn(server: TestServer): Promise<(path: string) => Promise<Answer>> {
  const response = await fetch(server.viewerUrl, { redirect: 'manual' })
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
  return (path) => server.get(path, { authorization: '', cookie })
}

/** Where a link with this text leads; undefined when there is none. */
function linkTo(text: string, body: string): string | undefined {
  return new RegExp(`href="([^"]+)">${text}<`).exec(body)?.[1]?.replaceAll('&amp;', '&')
}

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
    ['/login', {}],
    ['/login?token=guess', {}],
    ['/', { cookie: 'axion_viewer=guess' }],
  ])('mountViewer() keeps %s closed with %j', async (path, headers) => {
    const server = await startTestServer()
    await server.ingest(span({}, { 'langfuse.observation.input': 'a secret prompt' }))
    const { status, body } = await server.get(path, { authorization: '', ...headers })
    expect(status).toBe(401)
    expect(body).not.toContain('secret prompt')
    expect(body).toContain('A link to the viewer works once')
  })

  it('mountViewer() opens to the keys of the API too', async () => {
    const server = await startTestServer()
    expect((await server.get('/')).status).toBe(200)
  })

  it('mountViewer() says what to do when there is nothing yet', async () => {
    const server = await startTestServer()
    const { body } = await (await logIn(server))('/')
    expect(body).toContain('No traces yet')
    expect(body).toContain(`LANGFUSE_BASE_URL=${server.url}`)
    expect(body).toContain(server.publicKey)
    expect(body).not.toContain(server.secretKey)
  })

  it('mountViewer() lists traces, newest first, with what they add up to', async () => {
    const server = await startTestServer()
    const attributes = {
      'user.id': 'ada',
      'session.id': 's1',
      'langfuse.trace.tags': ['rag'],
      'langfuse.observation.input': '\n{"q":1}\nmore',
      'langfuse.observation.output': 'fine',
    }
    await server.ingest(
      span({ traceId: 'old', spanId: 'a', name: 'older' }, attributes),
      span(
        { traceId: 'old', spanId: 'b', parentSpanId: 'a', name: 'call' },
        { 'langfuse.observation.level': 'ERROR', 'langfuse.observation.cost_details': '{"total":0.5}' },
      ),
      span({
        traceId: 'new',
        spanId: 'c',
        name: 'newer',
        startTimeUnixNano: '1795406890000000000',
        endTimeUnixNano: '1795406890000000000',
      }),
    )
    const { body } = await (await logIn(server))('/')
    const text = body.replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    expect(text).toContain('newer 2026-11-23 04:08:10 UTC 0 ms 1 observation')
    expect(text).toContain(
      'older ERROR 2026-11-23 04:08:02 UTC 500 ms 2 observations $0.50 user ada session s1 rag in {&quot;q&quot;:1} out fine',
    )
    expect(text.indexOf('newer')).toBeLessThan(text.indexOf('older'))
  })

  it('mountViewer() shows the observations of a trace as a tree', async () => {
    const server = await startTestServer()
    const at = (spanId: string, parentSpanId: string, second: number): Record<string, unknown> =>
      span(
        { spanId, parentSpanId, name: `name-${spanId}`, startTimeUnixNano: `179540688${second}000000000` },
        { 'langfuse.observation.output': `{"from":"${spanId}"}` },
      )
    // A root with two children and a grandchild, an orphan, and two that claim each other as parents.
    await server.ingest(
      at('root', '', 0),
      at('late', 'root', 3),
      at('early', 'root', 1),
      at('deep', 'early', 4),
      at('orphan', 'gone', 5),
      at('x', 'y', 6),
      at('y', 'x', 7),
    )
    const open = await logIn(server)
    const { body } = await open('/traces/0af7651916cd43dd8448eb211c80319c')
    const lines = [...body.matchAll(/class="indent-(\d)"[\s\S]*?name-(\w+)/g)].map(
      ([, depth, name]) => `${depth} ${name}`,
    )
    expect(lines).toEqual(['0 root', '1 early', '2 deep', '1 late', '0 orphan', '0 x', '1 y'])
    expect(body).toContain('{\n  &quot;from&quot;: &quot;deep&quot;\n}')
    expect((await open('/traces/unknown')).status).toBe(404)
  })

  it('mountViewer() escapes everything that came from outside, and forbids scripts besides', async () => {
    const server = await startTestServer()
    const evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>\'`'
    await server.ingest(
      span(
        { traceId: evil, name: evil },
        {
          'user.id': evil,
          'session.id': evil,
          'langfuse.trace.name': evil,
          'langfuse.trace.tags': [evil],
          'langfuse.observation.input': evil,
          'langfuse.observation.output': `{"a":${JSON.stringify(evil)}}`,
          'langfuse.observation.status_message': evil,
          'langfuse.observation.level': 'ERROR',
          'langfuse.observation.model.name': evil,
        },
      ),
    )
    const open = await logIn(server)
    for (const path of ['/', `/traces/${encodeURIComponent(evil)}`]) {
      const { status, body, headers } = await open(path)
      expect(status).toBe(200)
      expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;')
      expect(body).not.toMatch(/<img|<script|onerror=[^&]*"/)
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
    }
  })

  it('mountViewer() pages back through older traces', async () => {
    const server = await startTestServer()
    const spans = Array.from({ length: 60 }, (_, index) =>
      span({
        traceId: `t${index}`,
        name: `trace-${index}.`,
        startTimeUnixNano: `17954068${String(index).padStart(2, '0')}000000000`,
      }),
    )
    await server.ingest(...spans)
    const open = await logIn(server)
    const first = await open('/')
    expect(first.body).toContain('trace-59.')
    expect(first.body).not.toContain('trace-9.')
    const second = await open(linkTo('Older traces', first.body) ?? '')
    expect(second.body).toContain('trace-9.')
    expect(second.body).toContain('trace-0.')
    expect(second.body).not.toContain('Older traces')
  })

  it('mountViewer() reaches every trace, once, whatever their extents', async () => {
    const server = await startTestServer()
    const at = (index: number, fields: object = {}): Record<string, unknown> =>
      span({
        traceId: `t${index}`,
        name: `trace-${index}.`,
        startTimeUnixNano: `${1795406800 + index}000000000`,
        ...fields,
      })
    const traces = Array.from({ length: 121 }, (_, index) => at(index))
    // The fiftieth from the top began before all others and was still at it then.
    const long = at(71, { spanId: 'long', startTimeUnixNano: '1795400000000000000' })
    // And some began at the very same time.
    const ties = [20, 21, 22].map((index) => at(index, { spanId: 'tie', startTimeUnixNano: '1795406822000000000' }))
    await server.ingest(...traces, long, ...ties)
    const open = await logIn(server)
    const pages: string[][] = []
    for (let link: string | undefined = '/'; link !== undefined; ) {
      const { body }: Answer = await open(link)
      pages.push([...body.matchAll(/>trace-(\d+)\.</g)].map(([, index]) => String(index)))
      link = linkTo('Older traces', body)
    }
    expect(pages.map((page) => page.length)).toEqual([50, 50, 21])
    expect(pages[0]?.at(-1)).toBe('71')
    const expected = Array.from({ length: 121 }, (_, index) => String(120 - index))
    expect(pages.flat()).toEqual(expected)
  })

  it('mountViewer() says that there are older traces only when there are', async () => {
    const server = await startTestServer()
    await server.ingest(...Array.from({ length: 50 }, (_, index) => span({ traceId: `t${index}` })))
    const open = await logIn(server)
    expect((await open('/')).body).not.toContain('Older traces')
    await server.ingest(span({ traceId: 'one more' }))
    expect((await open('/')).body).toContain('Older traces')
  })

  it('mountViewer() lists all traces of a page however many observations each has', async () => {
    const server = await startTestServer()
    for (let trace = 0; trace < 50; trace++) {
      const spans = Array.from({ length: 1000 }, (_, index) => span({ traceId: `t${trace}`, spanId: `s${index}` }))
      await server.ingest(...spans)
    }
    const { body } = await (await logIn(server))('/')
    expect(body.match(/<span>1000 observations<\/span>/g)).toHaveLength(50)
  })

  it.each(['/?before=soon', '/?before=', '/?before=1e400', '/?before=99999999999999999', '/?trace=x'])(
    'mountViewer() opens the first page for %s',
    async (path) => {
      const server = await startTestServer()
      await server.ingest(span({ name: 'the only one' }))
      const { status, body } = await (await logIn(server))(path)
      expect(status).toBe(200)
      expect(body).toContain('the only one')
    },
  )

  it('mountViewer() shows the root of a large trace and pages through the rest, oldest first', async () => {
    const server = await startTestServer()
    const children = Array.from({ length: 2500 }, (_, index) =>
      span({
        spanId: `c${index}`,
        parentSpanId: 'root',
        name: `child-${index}.`,
        startTimeUnixNano: `${1795406890000 + index}000000`,
        endTimeUnixNano: `${1795406890001 + index}000000`,
      }),
    )
    const input = { 'langfuse.observation.input': 'the question', 'langfuse.observation.level': 'ERROR' }
    await server.ingest(...children, span({ spanId: 'root', name: 'the root' }, input))
    const open = await logIn(server)
    const list = await open('/')
    expect(list.body).toContain('>the root</a>')
    expect(list.body).toContain('<span class="badge error">ERROR</span>')
    expect(list.body).toContain('<span>2501 observations</span>')
    expect(list.body).toContain('the question')

    const first = await open('/traces/0af7651916cd43dd8448eb211c80319c')
    const second = await open(linkTo('Later observations', first.body) ?? '')
    const lines = (body: string): string[] =>
      [...body.matchAll(/class="indent-(\d)"[\s\S]*?<\/span> (the root|child-\d+)/g)].map(
        ([, depth, name]) => `${depth} ${name}`,
      )
    const names = (from: number, to: number): string[] =>
      children.slice(from, to).map((_, index) => `child-${from + index}`)
    expect(lines(first.body)).toEqual(['0 the root', ...names(0, 1999).map((name) => `1 ${name}`)])
    // Their parent stands on the first page, so nothing is above them here, and nothing opens by itself.
    expect(lines(second.body)).toEqual(names(1999, 2500).map((name) => `0 ${name}`))
    expect(second.body).not.toContain('<details open>')
    expect(linkTo('Later observations', second.body)).toBeUndefined()
    expect(linkTo('First observations', second.body)).toBe('/traces/0af7651916cd43dd8448eb211c80319c')
    for (const { body } of [first, second]) {
      expect(body).toMatch(/<h1>the root <span class="badge error">ERROR<\/span><\/h1>/)
      expect(body).toContain('<span>10.02 s</span>')
      expect(body).toContain('<span>2501 observations</span>')
    }
  })

  it('mountViewer() keeps a tag in one piece however narrow the window', async () => {
    const server = await startTestServer()
    const { body, headers } = await server.get('/style.css')
    expect(headers.get('content-type')).toBe('text/css; charset=utf-8')
    const [rule = ''] = /^\.tag \{.*\}$/m.exec(body) ?? []
    for (const property of [
      'display: inline-block',
      'max-width: 100%',
      'white-space: nowrap',
      'text-overflow: ellipsis',
    ]) {
      expect(rule).toContain(property)
    }
  })
})
