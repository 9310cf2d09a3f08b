import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LangfuseTraceLoader, type LangfuseTraceLoaderOptions } from '@axion/loader'

const MIB = 1024 * 1024

// What the benchmark passes.
const { connection, traces } = JSON.parse(process.argv[2] ?? '') as {
  connection: LangfuseTraceLoaderOptions
  traces: number
}
const folder = mkdtempSync(join(tmpdir(), 'axion-bench-'))
try {
  const loader = new LangfuseTraceLoader(connection)
  // Loads the code and opens the connections.
  await loader.fetchTraces({ limit: 1 })
  const before = process.memoryUsage().rss
  const start = performance.now()
  const daysBack = Math.ceil(traces / 86_400) + 1
  const { items } = await loader.exportTraces({ to: join(folder, 'traces.jsonl'), daysBack })
  const seconds = (performance.now() - start) / 1000
  // In KiB, and of the whole life of the process.
  const growthMib = (process.resourceUsage().maxRSS * 1024 - before) / MIB
  console.log(JSON.stringify({ growthMib, seconds, lines: items }))
} finally {
  rmSync(folder, { recursive: true })
}
