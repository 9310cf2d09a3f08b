import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runBurst } from './run-burst.js'
import { verdict } from './verdict.js'

// Spans of a kilobyte made in one synchronous loop, with the defaults: how many arrive, and what they take of memory meanwhile.

const MANY = 1_000_000
const MOST_RSS_MIB = 256

console.log('\nspans of 1 kB that arrive of a synchronous loop')
console.log(`  (ours must be all, RSS growth ≤ ${MOST_RSS_MIB} MiB)`)
for (const count of [20_000, 100_000]) {
  for (const pipeline of ['axion', 'langfuse'] as const)
    print(await make(pipeline, count), ({ arrived }) => arrived === count)
}
const spoolDir = mkdtempSync(join(tmpdir(), 'axion-bench-'))
print(await make('axion', MANY, spoolDir), ({ arrived }) => arrived === MANY)
rmSync(spoolDir, { recursive: true })
console.log('  (ours must be what fits the bound, and an exact count of the rest)')
print(await make('axion', MANY), ({ arrived, dropped }) => arrived > 0 && arrived + dropped === MANY)
print(await make('langfuse', MANY), () => true)

interface Figures {
  readonly name: string
  readonly isOurs: boolean
  readonly arrived: number
  readonly dropped: number
  readonly rssGrowthMib: number
}

async function make(pipeline: 'axion' | 'langfuse', count: number, dir?: string): Promise<Figures> {
  const { arrived, rssGrowthMib, stats } = await runBurst({
    pipeline,
    count,
    ...(dir !== undefined && { spoolDir: dir }),
  })
  const isOurs = pipeline === 'axion'
  // The peer has no count.
  const { dropped = 0 } = stats as { readonly dropped?: number }
  const name = `${isOurs ? '@axion/exporter' : '@langfuse/otel'} ${dir === undefined ? '' : 'with a spool '}of ${count}`
  return { name, isOurs, arrived, dropped, rssGrowthMib }
}

function print(figures: Figures, isComplete: (figures: Figures) => boolean): void {
  const { name, isOurs, arrived, dropped, rssGrowthMib } = figures
  const lost = isOurs ? `, dropped ${dropped}` : ''
  const judged = isOurs ? `  ${isComplete(figures) ? verdict(rssGrowthMib, MOST_RSS_MIB) : 'MISSED'}` : ''
  const row = `${String(arrived).padStart(9)} arrived${lost}, RSS +${rssGrowthMib.toFixed(0)} MiB${judged}`
  console.log(`  ${name.padEnd(44)} ${row}`)
}
