import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runBurst } from './run-burst.js'

// Spans of a kilobyte made in one synchronous loop, with the defaults: how many arrive, and what they take of memory meanwhile.

console.log('\nspans of 1 kB that arrive of a synchronous loop  (must be: all; RSS growth ≤ 256 MiB)')
for (const count of [20_000, 100_000]) {
  for (const pipeline of ['axion', 'langfuse'] as const) await print(pipeline, count)
}
const spoolDir = mkdtempSync(join(tmpdir(), 'axion-bench-'))
await print('axion', 1_000_000, spoolDir)
rmSync(spoolDir, { recursive: true })
console.log('  (must be: what fits the bound, and an exact count of the rest)')
await print('axion', 1_000_000)
await print('langfuse', 1_000_000)

async function print(pipeline: 'axion' | 'langfuse', count: number, dir?: string): Promise<void> {
  const { arrived, rssGrowthMib, stats } = await runBurst({
    pipeline,
    count,
    ...(dir !== undefined && { spoolDir: dir }),
  })
  const name = `${pipeline === 'axion' ? '@axion/exporter' : '@langfuse/otel'} ${dir === undefined ? '' : 'with a spool '}`
  const dropped = pipeline === 'axion' ? `, dropped ${(stats as { dropped: number }).dropped}` : ''
  console.log(
    `  ${`${name}of ${count}`.padEnd(44)} ${String(arrived).padStart(9)} arrived${dropped}, RSS +${rssGrowthMib.toFixed(0)} MiB`,
  )
}
