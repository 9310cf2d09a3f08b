import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLangfuseSpanProcessor } from '../langfuse-span-processor.js'
import type { LangfuseSpanProcessorOptions } from '../options/exporter-options.js'
import type { AccountedProcessor } from '../pipeline/accounted-processor.js'
import { type ReceivedSpan, readOtlpSpans } from '../read-otlp-spans.fixture.js'

// Langfuse's media API as `@langfuse/core` 5.11 uses it: an upload URL for a hash, the upload itself, a word that it is done.

interface MediaServer {
  readonly url: string
  readonly server: Server
  readonly spans: ReceivedSpan[]
  readonly uploads: Map<string, Buffer>
  readonly requests: IncomingMessage[]
  /** How uploads are answered: at once, or when the test says so. */
  answerUpload: (response: ServerResponse) => void
  /** How requests for a place to upload to are answered, when not as Langfuse does. */
  answerMedia: ((response: ServerResponse) => void) | undefined
}

let server: MediaServer
const processors: AccountedProcessor[] = []
beforeEach(async () => {
  server = await startMediaServer()
})
afterEach(async () => {
  server.server.closeAllConnections()
  await new Promise((resolve) => server.server.close(resolve))
  await Promise.all(processors.splice(0).map((processor) => processor.shutdown()))
})

async function startMediaServer(): Promise<MediaServer> {
  const spans: ReceivedSpan[] = []
  const uploads = new Map<string, Buffer>()
  const http = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has this kind of address.
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const found: MediaServer = {
    url,
    server: http,
    spans,
    uploads,
    requests: [],
    answerUpload: (response) => response.end(),
    answerMedia: undefined,
  }
  return found

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    found.requests.push(request)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const path = request.url ?? ''
    response.setHeader('content-type', 'application/json')
    if (path === '/api/public/otel/v1/traces') {
      spans.push(...readOtlpSpans(body))
      response.end('{}')
    } else if (path === '/api/public/media' && found.answerMedia) {
      found.answerMedia(response)
    } else if (path === '/api/public/media') {
      const { sha256Hash } = JSON.parse(body.toString())
      const mediaId = String(sha256Hash).replaceAll('+', '-').replaceAll('/', '_').slice(0, 22)
      response.end(JSON.stringify({ mediaId, uploadUrl: `${url}/upload/${mediaId}` }))
    } else if (request.method === 'PUT') {
      uploads.set(path.slice('/upload/'.length), body)
      found.answerUpload(response)
    } else {
      response.end('{}')
    }
  }
}

function tracerWith(options: LangfuseSpanProcessorOptions = {}) {
  const processor = createLangfuseSpanProcessor({
    publicKey: 'pk',
    secretKey: 'sk',
    baseUrl: server.url,
    compression: 'none',
    mediaUpload: true,
    ...options,
  })
  processors.push(processor)
  return { processor, tracer: new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion') }
}

function connectionsOf(http: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    http.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const URI = `data:image/png;base64,${PNG.toString('base64')}`
const ID = createHash('sha256').update(PNG).digest('base64url').slice(0, 22)
const inputOf = (name: string) =>
  server.spans.find((span) => span.name === name)?.attributes['langfuse.observation.input']

describe('mediaUpload', () => {
  it('mediaUpload uploads data URIs and puts references in their place, on what is sent alone', async () => {
    const { processor, tracer } = tracerWith()
    const input = JSON.stringify({ image: URI, text: 'what is this?' })
    const span = tracer.startSpan('look', { attributes: { 'langfuse.observation.input': input, n: 5 } })
    span.end()
    await processor.forceFlush()
    expect(server.uploads).toEqual(new Map([[ID, PNG]]))
    expect(inputOf('look')).toBe(
      JSON.stringify({
        image: `@@@langfuseMedia:type=image/png|id=${ID}|source=base64_data_uri@@@`,
        text: 'what is this?',
      }),
    )
    expect(server.spans[0]?.attributes).toMatchObject({ n: 5, 'langfuse.internal.is_app_root': true })
    expect(span).toMatchObject({ attributes: { 'langfuse.observation.input': input } })
    expect(processor.stats()).toMatchObject({ exported: 1, pending: 0 })
  })

  it('mediaUpload lets spans go on while media are under way, theirs or others', async () => {
    const held: ServerResponse[] = []
    server.answerUpload = (response) => held.push(response)
    const { processor, tracer } = tracerWith({ maxBatchSpans: 1 })
    for (let n = 0; n < 10; n++)
      tracer.startSpan(`media ${n}`, { attributes: { 'langfuse.observation.input': `${URI} ${n}` } }).end()
    tracer.startSpan('plain').end()
    await expect.poll(() => server.spans.length).toBe(11)
    await expect.poll(() => held.length).toBe(4)
    server.answerUpload = (response) => response.end()
    for (const response of held) response.end()
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 11, pending: 0 })
  })

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['refuses', (response) => response.writeHead(403).end(), 'it answered 403'],
    ['fails', (response) => response.writeHead(500).end(), 'it answered 500'],
    ['hangs up', (response) => response.socket?.destroy(), 'the connection failed (ECONNRESET)'],
    ['answers nonsense', (response) => response.end('<html>'), 'it answered 200'],
    ['sends elsewhere', (response) => response.end('{"mediaId":"a","uploadUrl":"ftp://x/"}'), 'it answered 200'],
    ['sends nowhere', (response) => response.end('{"mediaId":"a","uploadUrl":"nowhere"}'), 'it answered 200'],
  ])(
    'mediaUpload loses no span to a store that %s, says so once, and leaves nothing open',
    async (_how, answer, cause) => {
      server.answerMedia = answer
      const messages: string[] = []
      const written: unknown[] = []
      const { processor, tracer } = tracerWith({
        timeoutMillis: 2500,
        onReport: ({ message }) => messages.push(message),
      })
      const consoles = (['log', 'info', 'warn', 'error'] as const).map((method) =>
        vi.spyOn(console, method).mockImplementation((...parts) => written.push(parts)),
      )
      for (let n = 0; n < 4; n++)
        tracer.startSpan(`media ${n}`, { attributes: { 'langfuse.observation.input': URI } }).end()
      await processor.shutdown()
      for (const spy of consoles) spy.mockRestore()
      expect(processor.stats()).toMatchObject({ exported: 4, failed: 0, pending: 0 })
      expect(server.spans).toHaveLength(4)
      expect(messages).toEqual([
        `Could not upload media to the store of Langfuse: ${cause}. Spans refer to media that are not there.`,
      ])
      expect(written).toEqual([])
      // The server sees that the connections are closed.
      await expect.poll(() => connectionsOf(server.server)).toBe(0)
    },
  )

  it('mediaUpload does not upload again what Langfuse has', async () => {
    server.answerMedia = (response) => response.end(JSON.stringify({ mediaId: ID, uploadUrl: null }))
    const { processor, tracer } = tracerWith()
    tracer.startSpan('look', { attributes: { 'langfuse.observation.input': URI } }).end()
    await processor.forceFlush()
    expect(inputOf('look')).toContain(`id=${ID}`)
    expect(server.uploads.size).toBe(0)
  })

  it('mediaUpload says once how many uploads it gave up, and leaves nothing open', async () => {
    server.answerMedia = () => {}
    const messages: string[] = []
    const { processor, tracer } = tracerWith({ timeoutMillis: 500, onReport: ({ message }) => messages.push(message) })
    for (let n = 0; n < 20; n++)
      tracer.startSpan(`media ${n}`, { attributes: { 'langfuse.observation.input': URI } }).end()
    await processor.shutdown()
    expect(processor.stats()).toMatchObject({ exported: 20, failed: 0, pending: 0 })
    expect(messages).toEqual([
      'Gave up 20 uploads of media: the store of Langfuse did not take them in time. Spans refer to media that are not there.',
    ])
    await expect.poll(() => connectionsOf(server.server)).toBe(0)
  })

  it('mediaUpload uploads four files at a time, also of one span, and warns of no listeners', async () => {
    const warnings: string[] = []
    const onWarning = ({ name }: Error): number => warnings.push(name)
    process.on('warning', onWarning)
    const held: ServerResponse[] = []
    server.answerMedia = (response) => held.push(response)
    const uris = Array.from({ length: 20 }, (_, n) => `data:image/png;base64,${Buffer.from(`${n}`).toString('base64')}`)
    const { processor, tracer } = tracerWith()
    tracer.startSpan('look', { attributes: { 'langfuse.observation.input': uris.join(' ') } }).end()
    const flushed = processor.forceFlush()
    await expect.poll(() => held.length).toBe(4)
    // Each waits now before it tries again.
    for (const response of held) response.writeHead(503).end()
    await expect.poll(() => held.length).toBe(8)
    server.answerMedia = (response) => response.writeHead(403).end()
    for (const response of held.slice(4)) response.writeHead(403).end()
    await flushed
    const asked = server.requests.filter(({ url }) => url === '/api/public/media')
    process.off('warning', onWarning)
    expect(asked).toHaveLength(24)
    expect(warnings).toEqual([])
  })

  it('mediaUpload lets a flush end while media go on coming', async () => {
    const { processor, tracer } = tracerWith({ timeoutMillis: 60_000, maxBatchSpans: 1 })
    let uploads = 0
    let isFlushed = false
    server.answerUpload = (response) => {
      uploads++
      // Each upload brings the next one before it is done.
      if (!isFlushed) {
        const uri = `data:image/png;base64,${Buffer.from(`file ${uploads}`).toString('base64')}`
        tracer.startSpan(`next ${uploads}`, { attributes: { 'langfuse.observation.input': uri } }).end()
      }
      response.end()
    }
    tracer.startSpan('first', { attributes: { 'langfuse.observation.input': URI } }).end()
    await processor.forceFlush()
    isFlushed = true
    expect(server.uploads.has(ID)).toBe(true)
    await processor.shutdown()
  })

  it('mediaUpload sends the headers of the application to Langfuse, and none of them to the store', async () => {
    const { processor, tracer } = tracerWith({ headers: { 'X-Gateway': 'open' } })
    tracer.startSpan('look', { attributes: { 'langfuse.observation.input': URI } }).end()
    await processor.forceFlush()
    const basic = `Basic ${Buffer.from('pk:sk').toString('base64')}`
    const asked = server.requests.filter(({ url }) => !url?.includes('/otel/'))
    expect(asked.map(({ method, headers }) => [method, headers['x-gateway'], headers.authorization])).toEqual([
      ['POST', 'open', basic],
      ['PUT', undefined, undefined],
      ['PATCH', 'open', basic],
    ])
  })

  it('mediaUpload waits no longer than a flush may for uploads that are not answered', async () => {
    server.answerUpload = () => {}
    const { processor, tracer } = tracerWith({ timeoutMillis: 500 })
    tracer.startSpan('look', { attributes: { 'langfuse.observation.input': URI } }).end()
    await processor.forceFlush()
    // The reference is there before the upload is done.
    expect(inputOf('look')).toContain('@@@langfuseMedia')
    expect(processor.stats()).toMatchObject({ exported: 1, pending: 0 })
  })

  it('mediaUpload leaves media out that there is no room for, with a mark', async () => {
    server.answerUpload = () => {}
    const reports: string[] = []
    const { processor, tracer } = tracerWith({ timeoutMillis: 1000, onReport: ({ code }) => reports.push(code) })
    const large = `data:image/png;base64,${'A'.repeat(48 * 2 ** 20)}`
    for (const name of ['first', 'second'])
      tracer.startSpan(name, { attributes: { 'langfuse.observation.input': large } }).end()
    await processor.forceFlush()
    expect(inputOf('second')).toBe('<image/png, 37748736 bytes, not uploaded>')
    expect(reports).toEqual(['media_skipped'])
  })

  it('mediaUpload is off unless it is asked for', async () => {
    const { processor, tracer } = tracerWith({ mediaUpload: false })
    tracer.startSpan('look', { attributes: { 'langfuse.observation.input': URI } }).end()
    await processor.forceFlush()
    expect(inputOf('look')).toBe(URI)
    expect(server.uploads.size).toBe(0)
  })
})
