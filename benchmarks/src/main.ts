import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

// Each benchmark in a process of its own: they set OpenTelemetry's globals differently. One that fails does not keep the others from running; it
// fails if it cannot measure, or if a size, which is the same on every machine, is over its bound. Times only say so.
const BENCHMARKS = [
  'span-off',
  'span-cost',
  'throughput',
  'burst',
  'heap',
  'core-size',
  'loader-requests',
  'loader-time',
  'loader-jsonl',
  'loader-memory',
  'register-start',
  'register-call',
  'register-size',
  'dev-server-ingest',
  'dev-server-read',
  'dev-server-install-bytes',
  'viewer-pages',
]

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}. Ratios are medians of rounds that take turns.`,
)
for (const name of BENCHMARKS) {
  const file = fileURLToPath(new URL(`./${name}.js`, import.meta.url))
  const { status } = spawnSync(process.execPath, [file], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
