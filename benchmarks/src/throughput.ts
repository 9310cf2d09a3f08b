import { createLangfuseSpanProcessor } from '@axion/exporter'
import { median } from './compare.js'
import { runBurst } from './run-burst.js'
import { startSink } from './start-sink.js'
import { verdict } from './verdict.js'

// Spans of a kilobyte from their creation to the server's answer; the peer with a queue that holds them all.

const COUNT = 100_000
/** The peer's exporter refuses more than 30 requests at a time, which its flush makes of a larger queue. */
const CHUNK = 10_000
const ROUNDS = 5
const rounds: { readonly ours: Round; readonly theirs: Round }[] = []
interface Round {
  readonly spansPerSecond: number
  readonly busyMicros: number
}

for (let round = 0; round < ROUNDS; round++) {
  const ours = await measure('axion')
  const theirs = await measure('langfuse')
  rounds.push({ ours, theirs })
}

const faster = ratio(({ spansPerSecond }) => spansPerSecond)
// At least: the bound must not be over the figure.
console.log(`\nspans a second delivered to a local sink, 1 kB each  (must be ≥ 2×: ${verdict(2, faster)})`)
printRow('@axion/exporter', median(rounds.map(({ ours }) => ours.spansPerSecond)), '/s', faster)
printRow('@langfuse/otel, its queue enlarged', median(rounds.map(({ theirs }) => theirs.spansPerSecond)), '/s', 1)
const busier = ratio(({ busyMicros }) => busyMicros)
console.log(`\nmain-thread time of a span, created to answered  (must be ≤ 0.6×: ${verdict(busier, 0.6)})`)
printRow('@axion/exporter', median(rounds.map(({ ours }) => ours.busyMicros)), 'µs', busier)
printRow('@langfuse/otel, its queue enlarged', median(rounds.map(({ theirs }) => theirs.busyMicros)), 'µs', 1)

const sink = await startSink()
const processor = createLangfuseSpanProcessor({ publicKey: 'pk', secretKey: 'sk', baseUrl: sink.url })
const flushes: number[] = []
for (let n = 0; n < 1000; n++) {
  const start = performance.now()
  await processor.forceFlush()
  flushes.push(performance.now() - start)
}
console.log(`\na flush of an idle pipeline  (must be ≤ 1 ms: ${verdict(median(flushes), 1)})`)
printRow('@axion/exporter, median of 1,000', median(flushes), 'ms', undefined)
await processor.shutdown()
await sink.close()

async function measure(pipeline: 'axion' | 'langfuse'): Promise<Round> {
  const { arrived, millis, busyMillis } = await runBurst(
    { pipeline, count: COUNT, chunk: CHUNK },
    { OTEL_BSP_MAX_QUEUE_SIZE: '1000000' },
  )
  if (arrived !== COUNT) throw new Error(`${pipeline} delivered ${arrived} of ${COUNT} spans`)
  return { spansPerSecond: (arrived / millis) * 1000, busyMicros: (busyMillis * 1000) / COUNT }
}

function ratio(of: (round: Round) => number): number {
  return median(rounds.map(({ ours, theirs }) => of(ours) / of(theirs)))
}

function printRow(name: string, value: number, unit: string, times: number | undefined): void {
  const shown = value >= 1000 ? value.toFixed(0) : value.toFixed(3)
  console.log(
    `  ${name.padEnd(44)} ${shown.padStart(9)} ${unit}${times === undefined ? '' : `  ${times.toFixed(2).padStart(6)}×`}`,
  )
}
