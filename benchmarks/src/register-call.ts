import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { median } from './compare.js'
import { startSink } from './start-sink.js'
import { verdict } from './verdict.js'

// What a traced call of a client takes longer: 1,000 calls a process against a local server, processes in turns.

const ROUNDS = 5
const MAX_ADDED_MILLIS = 0.3

const root = fileURLToPath(new URL('../..', import.meta.url))
const client = createRequire(join(root, 'tests/targets/package.json')).resolve('openai-6')
const register = pathToFileURL(join(root, 'packages/register/dist/index.js')).href
const program = fileURLToPath(new URL('./register-call-program.js', import.meta.url))

const sink = await startSink()
const keys = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk', LANGFUSE_BASE_URL: sink.url }
const rounds: { readonly bare: number; readonly traced: number }[] = []
for (let round = 0; round < ROUNDS; round++) {
  rounds.push({ bare: await millisPerCall([]), traced: await millisPerCall(['--import', register]) })
}
const added = median(rounds.map(({ bare, traced }) => traced - bare))
console.log('\none call of openai against a local server, medians of 1,000 a process')
printRow('bare', median(rounds.map(({ bare }) => bare)), '')
printRow('under @axion/register', median(rounds.map(({ traced }) => traced)), '')
printRow('added', added, `≤ ${MAX_ADDED_MILLIS} ms: ${verdict(added, MAX_ADDED_MILLIS)}`)
await sink.close()

/** Not waited for synchronously: the server for the spans is in this process. */
async function millisPerCall(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [...args, program, pathToFileURL(client).href], {
    env: { PATH: process.env.PATH, ...keys },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const text = (await child.stdout.setEncoding('utf8').toArray()).join('')
  if (text === '') throw new Error('The program printed no time')
  return Number(text)
}

function printRow(name: string, millis: number, judged: string): void {
  console.log(`  ${name.padEnd(44)} ${millis.toFixed(3).padStart(9)} ms  ${judged}`)
}
