import { bundledBytes } from './bundled-bytes.js'
import { verdict } from './verdict.js'

const MAX_BYTES = 8000
const ours = await bundledBytes('@axion/core')
const found = verdict(ours, MAX_BYTES)

console.log(`\nminified and gzipped, OpenTelemetry's API left out  (must be ≤ ${MAX_BYTES / 1000} kB: ${found})`)
printRow('@axion/core', ours)
// Not bundled as a rule, and so not bounded: what it has beside is no use elsewhere.
printRow('@axion/core on Node', await bundledBytes('@axion/core', ['node']))
printRow('@langfuse/tracing', await bundledBytes('@langfuse/tracing'))
// A size is the same on every machine, and so may fail; a time may not.
if (found === 'MISSED') process.exitCode = 1

function printRow(name: string, bytes: number): void {
  console.log(`  ${name.padEnd(44)} ${(bytes / 1000).toFixed(2).padStart(9)} kB`)
}
