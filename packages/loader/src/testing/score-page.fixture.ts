import type { StoredRows } from './stored-rows.fixture.js'

/** The body of `GET /api/public/v3/scores`, in pages. @throws {Error} With the message of the 400. */
export function scorePage(query: URLSearchParams, stored: StoredRows): unknown {
  const known = ['limit', 'cursor', 'fields', 'traceId']
  const unknown = [...query.keys()].find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Error(`Unrecognized key: "${unknown}"`)
  const limit = Number(query.get('limit') ?? 50)
  if (!(limit > 0 && limit <= 100)) throw new Error('Too big: expected number to be <=100')
  const wanted = (query.get('traceId') ?? '').split(',')
  const start = Number(query.get('cursor') ?? 0)
  const matching = (stored.scores ?? []).filter((score) => {
    // The tests write subjects as the wire has them. One that leaves out the trace of its observation is found all the same.
    const subject = score.subject as { kind: string; id: string; traceId?: string }
    return wanted.includes(subject.kind === 'trace' ? subject.id : (subject.traceId ?? String(score.hiddenTraceId)))
  })
  const meta = start + limit < matching.length ? { limit, cursor: String(start + limit) } : { limit }
  return { data: matching.slice(start, start + limit), meta }
}
