import { LangfuseTraceLoader } from '@axion/loader'
import { Agent, type Dispatcher, request } from 'undici'
import { median } from './compare.js'
import { forkServer } from './fork-server.js'
import { OBSERVATIONS_PER_TRACE } from './loader-traces.js'
import { verdict } from './verdict.js'

// All details of traces of 8 observations, against bare undici that reads the very pages that the loader asks for, one after the other, and
// parses their JSON. It needs no roots to know which pages those are; the row below it reads as few pages as hold the observations, which no
// client can know. 1,000 traces are a page of roots; for 4,000 the window is split. The dev-server answers on one thread, so without latency
// nothing can be faster than that thread: the row of bodies that are thrown away says how fast it is.

const FIELDS = 'core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context'
const PATH = '/api/public/v2/observations'
const MAX_PARALLEL = 4

const server = await forkServer('loader-server', ['4000'])
for (const latencyMillis of [0, 30]) {
  await printRows('one window', 1000, latencyMillis, 15, 1.15)
  await printRows('a window that is split', 4000, latencyMillis, 5, 0.6)
}
await server.close()

async function printRows(
  title: string,
  traces: number,
  latencyMillis: number,
  count: number,
  max: number,
): Promise<void> {
  const pages: string[] = []
  const dispatcher = delayed(latencyMillis, pages)
  const { baseUrl, publicKey, secretKey } = server
  const loader = new LangfuseTraceLoader({ baseUrl, publicKey, secretKey, dispatcher })
  const rounds: Record<'same' | 'fewest' | 'thrown' | 'ours', number>[] = []
  for (let round = -2; round < count; round++) {
    pages.length = 0
    const ours = await timed(() => readTraces(loader, traces))
    const asked = [...pages]
    const same = await timed(() => readSamePages(dispatcher, asked))
    const fewest = await timed(() => readFewestPages(dispatcher, traces))
    const thrown = await timed(() => throwPagesAway(dispatcher, asked))
    if (round >= 0) rounds.push({ same, fewest, thrown, ours })
  }
  console.log(
    `\n${traces} traces of 8 observations, ${title}, ${latencyMillis} ms of latency added to the dev-server's`,
  )
  const print = (name: string, key: keyof (typeof rounds)[0], bound?: number): void => {
    const millis = median(rounds.map((round) => round[key]))
    const ratio = median(rounds.map((round) => round[key] / round.same))
    const rule = bound === undefined ? '' : `  (must be: ≤ ${bound}×: ${verdict(ratio, bound)})`
    console.log(`  ${name.padEnd(48)} ${millis.toFixed(0).padStart(9)} ms  ${ratio.toFixed(2).padStart(6)}×${rule}`)
  }
  print('bare undici, the same pages one after the other', 'same')
  print('bare undici, as few pages as hold them', 'fewest')
  print('bare undici, four at a time and thrown away', 'thrown')
  print('@axion/loader', 'ours', max)
  await dispatcher.close()
}

async function readTraces(loader: LangfuseTraceLoader, count: number): Promise<void> {
  const traces = await loader.fetchTraces({ limit: count, hoursBack: 2 })
  expectCount(
    traces.map((trace) => trace.observations.length).reduce((sum, length) => sum + length, 0),
    count,
  )
}

interface ObservationPage {
  readonly data: readonly unknown[]
  readonly meta: { readonly cursor?: string }
}

async function readPage(dispatcher: Dispatcher, path: string): Promise<ObservationPage> {
  const headers = { authorization: `Basic ${btoa(`${server.publicKey}:${server.secretKey}`)}` }
  const { body } = await request(`${server.baseUrl}${path}`, { headers, dispatcher })
  // What the dev-server is known to answer.
  return JSON.parse(await body.text()) as ObservationPage
}

async function readSamePages(dispatcher: Dispatcher, paths: readonly string[]): Promise<void> {
  const all: unknown[] = []
  for (const path of paths) all.push(...(await readPage(dispatcher, path)).data)
}

async function readFewestPages(dispatcher: Dispatcher, traces: number): Promise<void> {
  const all: unknown[] = []
  for (let cursor: string | undefined; all.length < traces * OBSERVATIONS_PER_TRACE; ) {
    const query = new URLSearchParams({ fields: FIELDS, limit: '1000', ...(cursor === undefined ? {} : { cursor }) })
    const page = await readPage(dispatcher, `${PATH}?${query}`)
    all.push(...page.data)
    cursor = page.meta.cursor
    if (cursor === undefined) break
  }
  expectCount(all.length, traces)
}

async function throwPagesAway(dispatcher: Dispatcher, paths: readonly string[]): Promise<void> {
  const headers = { authorization: `Basic ${btoa(`${server.publicKey}:${server.secretKey}`)}` }
  const waiting = [...paths]
  const read = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const { body } = await request(`${server.baseUrl}${path}`, { headers, dispatcher })
      await body.dump({ limit: Number.POSITIVE_INFINITY })
    }
  }
  await Promise.all(Array.from({ length: MAX_PARALLEL }, read))
}

function expectCount(observations: number, traces: number): void {
  if (observations !== traces * OBSERVATIONS_PER_TRACE) throw new Error(`${observations} observations were read`)
}

/** Keep-alive connections on which every request is that much longer on its way; notes the paths that are asked for. */
function delayed(millis: number, paths: string[]): Dispatcher {
  const agent = new Agent({ connections: 8, pipelining: 1 })
  return agent.compose((dispatch) => (options, handler) => {
    paths.push(options.path)
    if (millis === 0) return dispatch(options, handler)
    setTimeout(() => dispatch(options, handler), millis)
    return true
  })
}

async function timed(run: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}
