import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** A real server on loopback that keeps what it gets. */
export interface BodySink {
  readonly url: string
  /** The bodies, unpacked, in order of arrival. */
  readonly bodies: string[]
  readonly headers: IncomingHttpHeaders[]
  /** Resolves when so many bodies are there. */
  arrived(count: number): Promise<void>
  close(): Promise<void>
}

/** Answers a request; nothing has to be answered. */
export type AnswerBody = (response: ServerResponse, body: string) => void

/** Starts one. */
export async function startBodySink(answer: AnswerBody = (response) => response.end('{}')): Promise<BodySink> {
  const bodies: string[] = []
  const headers: IncomingHttpHeaders[] = []
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      bodies.push(body)
      headers.push(request.headers)
      for (const { count, resolve } of waiting) if (bodies.length >= count) resolve()
      answer(response, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has this kind of address.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1/traces`,
    bodies,
    headers,
    arrived: (count) =>
      new Promise((resolve) => {
        if (bodies.length >= count) resolve()
        else waiting.push({ count, resolve })
      }),
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
}
