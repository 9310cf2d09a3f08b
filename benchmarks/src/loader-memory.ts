import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { forkServer } from './fork-server.js'
import { OBSERVATIONS_PER_TRACE } from './loader-traces.js'
import { verdict } from './verdict.js'

// What 1,000,000 observations take of memory on their way into a file of JSON Lines.

const OBSERVATIONS = 1_000_000
const MAX_GROWTH_MIB = 200

const traces = OBSERVATIONS / OBSERVATIONS_PER_TRACE
const { close, ...connection } = await forkServer('loader-synthetic-server', [String(traces)])
const program = fileURLToPath(new URL('./loader-memory-program.js', import.meta.url))
const answer = execFileSync(process.execPath, [program, JSON.stringify({ connection, traces })], { encoding: 'utf8' })
await close()
// The program's only line.
const { growthMib, seconds, lines } = JSON.parse(answer) as { growthMib: number; seconds: number; lines: number }
if (lines !== traces) throw new Error(`${lines} of ${traces} traces were written`)
console.log('\npeak RSS growth, 1,000,000 observations to JSON Lines, from a synthetic server')
console.log(
  `  ${'@axion/loader, exportTraces()'.padEnd(48)} ${growthMib.toFixed(0).padStart(9)} MiB  in ${seconds.toFixed(0)} s  (must be: ≤ ${MAX_GROWTH_MIB} MiB: ${verdict(growthMib, MAX_GROWTH_MIB)})`,
)
