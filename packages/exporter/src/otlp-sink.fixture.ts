import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** A span as it stood in a request, with its attributes as a plain record. */
export interface ReceivedSpan {
  readonly name: string
  readonly scope: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly resource: Readonly<Record<string, unknown>>
}

/** One request that arrived. */
export interface ReceivedRequest {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  /** The size of the body before compression. */
  readonly bytes: number
  readonly spans: readonly ReceivedSpan[]
}

/** A real OTLP endpoint on loopback. */
export interface OtlpSink {
  readonly url: string
  readonly requests: ReceivedRequest[]
  /** Every span that arrived, in order of arrival. */
  spans(): readonly ReceivedSpan[]
  close(): Promise<void>
}

/** Answers a request; the default says 200 with an empty object. */
export type Answer = (response: ServerResponse, request: ReceivedRequest) => void

/** Starts an endpoint that keeps what it gets. */
export async function startOtlpSink(answer: Answer = answerOk): Promise<OtlpSink> {
  const requests: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    void receive(request).then((received) => {
      requests.push(received)
      answer(response, received)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has this kind of address.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    spans: () => requests.flatMap(({ spans }) => spans),
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** Says that everything was accepted. */
export function answerOk(response: ServerResponse): void {
  response.setHeader('content-type', 'application/json').end('{}')
}

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
  const spans = readSpans(plain.toString())
  return { method: request.method, path: request.url, headers: request.headers, bytes: plain.byteLength, spans }
}

interface OtlpValue {
  readonly stringValue?: string
  readonly boolValue?: boolean
  readonly intValue?: number
  readonly doubleValue?: number
  readonly arrayValue?: { readonly values: readonly OtlpValue[] }
}
type OtlpAttributes = readonly { readonly key: string; readonly value: OtlpValue }[]
interface OtlpBody {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: OtlpAttributes }
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string }
      readonly spans: readonly { readonly name: string; readonly attributes: OtlpAttributes }[]
    }[]
  }[]
}

function readSpans(text: string): readonly ReceivedSpan[] {
  // Written by OpenTelemetry's own serializer a moment ago.
  const body = JSON.parse(text) as OtlpBody
  return body.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map(({ name, attributes }) => ({
        name,
        scope: scope.name,
        attributes: readAttributes(attributes),
        resource: readAttributes(resource.attributes),
      })),
    ),
  )
}

function readAttributes(attributes: OtlpAttributes): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, readValue(value)]))
}

function readValue({ arrayValue, stringValue, boolValue, intValue, doubleValue }: OtlpValue): unknown {
  return arrayValue ? arrayValue.values.map(readValue) : (stringValue ?? boolValue ?? intValue ?? doubleValue)
}
