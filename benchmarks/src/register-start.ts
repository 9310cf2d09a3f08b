import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { median } from './compare.js'
import { verdict } from './verdict.js'

// What a process takes longer to start, and to import a client, beside a provider with Langfuse's processor and no instrumentation at all. Whole
// processes, which take turns.

const ROUNDS = 20
const MAX_START_MILLIS = 80
const MAX_IMPORT_MILLIS = 60

const NO_HOOK = `data:text/javascript,${encodeURIComponent("import { register } from 'node:module';register('data:text/javascript,')")}`

const root = fileURLToPath(new URL('../..', import.meta.url))
const register = pathToFileURL(join(root, 'packages/register/dist/index.js')).href
// Inside packages that have what the programs import.
const peerFolder = mkdtempSync(join(root, 'benchmarks/node_modules/.register-'))
const clientFolder = mkdtempSync(join(root, 'tests/targets/node_modules/.register-'))
try {
  const peer = program(
    peerFolder,
    'peer',
    `import { LangfuseSpanProcessor } from '@langfuse/otel'
    import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
    import { trace } from '@opentelemetry/api'
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new LangfuseSpanProcessor()] }))`,
  )
  const empty = program(clientFolder, 'empty', '')
  const client = program(clientFolder, 'client', "import 'openai-6'")
  const cases = {
    bare: [empty],
    '@langfuse/otel and a provider': ['--import', pathToFileURL(peer).href, empty],
    '@axion/register': ['--import', register, empty],
    'bare, openai imported': [client],
    '@axion/register, openai imported': ['--import', register, client],
    // A hook that does nothing: where Node cannot do it otherwise, every module goes through a thread.
    'module.register alone, openai imported': ['--import', NO_HOOK, client],
  } as const
  const millis = timesOf(cases)
  const own = (millis['@axion/register'] ?? 0) - (millis.bare ?? 0)
  const imported = (millis['@axion/register, openai imported'] ?? 0) - (millis['bare, openai imported'] ?? 0) - own
  console.log(`\nstart of a process on Node ${process.version}, medians of ${ROUNDS} that take turns`)
  for (const [name, time] of Object.entries(millis)) printRow(name, time, '')
  printRow('added to an empty program', own, `≤ ${MAX_START_MILLIS} ms: ${verdict(own, MAX_START_MILLIS)}`)
  printRow(
    'added when openai is imported',
    imported,
    `≤ ${MAX_IMPORT_MILLIS} ms: ${verdict(imported, MAX_IMPORT_MILLIS)}`,
  )
} finally {
  rmSync(peerFolder, { recursive: true })
  rmSync(clientFolder, { recursive: true })
}

function program(folder: string, name: string, source: string): string {
  const file = join(folder, `${name}.mjs`)
  writeFileSync(file, source)
  return file
}

function timesOf(cases: Readonly<Record<string, readonly string[]>>): Record<string, number> {
  const env = {
    PATH: process.env.PATH,
    LANGFUSE_PUBLIC_KEY: 'pk',
    LANGFUSE_SECRET_KEY: 'sk',
    LANGFUSE_BASE_URL: 'http://127.0.0.1:9',
  }
  const times: Record<string, number[]> = {}
  // The first round warms the file system's cache.
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, args] of Object.entries(cases)) {
      const start = performance.now()
      const { status, stderr } = spawnSync(process.execPath, args, { env })
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`)
      times[name] ??= []
      if (round >= 0) times[name].push(performance.now() - start)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]))
}

function printRow(name: string, millis: number, judged: string): void {
  console.log(`  ${name.padEnd(44)} ${millis.toFixed(0).padStart(9)} ms  ${judged}`)
}
