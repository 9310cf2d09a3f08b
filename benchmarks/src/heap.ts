import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { HeapCase, HeapRun } from './heap-program.js'
import { verdict } from './verdict.js'

// What a long run leaves on the heap, each kind of span in a process of its own.
const COUNT = 1_000_000
const EVERY = 100_000
const MAX_GROWTH_BYTES = 1_000_000
const MAX_GROWTH = 0.02

const OURS: readonly HeapCase[] = ['spans', 'nested spans', 'async spans', 'abandoned streams', 'withTraceContext']
const run = promisify(execFile)
const PROGRAM = fileURLToPath(new URL('./heap-program.js', import.meta.url))

console.log(
  `\nheap after ${COUNT.toLocaleString('en')} spans  (must be flat after ${EVERY.toLocaleString('en')}: growth ≤ 1 MB or ≤ 2 %)`,
)
for (const of of OURS) print(of, await heapOf(of))
print('@langfuse/tracing spans', await heapOf('@langfuse/tracing spans'))

/** Bytes in use after each part of a run. */
async function heapOf(of: HeapCase): Promise<number[]> {
  const what: HeapRun = { of, count: COUNT, every: EVERY }
  const { stdout } = await run(process.execPath, ['--expose-gc', PROGRAM, JSON.stringify(what)])
  return JSON.parse(stdout)
}

function print(of: HeapCase, [first = Number.NaN, ...later]: readonly number[]): void {
  // The highest of all later ones: a heap that goes up and down again is not flat either.
  const growth = Math.max(...later) - first
  const found = verdict(growth, Math.max(MAX_GROWTH_BYTES, first * MAX_GROWTH))
  const name = OURS.includes(of) ? `@axion/core ${of}` : of
  const [before, after] = [first, later.at(-1) ?? Number.NaN].map((bytes) => (bytes / 1e6).toFixed(2))
  const sign = growth < 0 ? '−' : '+'
  console.log(
    `  ${name.padEnd(44)} ${`${before} → ${after}`.padStart(9)} MB, at most ${sign}${(Math.abs(growth) / 1e6).toFixed(2)}: ${found}`,
  )
}
