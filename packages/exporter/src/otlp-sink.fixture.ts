import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { type ReceivedSpan, readOtlpSpans } from './read-otlp-spans.fixture.js'

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
  readonly server: Server
  /** Every span that arrived, in order of arrival. */
  spans(): readonly ReceivedSpan[]
  close(): Promise<void>
}

/** Answers a request; the default says 200 with an empty object. */
export type Answer = (response: ServerResponse, request: ReceivedRequest) => unknown

/**
 * Starts an endpoint that keeps what it gets.
 *
 * @param answer - How it answers.
 * @param listenAt - At which port; 0 for one that is free.
 */
export async function startOtlpSink(answer: Answer = answerOk, listenAt = 0): Promise<OtlpSink> {
  const requests: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    // A client may be gone before its request is complete.
    receive(request).then(
      (received) => {
        requests.push(received)
        answer(response, received)
      },
      () => {},
    )
  })
  await new Promise<void>((resolve) => server.listen(listenAt, '127.0.0.1', resolve))
  // A server that listens on TCP has this kind of address.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    server,
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
  // What others send in JSON is answered, and not looked into.
  const spans = request.headers['content-type'] === 'application/x-protobuf' ? readOtlpSpans(plain) : []
  return { method: request.method, path: request.url, headers: request.headers, bytes: plain.byteLength, spans }
}
