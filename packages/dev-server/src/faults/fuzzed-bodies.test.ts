import { describe, expect, it } from 'vitest'
import { ALL_FIELDS, exportOf, recorded, span, startTestServer, type TestServer } from '../test-server.fixture.js'
import { encodeExport } from './encode-export.fixture.js'
import { createMutator } from './mutate.fixture.js'

const BODIES_EACH = 1250
const PARALLEL = 25

const TIME = '2026-11-23T04:00:00.000Z'
const otlp = { path: '/api/public/otel/v1/traces', method: 'POST' }
const json = { 'content-type': 'application/json' }
const text = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

/** What is sent, whole, before it is spoiled. */
const CASES: readonly (readonly [
  what: string,
  seed: Uint8Array,
  to: { path: string; method: string },
  headers: Record<string, string>,
])[] = [
  ['exports as protobuf', encodeExport(), otlp, { 'content-type': 'application/x-protobuf' }],
  ['exports as JSON', text(recorded('02_otlp_json_post').request.body), otlp, json],
  [
    'exports of nested values',
    text(exportOf(span({}, { 'gen_ai.prompt.0.content': 'x', 'langfuse.trace.tags': ['a'] }))),
    otlp,
    json,
  ],
  [
    'batches',
    text({
      batch: [
        event('trace-create', { id: 't', tags: ['x'], metadata: { a: [1] } }),
        event('generation-create', { id: 'g', traceId: 't', startTime: TIME, usage: { input: 1 } }),
      ],
    }),
    { path: '/api/public/ingestion', method: 'POST' },
    json,
  ],
  [
    'batches of scores',
    text({ batch: [event('score-create', { id: 's', traceId: 't', name: 'n', value: 1, metadata: { a: 1 } })] }),
    { path: '/api/public/ingestion', method: 'POST' },
    json,
  ],
  [
    'scores',
    text({ traceId: 't', name: 'n', value: 1, dataType: 'NUMERIC' }),
    { path: '/api/public/scores', method: 'POST' },
    json,
  ],
  [
    'prompts',
    text({ name: 'p', type: 'chat', prompt: [{ role: 'user', content: 'x' }], labels: ['a'], config: { a: 1 } }),
    { path: '/api/public/v2/prompts', method: 'POST' },
    json,
  ],
  [
    'dataset items',
    text({ datasetName: 'd', id: 'i', input: { a: [1, 'x'] }, metadata: null, status: 'ACTIVE' }),
    { path: '/api/public/dataset-items', method: 'POST' },
    json,
  ],
]

function event(type: string, body: object): object {
  return { id: 'e', type, timestamp: TIME, body }
}

async function sendAll(
  server: TestServer,
  [, seed, { path, method }, headers]: (typeof CASES)[number],
): Promise<Map<number, number>> {
  const mutate = createMutator(seed, 7)
  const statuses = new Map<number, number>()
  const work = async (): Promise<void> => {
    for (;;) {
      const body = mutate.next()
      if (mutate.made > BODIES_EACH) return
      const { status } = await server.send(method, path, body, headers)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  return statuses
}

// 10,000 bodies in all; the seed is fixed, so that what fails once fails again.
describe('startDevServer() under bodies that are broken', () => {
  it.each(CASES)('startDevServer() refuses or takes %s, and everything it took reads back', async (...of) => {
    const server = await startTestServer({ legacy: true })
    await server.send('POST', '/api/public/v2/datasets', { name: 'd' })
    await server.ingest(span({ traceId: 'e'.repeat(32), name: 'before' }))

    const statuses = await sendAll(server, of)
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([])
    expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(BODIES_EACH)
    // Both kinds must occur: else the bodies are not broken enough, or too much.
    const refused = [...statuses].reduce((sum, [status, count]) => sum + (status >= 400 ? count : 0), 0)
    if (of[2].path !== '/api/public/ingestion') expect(BODIES_EACH - refused).toBeGreaterThan(0)
    expect(refused).toBeGreaterThan(BODIES_EACH / 10)

    for (let cursor = ''; ; ) {
      const query = new URLSearchParams({ fields: ALL_FIELDS, limit: '1000', ...(cursor !== '' && { cursor }) })
      const { status, body } = await server.get(`/api/public/v2/observations?${query}`)
      expect(status).toBe(200)
      if (body.meta.cursor === undefined) break
      cursor = body.meta.cursor
    }
    for (const path of [
      'traces?limit=100',
      'observations?limit=100',
      'v3/scores',
      'v2/prompts',
      'dataset-items',
      'sessions',
    ]) {
      expect([path, (await server.get(`/api/public/${path}`)).status]).toEqual([path, 200])
    }
    expect(await server.observations({ traceId: 'e'.repeat(32) })).toMatchObject([{ name: 'before' }])
  })
})
