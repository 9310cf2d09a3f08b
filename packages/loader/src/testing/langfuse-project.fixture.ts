import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { FIXTURE_KEYS, sendJson } from './langfuse-server.fixture.js'

type Json = Record<string, unknown>

/** A server that holds datasets, scores and spans. */
export interface FixtureProject {
  readonly url: string
  /** The options that connect to it. */
  readonly connection: { publicKey: string; secretKey: string; baseUrl: string; maxRetries: number }
  readonly requests: { method: string; path: string; headers: IncomingMessage['headers']; body: unknown }[]
  readonly items: Map<string, Json>
  readonly runItems: Json[]
  readonly scores: Map<string, Json>
  readonly spans: Map<string, Json>
  /** Names of scores that it refuses. */
  readonly refusedNames: Set<string>
  /** Answers for the next requests whose path ends so; then the server answers as it should. With `isDone` it does as told and answers so. */
  readonly faults: { path: string; status: number; body: unknown; method?: string; isDone?: boolean }[]
  close(): Promise<void>
}

/**
 * Starts a server with the semantics of Langfuse 4.16 for datasets, scores and experiments, as they were recorded (see `fixtures/datasets`) and
 * read in its sources: text is parsed as JSON, ids of items are unique in a project, events are answered one by one.
 *
 * @param mode - `v4` stores no dataset runs; `v3` does, and answers 404 to an item's id of another dataset.
 */
export async function startLangfuseProject(mode: 'v4' | 'v3' = 'v4'): Promise<FixtureProject> {
  const datasets = new Map<string, Json>()
  const project: Omit<FixtureProject, 'url' | 'connection' | 'close'> = {
    requests: [],
    items: new Map(),
    runItems: [],
    scores: new Map(),
    spans: new Map(),
    refusedNames: new Set(),
    faults: [],
  }
  let clock = Date.parse('2026-11-23T04:00:00Z')
  const now = (): string => new Date(clock++).toISOString()

  const routes: Record<string, (body: Json, url: URL) => [number, unknown]> = {
    'POST /api/public/v2/datasets': (body) => {
      const name = String(body.name)
      const former = datasets.get(name) ?? { id: `ds-${datasets.size + 1}`, projectId: 'p', createdAt: now() }
      const made = {
        description: null,
        metadata: null,
        inputSchema: null,
        expectedOutputSchema: null,
        ...former,
        ...body,
        updatedAt: now(),
      }
      datasets.set(name, made)
      return [200, made]
    },
    'POST /api/public/dataset-items': (body) => {
      const dataset = datasets.get(String(body.datasetName))
      if (dataset === undefined) return [404, { message: 'Dataset not found', error: 'LangfuseNotFoundError' }]
      const id = typeof body.id === 'string' ? body.id : `made-${project.items.size}`
      const former = project.items.get(id)
      if (former !== undefined && former.datasetId !== dataset.id)
        return mode === 'v3'
          ? [404, { message: `The dataset item with id ${id} was not found`, error: 'LangfuseNotFoundError' }]
          : [
              409,
              { message: `Dataset item id ${id} already exists in another dataset`, error: 'LangfuseConflictError' },
            ]
      const item: Json = {
        ...{
          status: 'ACTIVE',
          sourceTraceId: null,
          sourceObservationId: null,
          input: null,
          expectedOutput: null,
          metadata: null,
        },
        ...former,
        ...body,
        ...{ id, datasetId: dataset.id, createdAt: former?.createdAt ?? now(), updatedAt: now(), mediaReferences: [] },
      }
      for (const field of ['input', 'expectedOutput', 'metadata'] as const) item[field] = parsed(item[field])
      project.items.set(id, item)
      return [200, item]
    },
    'GET /api/public/dataset-items': (_, url) => {
      const named = [...project.items.values()].filter(
        (item) => item.datasetName === url.searchParams.get('datasetName'),
      )
      named.sort((one, other) => (String(one.createdAt) < String(other.createdAt) ? 1 : -1))
      return pageOf(named, url)
    },
    'POST /api/public/dataset-run-items': (body) => {
      const item = project.items.get(String(body.datasetItemId))
      if (item === undefined) return [404, { message: 'Dataset item not found', error: 'LangfuseNotFoundError' }]
      const datasetRunId = hash([item.datasetId, body.runName])
      const { datasetItemId, traceId, observationId } = body
      const made = {
        id: `ri-${project.runItems.length}`,
        datasetRunId,
        datasetRunName: body.runName,
        datasetItemId,
        traceId,
        observationId,
      }
      if (mode === 'v3') project.runItems.push({ ...made, datasetId: item.datasetId })
      return [200, { ...made, createdAt: now(), updatedAt: now() }]
    },
    'GET /api/public/dataset-run-items': (_, url) => {
      if (mode === 'v4')
        return [
          404,
          { message: 'This endpoint is not available on deployments running in Langfuse v4 events_only mode.' },
        ]
      const { datasetId, runName } = Object.fromEntries(url.searchParams)
      const rows = project.runItems.filter((row) => row.datasetId === datasetId && row.datasetRunName === runName)
      return pageOf(
        rows.map(({ datasetId: _id, ...row }) => ({ ...row, createdAt: now(), updatedAt: now() })),
        url,
      )
    },
    'POST /api/public/ingestion': (body) => {
      const successes: Json[] = []
      const errors: Json[] = []
      for (const { id, type, body: score } of body.batch as { id: string; type: string; body: Json }[]) {
        const refusal = { id, status: 400, message: 'Invalid request data' }
        if (type !== 'score-create')
          errors.push({ ...refusal, message: 'Event type not accepted', error: `Event type "${type}" is not accepted` })
        else if (score.dataType === 'BOOLEAN' && score.value !== 0 && score.value !== 1)
          errors.push({
            ...refusal,
            error: JSON.stringify([{ path: ['value'], message: 'Value must be a number equal to either 0 or 1' }]),
          })
        else if (project.refusedNames.has(String(score.name)))
          errors.push({ ...refusal, error: JSON.stringify([{ path: ['name'], message: 'this name is not allowed' }]) })
        else {
          project.scores.set(String(score.id), score)
          successes.push({ id, status: 201 })
        }
      }
      return [207, { successes, errors }]
    },
    'POST /api/public/otel/v1/traces': (body) => {
      for (const span of spansOf(body)) project.spans.set(span.spanId, span)
      return [200, { name: 'otel-ingestion-job' }]
    },
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture')
    const path = decodeURIComponent(url.pathname)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const body: Json = text === '' ? {} : JSON.parse(text)
      project.requests.push({ method: request.method ?? '', path, headers: request.headers, body })
      const expected = `Basic ${Buffer.from(`${FIXTURE_KEYS.publicKey}:${FIXTURE_KEYS.secretKey}`).toString('base64')}`
      if (request.headers.authorization !== expected)
        return sendJson(response, 401, { message: 'Invalid credentials.' })
      const fault = project.faults.findIndex(
        (one) => path.endsWith(one.path) && (one.method ?? request.method) === request.method,
      )
      const [broken] = fault === -1 ? [] : project.faults.splice(fault, 1)
      if (broken?.isDone === true) routes[`${request.method} ${path}`]?.(body, url)
      if (broken !== undefined) return sendJson(response, broken.status, broken.body)
      const name = /^\/api\/public\/v2\/datasets\/(.+)$/.exec(path)?.[1]
      if (name !== undefined) {
        const dataset = datasets.get(name)
        return sendJson(
          response,
          dataset === undefined ? 404 : 200,
          dataset ?? { message: 'Dataset not found', error: 'LangfuseNotFoundError' },
        )
      }
      const [status, answer] = routes[`${request.method} ${path}`]?.(body, url) ?? [404, { message: 'Not found' }]
      sendJson(response, status, answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    ...project,
    url,
    connection: { ...FIXTURE_KEYS, baseUrl: url, maxRetries: 0 },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The attributes of a span by name. */
export function attributesOf(span: Json): Record<string, unknown> {
  const list = span.attributes as { key: string; value: Record<string, unknown> }[]
  return Object.fromEntries(list.map(({ key, value }) => [key, Object.values(value)[0]]))
}

function spansOf(body: Json): (Json & { spanId: string })[] {
  const resources = body.resourceSpans as { scopeSpans: { spans: (Json & { spanId: string })[] }[] }[]
  return resources.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
}

function pageOf(rows: readonly Json[], url: URL): [number, unknown] {
  const page = Number(url.searchParams.get('page') ?? 1)
  const limit = Number(url.searchParams.get('limit') ?? 50)
  if (limit > 100) return [400, { message: 'Invalid request data' }]
  const meta = { page, limit, totalItems: rows.length, totalPages: Math.ceil(rows.length / limit) }
  return [200, { data: rows.slice((page - 1) * limit, page * limit), meta }]
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function hash(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)
}
