import { LangfuseTraceLoader } from '@axion/loader'
import { Agent, type Dispatcher, request } from 'undici'
import { median } from './compare.js'
import { type ForkedServer, forkServer } from './fork-server.js'
import { OBSERVATIONS_PER_TRACE } from './loader-traces.js'

// All details of traces of 8 observations, against bare undici that reads the pages of the same observations one after the other and parses
// their JSON. 1,000 traces are a page of roots; for 4,000 the window is split.

const FIELDS = 'core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context'

const server = await forkServer('loader-server', ['4000'])
for (const latencyMillis of [0, 30]) {
  await printRow('one window', 1000, latencyMillis, 15, '≤ 1.15×')
  await printRow('a window that is split', 4000, latencyMillis, 5, '≤ 0.6×')
}
await server.close()

async function printRow(
  title: string,
  traces: number,
  latencyMillis: number,
  count: number,
  bound: string,
): Promise<void> {
  const dispatcher = delayed(latencyMillis)
  const { baseUrl, publicKey, secretKey } = server
  const loader = new LangfuseTraceLoader({ baseUrl, publicKey, secretKey, dispatcher })
  const rounds: { readonly bare: number; readonly ours: number }[] = []
  for (let round = -2; round < count; round++) {
    const bare = await timed(() => readPages(server, dispatcher, traces))
    const ours = await timed(() => readTraces(loader, traces))
    if (round >= 0) rounds.push({ bare, ours })
  }
  const ratio = median(rounds.map(({ bare, ours }) => ours / bare))
  console.log(
    `\n${traces} traces of 8 observations, ${title}, ${latencyMillis} ms of latency added to the dev-server's  (must be: ${bound})`,
  )
  for (const [name, millis, times] of [
    ['bare undici, one page after the other', median(rounds.map(({ bare }) => bare)), 1],
    ['@axion/loader', median(rounds.map(({ ours }) => ours)), ratio],
  ] as const) {
    console.log(`  ${name.padEnd(44)} ${millis.toFixed(0).padStart(9)} ms  ${times.toFixed(2).padStart(6)}×`)
  }
  await dispatcher.close()
}

async function readTraces(loader: LangfuseTraceLoader, count: number): Promise<void> {
  const traces = await loader.fetchTraces({ limit: count, hoursBack: 2 })
  expectCount(
    traces.map((trace) => trace.observations.length).reduce((sum, length) => sum + length, 0),
    count,
  )
}

async function readPages(
  { baseUrl, publicKey, secretKey }: ForkedServer,
  dispatcher: Dispatcher,
  traces: number,
): Promise<void> {
  const headers = { authorization: `Basic ${btoa(`${publicKey}:${secretKey}`)}` }
  const all: unknown[] = []
  for (let cursor: string | undefined; all.length < traces * OBSERVATIONS_PER_TRACE; ) {
    const query = new URLSearchParams({ fields: FIELDS, limit: '1000', ...(cursor === undefined ? {} : { cursor }) })
    const { body } = await request(`${baseUrl}/api/public/v2/observations?${query}`, { headers, dispatcher })
    // What the dev-server is known to answer.
    const page = JSON.parse(await body.text()) as { data: unknown[]; meta: { cursor?: string } }
    all.push(...page.data)
    cursor = page.meta.cursor
    if (cursor === undefined) break
  }
  expectCount(all.length, traces)
}

function expectCount(observations: number, traces: number): void {
  if (observations !== traces * OBSERVATIONS_PER_TRACE) throw new Error(`${observations} observations were read`)
}

/** Keep-alive connections on which every request is that much longer on its way. */
function delayed(millis: number): Dispatcher {
  const agent = new Agent({ connections: 8, pipelining: 1 })
  if (millis === 0) return agent
  return agent.compose((dispatch) => (options, handler) => {
    setTimeout(() => dispatch(options, handler), millis)
    return true
  })
}

async function timed(run: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}
