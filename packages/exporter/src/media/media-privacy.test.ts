import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from '../langfuse-span-processor.js'
import type { LangfuseSpanProcessorOptions } from '../options/exporter-options.js'
import { readOtlpSpans } from '../read-otlp-spans.fixture.js'

// What the option says must not leave: neither in a span nor as a file beside it.

let server: Server
let inputs: unknown[]
let uploads: Buffer[]
beforeEach(async () => {
  inputs = []
  uploads = []
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    response.setHeader('content-type', 'application/json')
    if (request.method === 'PUT') uploads.push(body)
    if (request.url?.includes('/otel/'))
      inputs.push(...readOtlpSpans(body).map(({ attributes }) => attributes['langfuse.observation.input']))
    response.end(
      request.url === '/api/public/media' ? JSON.stringify({ mediaId: 'id', uploadUrl: urlOf('/put') }) : '{}',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

// A server that listens on TCP has this kind of address.
const urlOf = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const PICTURE = `data:image/png;base64,${PNG.toString('base64')}`
const LETTER = `data:text/plain;base64,${Buffer.from('to jane@example.com').toString('base64')}`
const REFERENCE = /^see @@@langfuseMedia:[^@]+@@@$/

it.each<[string, LangfuseSpanProcessorOptions, string, unknown, string[]]>([
  ['nothing of content that is not captured', { captureContent: false }, PICTURE, undefined, []],
  [
    'a picture, whatever rules for text say',
    { mask: ['email'] },
    PICTURE,
    expect.stringMatching(REFERENCE),
    [String(PNG)],
  ],
  ['masked text', { mask: ['email'] }, LETTER, expect.stringMatching(REFERENCE), ['to <email>']],
  ['no text that a rule hides', { mask: [() => 'X'] }, LETTER, 'X', []],
  ['no picture that a rule hides', { mask: [() => 'X'] }, PICTURE, 'X', []],
  ['no picture that a rule about pictures hits', { mask: [/data:image[^"]*/] }, PICTURE, 'see <masked>', []],
  ['all, when nobody asks for less', {}, LETTER, expect.stringMatching(REFERENCE), ['to jane@example.com']],
])('mediaUpload uploads %s', async (_what, options, uri, input, files) => {
  const processor = createLangfuseSpanProcessor({
    publicKey: 'pk',
    secretKey: 'sk',
    baseUrl: urlOf(''),
    compression: 'none',
    mediaUpload: true,
    ...options,
  })
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion')
  tracer.startSpan('look', { attributes: { 'langfuse.observation.input': `see ${uri}` } }).end()
  await processor.shutdown()
  expect(inputs).toEqual([input])
  expect(uploads.map(String)).toEqual(files)
})
