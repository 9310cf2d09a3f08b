import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LangfuseTraceLoader, TraceCollection } from '@axion/loader'
import { median } from './compare.js'
import { forkServer } from './fork-server.js'
import { verdict } from './verdict.js'

// Traces in memory into a file of dataset items, against `JSON.stringify` of those items into a file, and of the traces. All files are flushed to
// the disk. Inputs and outputs come as text, of which JSON is parsed when it is first looked at: the first conversion pays for that.

const TRACES = 4000
const WARM_UP = 4
const ROUNDS = 15
const MAX_RATIO = 1.5

const folder = mkdtempSync(join(tmpdir(), 'axion-bench-'))
try {
  const saved = join(folder, 'traces.json')
  await saveTraces(saved)
  const rounds: Record<'bare' | 'whole' | 'first' | 'again', number>[] = []
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const traces = await TraceCollection.loadJson(saved)
    const first = await timed(() => convert(traces))
    const again = await timed(() => convert(traces))
    const dataset = traces.toDataset()
    const bare = await timed(() => writeBare(dataset.items))
    const whole = await timed(() => writeBare(traces.toArray()))
    if (round >= 0) rounds.push({ bare, whole, first, again })
  }
  console.log(`\n${TRACES} traces of 8 observations in memory to JSON Lines`)
  print(
    'JSON.stringify of the items, written',
    rounds.map(({ bare }) => [bare, bare] as const),
  )
  print(
    'JSON.stringify of the traces, written',
    rounds.map(({ whole, bare }) => [whole, bare] as const),
  )
  print(
    'toDataset().toJsonl()',
    rounds.map(({ again, bare }) => [again, bare] as const),
    MAX_RATIO,
  )
  print(
    'toDataset().toJsonl(), payloads not parsed yet',
    rounds.map(({ first, bare }) => [first, bare] as const),
  )
} finally {
  rmSync(folder, { recursive: true })
}

async function saveTraces(path: string): Promise<void> {
  const { close, ...connection } = await forkServer('loader-server', [String(TRACES)])
  const loader = new LangfuseTraceLoader(connection)
  const traces = await loader.fetchTraces({ limit: TRACES, hoursBack: 2 })
  if (traces.length !== TRACES) throw new Error(`${traces.length} traces were read`)
  await traces.saveJson(path)
  await close()
}

async function convert(traces: TraceCollection): Promise<void> {
  const { items } = await traces.toDataset().toJsonl(join(folder, 'ours.jsonl'))
  if (items !== TRACES) throw new Error(`${items} items were written`)
}

async function writeBare(objects: readonly object[]): Promise<void> {
  const text = objects.map((object) => `${JSON.stringify(object)}\n`).join('')
  const file = await open(join(folder, 'bare.jsonl'), 'w')
  await file.writeFile(text)
  await file.sync()
  await file.close()
}

async function timed(run: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

function print(name: string, times: readonly (readonly [own: number, bare: number])[], max?: number): void {
  const ratio = median(times.map(([own, bare]) => own / bare))
  const itemsPerSecond = TRACES / (median(times.map(([own]) => own)) / 1000)
  const rule = max === undefined ? '' : `  (must be: ≤ ${max}×: ${verdict(ratio, max)})`
  console.log(
    `  ${name.padEnd(48)} ${itemsPerSecond.toFixed(0).padStart(9)} items/s  ${ratio.toFixed(2).padStart(6)}×${rule}`,
  )
}
