import { createServer } from 'node:http'
import { OBSERVATIONS_PER_TRACE } from './loader-traces.js'
import { INPUT, OUTPUT } from './workload.js'

// Answers `GET /api/public/v2/observations` as Langfuse 4 does, out of nothing: as many traces as its argument says, a second apart, newest
// first. A database of that many would take longer to fill than to read.

const count = Number(process.argv[2])
const newest = Date.now() - 60_000
const input = JSON.stringify(INPUT)
const output = JSON.stringify(OUTPUT)
const ID = /^trace-(\d+)$/

interface Condition {
  readonly column: string
  readonly operator: string
  readonly value: string | readonly string[] | boolean
}

const server = createServer((request, response) => {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams
  // The loader's own.
  const conditions = JSON.parse(query.get('filter') ?? '[]') as Condition[]
  const limit = Number(query.get('limit'))
  const ids = conditions.find(({ column }) => column === 'traceId')?.value ?? query.get('traceId')
  const rows = ids === null || ids === undefined ? rootRows(conditions) : traceRows([ids].flat())
  const first = Number(query.get('cursor') ?? 0)
  const page = Array.from({ length: Math.min(limit, rows.count - first) }, (_, index) => rows.at(first + index))
  const meta = first + limit < rows.count ? { cursor: String(first + limit) } : {}
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ data: page, meta }))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.send?.({ baseUrl: `http://127.0.0.1:${port}`, publicKey: 'pk', secretKey: 'sk' })
})
process.once('disconnect', () => {
  server.closeAllConnections()
  server.close()
})

interface Rows {
  readonly count: number
  readonly at: (index: number) => object
}

/** Trace `n` began `n` seconds before the newest. */
function rootRows(conditions: readonly Condition[]): Rows {
  const timeOf = (operator: string): number | undefined => {
    const bound = conditions.find((condition) => condition.column === 'startTime' && condition.operator === operator)
    return bound === undefined ? undefined : Date.parse(String(bound.value))
  }
  const [from, to] = [timeOf('>='), timeOf('<')]
  const first = to === undefined ? 0 : Math.max(0, Math.floor((newest - to) / 1000) + 1)
  const end = from === undefined ? count : Math.min(count, Math.floor((newest - from) / 1000) + 1)
  return { count: Math.max(0, end - first), at: (index) => row(first + index, 0) }
}

function traceRows(ids: readonly (string | boolean)[]): Rows {
  const traces = ids.map((id) => Number(ID.exec(String(id))?.[1])).sort((a, b) => a - b)
  return {
    count: traces.length * OBSERVATIONS_PER_TRACE,
    at: (index) => {
      const child = OBSERVATIONS_PER_TRACE - 1 - (index % OBSERVATIONS_PER_TRACE)
      return row(traces[Math.floor(index / OBSERVATIONS_PER_TRACE)] ?? Number.NaN, child)
    },
  }
}

function row(trace: number, child: number): object {
  const start = newest - trace * 1000 + child
  const startTime = new Date(start).toISOString()
  return {
    ...{
      id: `span-${trace}-${child}`,
      traceId: `trace-${trace}`,
      startTime,
      endTime: new Date(start + 5).toISOString(),
    },
    ...{ projectId: 'project', type: 'SPAN', name: child === 0 ? 'rag-query' : `step-${child}`, level: 'DEFAULT' },
    parentObservationId: child === 0 ? null : `span-${trace}-0`,
    ...{ isRootObservation: child === 0, environment: 'default', version: '', statusMessage: '' },
    ...{ createdAt: startTime, updatedAt: startTime, completionStartTime: null, input, output },
    metadata: { step: String(child), 'scope.name': 'benchmarks' },
    ...{ model: '', modelParameters: {}, usageDetails: {}, costDetails: {}, totalCost: 0, promptId: '' },
    ...{ promptName: '', promptVersion: null, latency: 0.005, timeToFirstToken: null, userId: 'user' },
    ...{ sessionId: 'session', traceName: 'rag-query', release: '', tags: ['benchmarks'] },
  }
}
