import { LangfuseTraceLoader } from '@axion/loader'
import { forkServer } from './fork-server.js'
import { verdict } from './verdict.js'

// How many requests the loader makes of a dev-server with 1,000 traces, each of which has one score.

const TRACES = 1000
const SCORES_PER_REQUEST = 250

const { close, ...connection } = await forkServer('loader-server', [String(TRACES)])
const loader = new LangfuseTraceLoader(connection)
const without = await requestsOf(false)
const ids = (await loader.fetchTraces({ limit: TRACES, fetchFullTraces: false })).map(({ id }) => id)
for (let first = 0; first < TRACES; first += SCORES_PER_REQUEST)
  await postScores(ids.slice(first, first + SCORES_PER_REQUEST))
const withScores = await requestsOf(true)
await close()

console.log('\nrequests, dev-server')
print('1,000 traces of 8 observations, all details', without, 12)
print('scores of 1,000 traces', withScores - without, 25)

async function requestsOf(fetchScores: boolean): Promise<number> {
  let requests = 0
  const traces = await loader.fetchTraces({
    ...{ limit: TRACES, fetchScores },
    onProgress: (progress) => {
      requests = progress.requests
    },
  })
  const scores = traces.map((trace) => trace.scores.length).reduce((sum, count) => sum + count, 0)
  if (traces.length !== TRACES || scores !== (fetchScores ? TRACES : 0))
    throw new Error(`${traces.length} traces and ${scores} scores were read`)
  return requests
}

async function postScores(traceIds: readonly string[]): Promise<void> {
  const timestamp = new Date().toISOString()
  const batch = traceIds.map((traceId) => ({
    ...{ id: crypto.randomUUID(), timestamp, type: 'score-create' },
    body: { id: `score-${traceId}`, traceId, name: 'quality', value: 1, dataType: 'NUMERIC' },
  }))
  const { status } = await fetch(`${connection.baseUrl}/api/public/ingestion`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${btoa(`${connection.publicKey}:${connection.secretKey}`)}`,
    },
    body: JSON.stringify({ batch }),
  })
  if (status !== 207) throw new Error(`The dev-server took no scores: ${status}`)
}

function print(what: string, requests: number, bound: number): void {
  console.log(
    `  ${what.padEnd(48)} ${String(requests).padStart(9)}  (must be: ≤ ${bound}: ${verdict(requests, bound)})`,
  )
  if (requests > bound) process.exitCode = 1
}
