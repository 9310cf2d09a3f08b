import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Agent } from 'undici'
import { median } from './compare.js'
import { sendSpans } from './dev-server-send.js'
import { spansAsProtobuf } from './dev-server-spans.js'
import { forkServer } from './fork-server.js'

// Spans of a kilobyte, 500 a request, from a client in this process to a server in another; and the rows that came of it once more, with the
// engine alone. The bodies are made before.

const COUNT = 100_000
const BATCH = 500
const ROUNDS = 3
/** Requests at once: what a handful of exporting processes have under way. */
const CONCURRENCY = 4

const bodies = Array.from({ length: COUNT / BATCH }, (_, index) => spansAsProtobuf(index * BATCH, BATCH))
const bytes = bodies.reduce((sum, body) => sum + body.length, 0) / COUNT
const rounds: { readonly start: number; readonly served: number; readonly bare: number }[] = []
for (let round = 0; round < ROUNDS; round++) rounds.push(await measure())

const served = median(rounds.map((round) => round.served))
const ratio = median(rounds.map((round) => round.served / round.bare))
console.log(`\nspans a second into the dev-server, protobuf, ${bytes.toFixed(0)} bytes each, ${BATCH} a request`)
printRow('over HTTP', `${served.toFixed(0)} /s`, served >= 25_000, '≥ 25,000')
printRow('bare inserts of the same rows', `${median(rounds.map(({ bare }) => bare)).toFixed(0)} /s`)
printRow('share of the bare rate, same round', `${ratio.toFixed(2)} ×`, ratio >= 0.5, '≥ 0.5')
const start = median(rounds.map((round) => round.start))
console.log('\nstart of the dev-server, from the start of its process to its first answer')
printRow('empty directory', `${start.toFixed(0)} ms`, start <= 600, '≤ 600')

async function measure(): Promise<(typeof rounds)[number]> {
  const [dataDir, bareDir] = [mkdtempSync(join(tmpdir(), 'axion-ingest-')), mkdtempSync(join(tmpdir(), 'axion-bare-'))]
  try {
    const begun = performance.now()
    const server = await forkServer('dev-server-process', [dataDir])
    if ((await fetch(`${server.baseUrl}/api/public/health`)).status !== 200)
      throw new Error('The dev-server is not well')
    const ready = performance.now() - begun
    const dispatcher = new Agent({ connections: CONCURRENCY, pipelining: 1 })
    // A fifth to warm up: a server that runs since a minute is what people have.
    await sendSpans(server, dispatcher, bodies.slice(0, bodies.length / 5), CONCURRENCY)
    const first = performance.now()
    const rest = bodies.slice(bodies.length / 5)
    await sendSpans(server, dispatcher, rest, CONCURRENCY)
    const seconds = (performance.now() - first) / 1000
    await dispatcher.close()
    await server.close()
    return { start: ready, served: (rest.length * BATCH) / seconds, bare: await bareRate(dataDir, bareDir) }
  } finally {
    for (const directory of [dataDir, bareDir]) rmSync(directory, { recursive: true, force: true })
  }
}

async function bareRate(from: string, to: string): Promise<number> {
  const program = fileURLToPath(new URL('./dev-server-bare-inserts.js', import.meta.url))
  const child = fork(program, [from, to, String(BATCH)])
  const [[rate], [code]] = await Promise.all([once(child, 'message'), once(child, 'exit')])
  if (code !== 0 || typeof rate !== 'number') throw new Error(`The bare inserts ended with ${code}`)
  return rate
}

function printRow(name: string, value: string, isOk?: boolean, bound?: string): void {
  const said = isOk === undefined ? '' : `  (must be ${bound}: ${isOk ? 'ok' : 'MISSED'})`
  console.log(`  ${name.padEnd(44)} ${value.padStart(12)}${said}`)
}
