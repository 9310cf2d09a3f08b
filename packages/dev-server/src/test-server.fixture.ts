import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'
import type { DevServerOptions } from './options/dev-server-options.js'
import { type DevServer, startDevServer } from './start-dev-server.js'

/** An answer of the API. The body is whatever JSON came; tests compare it whole. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared with literals, which is the check of their type
  readonly body: any
}

/** A running server and a client with its keys. */
export interface TestServer extends DevServer {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  send(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Sends spans of one resource and scope, and fails unless they are accepted. */
  ingest(...spans: Record<string, unknown>[]): Promise<void>
  /** Reads observations, and fails unless they are given. */
  observations(query?: Record<string, string>): Promise<Answer['body'][]>
}

/** A directory that goes with the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'axion-dev-server-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** Where a server can keep its data: the answers are the same. */
export const STORAGES: readonly (readonly [where: string, options: DevServerOptions])[] = [
  ['in a file', {}],
  ['in memory', { inMemory: true }],
]

/** Starts a real server on a free port, in memory or with a directory of its own; it stops with the test. */
export async function startTestServer(options: DevServerOptions = {}): Promise<TestServer> {
  const server = await startDevServer(options.inMemory ? options : { dataDir: temporaryDirectory(), ...options })
  onTestFinished(() => server.close())
  const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
  const call = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${server.url}${path}`, { redirect: 'manual', ...init })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('application/json') ?? false
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
  const send: TestServer['send'] = (method, path, body, headers) => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    return call(path, {
      method,
      headers: { authorization, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
    })
  }
  const get: TestServer['get'] = (path, headers) => call(path, { headers: { authorization, ...headers } })
  const ingest: TestServer['ingest'] = async (...spans) => {
    const { status, body } = await send('POST', '/api/public/otel/v1/traces', exportOf(...spans))
    if (status !== 200) throw new Error(`export refused: ${JSON.stringify(body)}`)
  }
  const observations: TestServer['observations'] = async (query = {}) => {
    const { status, body } = await get(`/api/public/v2/observations?${new URLSearchParams(query)}`)
    if (status !== 200) throw new Error(`read refused: ${JSON.stringify(body)}`)
    return body.data
  }
  // A getter would be evaluated by the spread, so it is put back.
  return Object.defineProperty({ ...server, get, send, ingest, observations }, 'viewerUrl', {
    get: () => server.viewerUrl,
  })
}

/** Field groups: all there are. */
export const ALL_FIELDS = 'core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context'

/** An OTLP/JSON export of one resource and scope. */
export function exportOf(...spans: Record<string, unknown>[]): Record<string, unknown> {
  return { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 'test' }, spans }] }] }
}

/** A span of OTLP/JSON; attributes are given as plain values. */
export function span(
  fields: Record<string, unknown>,
  attributes: Record<string, string | number | boolean | readonly string[]> = {},
): Record<string, unknown> {
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    name: 'span',
    kind: 1,
    startTimeUnixNano: '1795406882480000000',
    endTimeUnixNano: '1795406882980000000',
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) })),
    ...fields,
  }
}

function anyValue(value: string | number | boolean | readonly string[]): Record<string, unknown> {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: value } : { doubleValue: value }
  return { arrayValue: { values: value.map(anyValue) } }
}

/** A recorded exchange. */
export interface Recorded {
  readonly request: { method: string; url: string; headers: Record<string, string>; body?: Record<string, unknown> }
  // biome-ignore lint/suspicious/noExplicitAny: the recordings are what everything else is compared with
  readonly response: { status: number; body: any }
}

/** Reads a recorded exchange. Bodies that were recorded as they went over the wire, compressed, are decompressed. */
export function recorded(name: string): Recorded {
  const text = readFileSync(new URL(`../fixtures/langfuse-4.16/${name}.json`, import.meta.url), 'utf8')
  const exchange: Recorded = JSON.parse(text)
  const [, base64] = /^<\d+ bytes> base64:(.*)$/.exec(String(exchange.response.body)) ?? []
  if (base64 === undefined) return exchange
  const body = JSON.parse(gunzipSync(Buffer.from(base64, 'base64')).toString('utf8'))
  return { ...exchange, response: { ...exchange.response, body } }
}

/**
 * What may differ from the recording, by key, wherever it stands in an answer:
 * - `projectId`, `orgId`, `publicKey`: another project and other keys;
 * - `createdAt`, `updatedAt`: when the server wrote the row, which the request does not say;
 * - `fileKey`: the name of a file in Langfuse's blob storage, which does not exist here.
 */
const TOLERATED = new Set(['projectId', 'orgId', 'publicKey', 'createdAt', 'updatedAt', 'fileKey'])

/** Replaces tolerated values by their type, so that a missing key or another type still fails. */
export function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, TOLERATED.has(key) ? typeof item : comparable(item)]),
  )
}
