import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'

/** A row as the server keeps it: the fields of the wire. Only `id`, `traceId` and `startTime` are needed. */
export type StoredRow = Record<string, unknown> & { id: string; traceId: string; startTime: string }

/** What a test makes the server do instead of answering; returns whether it did. */
export type Fault = (request: IncomingMessage, response: ServerResponse, url: URL) => boolean | Promise<boolean>

/** A running server. */
export interface FixtureServer {
  readonly url: string
  readonly requests: readonly { path: string; query: URLSearchParams; headers: IncomingMessage['headers'] }[]
  /** Faults for the next requests, one each; when they are used up the server answers as it should. */
  readonly faults: Fault[]
  close(): Promise<void>
}

/** What the server holds, and how it differs from 4.16. */
export interface FixtureServerOptions {
  readonly observations?: readonly StoredRow[]
  readonly scores?: readonly (Record<string, unknown> & { id: string })[]
  /** Refuses lists of trace ids, as the documentation has it. @default false */
  readonly refusesTraceIdLists?: boolean
}

/** The keys that the server accepts. */
export const FIXTURE_KEYS: { publicKey: string; secretKey: string } = {
  publicKey: 'pk-lf-fixture',
  secretKey: 'sk-lf-fixture-secret',
}

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  core: ['id', 'traceId', 'startTime', 'endTime', 'projectId', 'parentObservationId', 'type'],
  basic: [
    'name',
    'level',
    'statusMessage',
    'version',
    'environment',
    'userId',
    'sessionId',
    'isRootObservation',
    'bookmarked',
    'public',
  ],
  time: ['completionStartTime', 'createdAt', 'updatedAt'],
  io: ['input', 'output'],
  metadata: ['metadata'],
  model: ['model', 'internalModelId', 'modelParameters'],
  usage: ['usageDetails', 'costDetails', 'totalCost'],
  prompt: ['promptId', 'promptName', 'promptVersion'],
  metrics: ['latency', 'timeToFirstToken'],
  trace_context: ['tags', 'release', 'traceName'],
}

/**
 * Starts a small server with the semantics of Langfuse 4.16 that the loader relies on: conditions, field groups, the order newest
 * first, cursors, page limits, cut metadata, 401 and 400. It holds rows in memory; everything else about it is real HTTP.
 */
export async function startLangfuseServer(options: FixtureServerOptions = {}): Promise<FixtureServer> {
  const requests: { path: string; query: URLSearchParams; headers: IncomingMessage['headers'] }[] = []
  const faults: Fault[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture')
    requests.push({ path: url.pathname, query: url.searchParams, headers: request.headers })
    void answer(request, response, url)
  })
  const answer = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const fault = faults.shift()
    if (fault !== undefined && (await fault(request, response, url))) return
    const { publicKey, secretKey } = FIXTURE_KEYS
    const expected = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`
    if (request.headers.authorization !== expected)
      return sendJson(response, 401, { message: 'Invalid credentials.', error: 'UnauthorizedError' })
    try {
      if (url.pathname.endsWith('/api/public/v2/observations'))
        sendJson(response, 200, observationPage(url.searchParams, options))
      else if (url.pathname.endsWith('/api/public/v3/scores'))
        sendJson(response, 200, scorePage(url.searchParams, options))
      else sendJson(response, 404, { message: 'Not found', error: 'LangfuseNotFoundError' })
    } catch (error) {
      sendJson(response, 400, { message: error instanceof Error ? error.message : 'bad', error: 'InvalidRequestError' })
    }
  }
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    faults,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers JSON, compressed if the client takes it. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = Buffer.from(JSON.stringify(body))
  const gzip = String(response.req.headers['accept-encoding'] ?? '').includes('gzip')
  const encoding: Record<string, string> = gzip ? { 'content-encoding': 'gzip' } : {}
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...encoding, ...headers })
  response.end(gzip ? gzipSync(text) : text)
}

function observationPage(query: URLSearchParams, options: FixtureServerOptions): unknown {
  const limit = Number(query.get('limit') ?? 50)
  if (!(limit > 0 && limit <= 1000)) throw new Error('Too big: expected number to be <=1000')
  const groups = ['core', ...(query.get('fields') ?? 'core,basic').split(',')]
  const conditions = JSON.parse(query.get('filter') ?? '[]') as Condition[]
  for (const { column, type } of conditions) checkCondition(column, type, options)
  const traceId = query.get('traceId')
  const rows = (options.observations ?? [])
    .filter((row) => traceId === null || row.traceId === traceId)
    .filter((row) => conditions.every((condition) => holds(row, condition)))
    .toSorted((a, b) => compare(orderKey(b), orderKey(a)))
  const cursor = query.get('cursor')
  const after = cursor === null ? undefined : Buffer.from(cursor, 'base64').toString()
  const rest = after === undefined ? rows : rows.filter((row) => compare(orderKey(row), after) < 0)
  const data = rest.slice(0, limit)
  const last = data.at(-1)
  const meta =
    rest.length > limit && last !== undefined ? { cursor: Buffer.from(orderKey(last)).toString('base64') } : {}
  return { data: data.map((row) => project(row, groups)), meta }
}

interface Condition {
  type: string
  column: string
  operator: string
  key?: string
  value: unknown
}

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  traceId: ['string', 'stringOptions'],
  isRootObservation: ['boolean'],
  startTime: ['datetime'],
  traceName: ['string', 'stringOptions'],
  environment: ['string', 'stringOptions'],
  traceTags: ['arrayOptions'],
  metadata: ['stringObject'],
  latency: ['number'],
  level: ['string', 'stringOptions'],
}

function checkCondition(column: string, type: string, options: FixtureServerOptions): void {
  const allowed =
    COLUMNS[column] ??
    (['userId', 'sessionId', 'release', 'version', 'name', 'type'].includes(column)
      ? ['string', 'stringOptions']
      : undefined)
  if (allowed === undefined) throw new Error(`Column ${column} does not match a UI / CH table mapping.`)
  const refused = options.refusesTraceIdLists === true && column === 'traceId' && type === 'stringOptions'
  if (!allowed.includes(type) || refused) throw new Error(`Invalid filter type '${type}' for column '${column}'.`)
}

function holds(row: StoredRow, { column, operator, key, value }: Condition): boolean {
  const stored =
    column === 'traceTags'
      ? (row.tags ?? [])
      : column === 'metadata'
        ? metadataText(row, key ?? '')
        : (row[column] ?? '')
  if (column === 'startTime') {
    const [left, right] = [Date.parse(row.startTime), Date.parse(String(value))]
    return operator === '>='
      ? left >= right
      : operator === '<'
        ? left < right
        : operator === '>'
          ? left > right
          : left <= right
  }
  switch (operator) {
    case 'any of':
      return (value as unknown[]).includes(stored)
    case 'all of':
      return (value as unknown[]).every((tag) => (stored as unknown[]).includes(tag))
    case '=':
      return stored === value
    case '>':
      return Number(stored) > Number(value)
    default:
      throw new Error(`Unsupported operator: ${operator}`)
  }
}

// Stored as text; JSON-parsed on reading.
function metadataText(row: StoredRow, key: string): string | undefined {
  const value = (row.metadata as Record<string, unknown> | undefined)?.[key]
  return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value)
}

// Time, a hash of the trace id, id: rows of one trace stay together within a millisecond.
function orderKey(row: StoredRow): string {
  return `${row.startTime} ${createHash('md5').update(row.traceId).digest('hex').slice(0, 8)} ${row.id}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function project(row: StoredRow, groups: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {
    modelId: null,
    inputPrice: null,
    outputPrice: null,
    totalPrice: null,
    latency: null,
    timeToFirstToken: null,
  }
  for (const group of groups) for (const field of GROUPS[group] ?? []) result[field] = row[field] ?? defaultOf(field)
  // Alone, metadata comes from the table that keeps 200 characters of each value.
  if (groups.includes('metadata') && !groups.includes('io'))
    result.metadata = cut(result.metadata as Record<string, unknown>)
  return result
}

function cut(metadata: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, 200) : value]),
  )
}

function defaultOf(field: string): unknown {
  if (['metadata', 'usageDetails', 'costDetails', 'modelParameters'].includes(field)) return {}
  if (['userId', 'sessionId', 'version', 'release', 'model', 'promptName', 'statusMessage'].includes(field)) return ''
  if (field === 'type') return 'SPAN'
  if (field === 'level') return 'DEFAULT'
  if (field === 'tags') return []
  return field === 'isRootObservation' ? false : null
}

function scorePage(query: URLSearchParams, options: FixtureServerOptions): unknown {
  const known = ['limit', 'cursor', 'fields', 'traceId']
  const unknown = [...query.keys()].find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Error(`Unrecognized key: "${unknown}"`)
  const limit = Number(query.get('limit') ?? 50)
  if (!(limit > 0 && limit <= 100)) throw new Error('Too big: expected number to be <=100')
  const wanted = (query.get('traceId') ?? '').split(',')
  const start = Number(query.get('cursor') ?? 0)
  const matching = (options.scores ?? []).filter((score) => {
    const subject = score.subject as { kind: string; id: string; traceId?: string }
    return wanted.includes(subject.kind === 'trace' ? subject.id : (subject.traceId ?? String(score.hiddenTraceId)))
  })
  const meta = start + limit < matching.length ? { limit, cursor: String(start + limit) } : { limit }
  return { data: matching.slice(start, start + limit), meta }
}
