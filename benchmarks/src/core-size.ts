import { bundledBytes } from './bundled-bytes.js'
import { verdict } from './verdict.js'

const MAX_BYTES = 8000
const sizes = { ours: await bundledBytes('@axion/core'), theirs: await bundledBytes('@langfuse/tracing') }
const found = verdict(sizes.ours, MAX_BYTES)

console.log(`\nminified and gzipped, OpenTelemetry's API left out  (must be ≤ ${MAX_BYTES / 1000} kB: ${found})`)
printRow('@axion/core', sizes.ours)
printRow('@langfuse/tracing', sizes.theirs)
// A size is the same on every machine, and so may fail; a time may not.
if (found === 'MISSED') process.exitCode = 1

function printRow(name: string, bytes: number): void {
  console.log(`  ${name.padEnd(44)} ${(bytes / 1000).toFixed(1).padStart(9)} kB`)
}
