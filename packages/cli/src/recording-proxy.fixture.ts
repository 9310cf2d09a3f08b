import { createServer, type IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import type { DevServer } from '@axion/dev-server'

/** What a proxy does with a request that writes: passes it on; passes it on and loses the answer; answers itself; never answers. */
export type Fault = 'pass' | 'lose-answer' | 'hang' | { readonly status: number; readonly body?: object }

/** A server between a command and a dev-server. */
export interface RecordingProxy {
  readonly url: string
  /** Ids of the spans that reached the dev-server, in order, once for each time. */
  readonly spanIds: string[]
  /** How many requests wrote something. */
  writes(): number
  /** Decides about the next request that writes; to be set by the test. @default always 'pass' */
  fault: (path: string, spanIds: readonly string[]) => Fault
  /** Decides about the next request that reads; to be set by the test. @default always 'pass' */
  readFault: () => Fault
  /** Called when the dev-server has taken a request and before its answer is passed on; to be set by the test. */
  taken: (path: string) => void
  close(): Promise<void>
}

/** Starts a proxy that records what is written through it, and breaks where it is told to. */
export async function startRecordingProxy(target: Pick<DevServer, 'url'>): Promise<RecordingProxy> {
  let writes = 0
  const server = createServer((request, response) => {
    void (async () => {
      const body = await readBody(request)
      const path = request.url ?? ''
      const ids = request.method === 'POST' && path.endsWith('/otel/v1/traces') ? spanIdsOf(body) : []
      const isWrite = request.method !== 'GET'
      const fault = isWrite ? proxy.fault(path, ids) : proxy.readFault()
      if (isWrite) writes += 1
      if (fault === 'hang') return
      if (typeof fault === 'object') {
        response.writeHead(fault.status, { 'content-type': 'application/json' }).end(JSON.stringify(fault.body ?? {}))
        return
      }
      const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers
      const answer = await fetch(`${target.url}${path}`, {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
      })
      const bytes = Buffer.from(await answer.arrayBuffer())
      if (answer.ok) proxy.spanIds.push(...ids)
      if (isWrite) proxy.taken(path)
      if (fault === 'lose-answer') response.destroy()
      else response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(bytes)
    })().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  const proxy: RecordingProxy = {
    url: `http://127.0.0.1:${address.port}`,
    spanIds: [],
    writes: () => writes,
    fault: () => 'pass',
    readFault: () => 'pass',
    taken: () => {},
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return proxy
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function spanIdsOf(body: Buffer): string[] {
  const request: { resourceSpans: { scopeSpans: { spans: { spanId: string }[] }[] }[] } = JSON.parse(
    gunzipSync(body).toString('utf8'),
  )
  return request.resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map(({ spanId }) => spanId)),
  )
}
