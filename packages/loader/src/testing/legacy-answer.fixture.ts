/** A trace as Langfuse 3 keeps it: the fields of the wire, and its observations. */
export type StoredTrace = Record<string, unknown> & {
  id: string
  timestamp: string
  observations: readonly Record<string, unknown>[]
}

/** What a server of Langfuse 3 holds, and how it differs from 3.225. */
export interface LegacyRows {
  readonly traces: readonly StoredTrace[]
  readonly scores?: readonly Record<string, unknown>[]
  /** Ignores `filter` and `fields`, as versions before 3.117 do. @default false */
  readonly isEarly?: boolean
}

const WITHIN = 'not found within authorized project'

/**
 * Answers with the semantics of Langfuse 3.225 that the loader relies on: lists of traces by counted pages of at most 100, newest
 * first; time windows without their end; whole traces, sessions and scores one by one; 404 on the API of version 4.
 */
export function legacyAnswer(url: URL, rows: LegacyRows): readonly [status: number, body: unknown] {
  const path = url.pathname.replace(/^\/api\/public\//, '')
  const id = decodeURIComponent(path.split('/')[1] ?? '')
  if (path === 'v2/observations' || path === 'v3/scores')
    return [404, { message: 'The observations v2 API is only available in a Langfuse v4 write mode.' }]
  if (path === 'traces') return listTraces(url.searchParams, rows)
  if (path === 'v2/scores') return listScores(url.searchParams, rows)
  if (path.startsWith('traces/')) {
    const trace = rows.traces.find((candidate) => candidate.id === id)
    if (trace === undefined) return [404, { message: `Trace ${id} ${WITHIN}`, error: 'LangfuseNotFoundError' }]
    const scores = (rows.scores ?? []).filter(({ traceId }) => traceId === id)
    return [200, { ...trace, latency: 1, totalCost: 0.5, scores }]
  }
  if (path.startsWith('sessions/')) {
    const traces = rows.traces.filter(({ sessionId }) => sessionId === id).map(bare)
    return traces.length === 0 ? [404, { message: `Session ${WITHIN}` }] : [200, { id, traces }]
  }
  return [404, { message: 'Not found' }]
}

function listTraces(query: URLSearchParams, rows: LegacyRows): readonly [number, unknown] {
  const limit = Number(query.get('limit') ?? 50)
  const page = Number(query.get('page') ?? 1)
  if (!(limit >= 1 && limit <= 100)) return [400, { message: 'Invalid request data' }]
  const filter = rows.isEarly === true ? [] : JSON.parse(query.get('filter') ?? '[]')
  if (filter.some(({ column }: { column: string }) => !['id', 'metadata', 'latency'].includes(column)))
    return [400, { message: 'Column does not match a UI / CH table mapping.' }]
  const [from, to] = [query.get('fromTimestamp'), query.get('toTimestamp')]
  const fitting = rows.traces
    .filter((trace) => (from === null || trace.timestamp >= from) && (to === null || trace.timestamp < to))
    .filter((trace) => query.getAll('tags').every((tag) => Array.isArray(trace.tags) && trace.tags.includes(tag)))
    .filter((trace) =>
      ['name', 'userId', 'sessionId', 'environment', 'release', 'version'].every(
        (name) => query.get(name) === null || trace[name] === query.get(name),
      ),
    )
    .filter((trace) => filter.every((condition: Record<string, unknown>) => holds(trace, condition)))
    .toSorted((a, b) => (a.timestamp < b.timestamp ? 1 : a.timestamp > b.timestamp ? -1 : a.id < b.id ? 1 : -1))
  const data = fitting.slice((page - 1) * limit, page * limit).map((trace) => ({ ...bare(trace), latency: 1 }))
  return [
    200,
    { data, meta: { page, limit, totalItems: fitting.length, totalPages: Math.ceil(fitting.length / limit) } },
  ]
}

function holds(trace: StoredTrace, { column, key, value }: Record<string, unknown>): boolean {
  if (column === 'latency') return true
  if (column === 'id') return Array.isArray(value) && value.includes(trace.id)
  // The tests write objects there.
  const stored = (trace.metadata as Record<string, unknown> | undefined)?.[String(key)]
  return (typeof stored === 'string' ? stored : JSON.stringify(stored)) === value
}

function listScores(query: URLSearchParams, rows: LegacyRows): readonly [number, unknown] {
  const [page, limit] = [Number(query.get('page') ?? 1), Number(query.get('limit') ?? 50)]
  const all = (rows.scores ?? []).filter((score) =>
    ['traceId', 'sessionId'].every((name) => query.get(name) === null || score[name] === query.get(name)),
  )
  return [200, { data: all.slice((page - 1) * limit, page * limit), meta: { page, limit, totalItems: all.length } }]
}

function bare(trace: StoredTrace): Record<string, unknown> {
  return { ...trace, observations: trace.observations.map(({ id }) => id), scores: [] }
}
