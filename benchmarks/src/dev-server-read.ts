import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, request } from 'undici'
import { sendSpans } from './dev-server-send.js'
import { FIRST_START_MILLIS, spansAsProtobuf } from './dev-server-spans.js'
import { forkServer } from './fork-server.js'

// Pages of a dev-server that holds a million spans, spread over all of them, as a client sees them: from the request to the last byte.

const COUNT = 1_000_000
const BATCH = 500
const REQUESTS = 60
const FIELDS = 'core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context'

const dataDir = mkdtempSync(join(tmpdir(), 'axion-read-'))
const server = await forkServer('dev-server-process', [dataDir])
const dispatcher = new Agent({ connections: 4, pipelining: 1 })
try {
  await sendSpans(server, dispatcher, exports(), 4)
  console.log(`\nreading from a dev-server with ${COUNT} spans, ${REQUESTS} requests, p95`)
  await printRow('page of 50', () => ({ limit: '50', fields: FIELDS, ...before() }), 50, 25)
  await printRow('page of 1000', () => ({ limit: '1000', fields: FIELDS, ...before() }), 1000, 120)
  await printRow('tags, name and time, first page of 50', threeFilters, 50, 80)
} finally {
  await dispatcher.close()
  await server.close()
  rmSync(dataDir, { recursive: true, force: true })
}

function* exports(): Iterable<Buffer> {
  for (let first = 0; first < COUNT; first += BATCH) yield spansAsProtobuf(first, BATCH)
}

/** A page anywhere, not always the one that was read just now. */
function before(): Record<string, string> {
  return { toStartTime: isoTime(FIRST_START_MILLIS + COUNT * (0.01 + 0.99 * Math.random())) }
}

function threeFilters(): Record<string, string> {
  const start = FIRST_START_MILLIS + Math.random() * COUNT * 0.5
  const number = Math.floor(Math.random() * 500)
  const filter = [
    { type: 'arrayOptions', column: 'traceTags', operator: 'any of', value: ['rag'] },
    { type: 'stringOptions', column: 'traceName', operator: 'any of', value: [`query-${number - (number % 5)}`] },
    { type: 'datetime', column: 'startTime', operator: '>=', value: isoTime(start) },
    { type: 'datetime', column: 'startTime', operator: '<', value: isoTime(start + COUNT * 0.5) },
  ]
  return { limit: '50', fields: FIELDS, filter: JSON.stringify(filter) }
}

function isoTime(millis: number): string {
  return new Date(millis).toISOString()
}

async function printRow(name: string, query: () => Record<string, string>, rows: number, bound: number): Promise<void> {
  const times: number[] = []
  const authorization = `Basic ${btoa(`${server.publicKey}:${server.secretKey}`)}`
  for (let count = -10; count < REQUESTS; count++) {
    const url = `${server.baseUrl}/api/public/v2/observations?${new URLSearchParams(query())}`
    const start = performance.now()
    const text = await (await request(url, { headers: { authorization }, dispatcher })).body.text()
    if (count >= 0) times.push(performance.now() - start)
    // What the dev-server is known to answer.
    const { data } = JSON.parse(text) as { readonly data: readonly unknown[] }
    if (data.length !== rows) throw new Error(`${name}: ${data.length} rows were read instead of ${rows}`)
  }
  const p95 = times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN
  const said = p95 <= bound ? 'ok' : 'MISSED'
  console.log(`  ${name.padEnd(44)} ${p95.toFixed(1).padStart(9)} ms  (must be ≤ ${bound}: ${said})`)
}
