import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { LangfuseTraceLoader } from '@axion/loader'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from './read-sources.js'
import { environmentWith } from './run-node.js'
import { temporaryFolder } from './temporary-folder.js'

const TRACES = 1000
const START_MILLIS = Date.now() - 3_600_000

/** Sends spans as any OpenTelemetry SDK would. */
async function send(server: DevServer, spans: readonly object[]): Promise<void> {
  const answer = await fetch(`${server.url}/api/public/otel/v1/traces`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`,
    },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name: 'test' }, spans }] }] }),
  })
  expect(answer.status).toBe(200)
}

function spansOf(trace: number, count: number): object[] {
  const traceId = trace.toString(16).padStart(32, '0')
  const spanId = (index: number): string => (trace * 100_000 + index + 1).toString(16).padStart(16, '0')
  return Array.from({ length: count }, (_, index) => {
    // 25 of them in one millisecond.
    const startMillis = START_MILLIS + trace * 20 + Math.floor(index / 25)
    return {
      ...{ traceId, spanId: spanId(index), name: index === 0 ? 'rag-query' : `step-${index}`, kind: 1 },
      ...(index === 0 ? {} : { parentSpanId: spanId(0) }),
      ...{ startTimeUnixNano: `${startMillis}000000`, endTimeUnixNano: `${startMillis + 5}000000` },
      attributes: [
        { key: 'langfuse.trace.name', value: { stringValue: 'rag-query' } },
        { key: 'session.id', value: { stringValue: `s-${trace % 10}` } },
        { key: 'langfuse.observation.input', value: { stringValue: JSON.stringify({ question: `Why ${trace}?` }) } },
        { key: 'langfuse.observation.output', value: { stringValue: `Because ${index}.` } },
      ],
    }
  })
}

/** What the other methods note of a trace, of a line that `exportTraces` wrote. */
function idAndCount(line: string): string {
  const { rows }: { rows: { traceId: string }[] } = JSON.parse(line)
  return `${rows[0]?.traceId} ${rows.length}`
}

describe('the loader against the dev-server', () => {
  let server: DevServer
  let loader: LangfuseTraceLoader
  let requests = 0

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder() })
    for (let first = 0; first < TRACES; first += 250) {
      await send(server, Array.from({ length: 250 }, (_, index) => spansOf(first + index, 8)).flat())
    }
    loader = new LangfuseTraceLoader({
      ...{ baseUrl: server.url, publicKey: server.publicKey, secretKey: server.secretKey },
    })
  }, 60_000)

  afterAll(async () => {
    await loader?.close()
    await server?.close()
  })

  it('fetchTraces() reads 1,000 traces of 8 observations, all details, with at most 12 requests', async () => {
    const traces = await loader.fetchTraces({
      limit: TRACES,
      onProgress: (progress) => {
        requests = progress.requests
      },
    })
    expect(traces.length).toBe(TRACES)
    expect(new Set(traces.map((trace) => trace.observations.length))).toEqual(new Set([8]))
    expect(traces.at(0)?.input).toEqual({ question: `Why ${TRACES - 1}?` })
    expect(requests).toBeLessThanOrEqual(12)
  })

  it('countTraces(), fetchSessions() and diagnoses work against it', async () => {
    expect(await loader.countTraces({ name: 'rag-query', hoursBack: 2 })).toBe(TRACES)
    const sessions = await loader.fetchSessions({ limit: 2 })
    expect(sessions.map(({ id, length }) => [id, length])).toEqual([
      ['s-9', TRACES / 10],
      ['s-8', TRACES / 10],
    ])
    const none = await loader.fetchTraces({ name: 'no-such-trace', tags: ['no-such-tag'] })
    expect(none.diagnosis?.alternatives.map(({ without, count }) => [without, count])).toEqual([
      [['tags'], 0],
      [['name'], 0],
      [['window'], 0],
    ])
  })

  it('fetchTrace() reads a trace of 10,000 observations, 25 in each millisecond', async () => {
    const spans = spansOf(50_000, 10_000)
    for (let first = 0; first < spans.length; first += 2000) await send(server, spans.slice(first, first + 2000))
    const trace = await loader.fetchTrace((50_000).toString(16).padStart(32, '0'))
    expect(new Set(trace.observations.map(({ id }) => id)).size).toBe(10_000)
    expect(trace.root.children.length).toBe(9999)
  })

  it.each(['streamTraces', 'fetchTraces', 'exportTraces'] as const)(
    '%s() goes on after kill -9: nothing missing, nothing twice but the trace that a stream had handed out',
    async (method) => {
      const folder = await temporaryFolder()
      const [out, checkpoint] = [join(folder, 'out.txt'), join(folder, 'fetch.checkpoint')]
      const program = join(folder, 'program.mjs')
      const entry = createRequire(join(ROOT, 'tests/package.json')).resolve('@axion/loader')
      await writeFile(
        program,
        `import { appendFileSync } from 'node:fs'
import { LangfuseTraceLoader } from ${JSON.stringify(entry)}
const loader = new LangfuseTraceLoader()
const options = { limit: Infinity, name: 'rag-query', tags: [], daysBack: 1, checkpoint: process.argv[2], toTimestamp: undefined }
let read = 0
if (${JSON.stringify(method)} === 'streamTraces') {
  for await (const trace of loader.streamTraces(options)) {
    appendFileSync(process.argv[3], trace.id + ' ' + trace.observations.length + '\\n')
    if (++read % 50 === 0) process.stdout.write('.')
  }
} else if (${JSON.stringify(method)} === 'exportTraces') {
  const transform = (trace) => {
    if (++read % 130 === 0) process.stdout.write('.')
    return trace
  }
  await loader.exportTraces({ ...options, to: process.argv[3], transform })
} else {
  const traces = await loader.fetchTraces({ ...options, onProgress: ({ traces }) => traces > 0 && process.stdout.write('.') })
  for (const trace of traces) appendFileSync(process.argv[3], trace.id + ' ' + trace.observations.length + '\\n')
}
console.log('done')
`,
      )
      const env = environmentWith({
        LANGFUSE_BASE_URL: server.url,
        LANGFUSE_PUBLIC_KEY: server.publicKey,
        LANGFUSE_SECRET_KEY: server.secretKey,
      })
      let kills = 0
      // Killed at the third sign of life, three times; then it may come to its end.
      for (let run = 0; run < 4; run++) {
        const child = spawn(process.execPath, [program, checkpoint, out], { env, stdio: ['ignore', 'pipe', 'inherit'] })
        let signs = 0
        let isDone = false
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          isDone ||= text.includes('done')
          signs += text.length
          if (run < 3 && signs >= 3 && !isDone) child.kill('SIGKILL')
        })
        const [code, signal] = await once(child, 'close')
        if (signal === 'SIGKILL') kills += 1
        else expect(code).toBe(0)
        if (isDone) break
      }
      expect(kills).toBeGreaterThan(0)
      const text = (await readFile(out, 'utf8')).trim().split('\n')
      const written = method === 'exportTraces' ? text.map(idAndCount) : text
      // A kill between the program's own note of a trace and the loader's makes the trace in hand come again, first of all: nobody could
      // know of it. Nothing else may come twice.
      const lines = written.filter((line, index) => line !== written[index - 1])
      expect(written.length - lines.length).toBeLessThanOrEqual(method === 'streamTraces' ? kills : 0)
      const expected = await loader.fetchTraces({ limit: Number.POSITIVE_INFINITY, daysBack: 1, name: 'rag-query' })
      expect(lines.toSorted()).toEqual(
        expected.map(({ id, observations }) => `${id} ${observations.length}`).toSorted(),
      )
    },
    120_000,
  )
})
