import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { OtlpSink } from '../otlp-sink.fixture.js'

const PACKAGE_ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A program of a user's, in a process of its own. */
export interface FaultProgram {
  readonly child: ChildProcess
  /** Resolves when the program has printed a line that begins so, with the rest of it. */
  printed(beginning: string): Promise<string>
  /** Resolves when the program has ended. */
  readonly ended: Promise<Ending>
}

/** How a program ended. */
export interface Ending {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * What every program begins with: `end(count)` makes that many spans of a kilobyte, each with its number, `tracing` is configured.
 * The argument of the process are options of `configureTracing`.
 */
const PRELUDE = `
  import { Tracer } from '@axion/core'
  import { configureTracing } from '@axion/exporter'
  const tracing = configureTracing(JSON.parse(process.argv[1]))
  const tracer = new Tracer()
  let made = 0
  const end = (count) => {
    for (let n = 0; n < count; n++) {
      const span = tracer.startSpan('step', { root: true })
      span.setInput('x'.repeat(900)).setAttribute('number', made++)
      span.end()
    }
  }
  const print = (...parts) => process.stdout.write(parts.join(' ') + '\\n')
`

/**
 * Starts a program.
 *
 * @param sink - Where its spans go.
 * @param source - The module, after the prelude.
 * @param options - Options of `configureTracing`.
 * @param setUp - A shell command for the process, before the program: its limits.
 */
export function startProgram(
  sink: { readonly url: string },
  source: string,
  options: Readonly<Record<string, unknown>> = {},
  setUp?: string,
): FaultProgram {
  const settings = JSON.stringify({ publicKey: 'pk', secretKey: 'sk', baseUrl: sink.url, ...options })
  const node = [process.execPath, '--input-type=module', '--eval', PRELUDE + source, settings]
  const [command = '', ...args] = setUp === undefined ? node : ['/bin/sh', '-c', `${setUp} && exec "$@"`, 'sh', ...node]
  const child = spawn(command, args, {
    cwd: PACKAGE_ROOT,
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const readers = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    for (const read of readers) read()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr }))
  })
  const printed = (beginning: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const read = (): void => {
        const line = stdout
          .split('\n')
          .find((candidate, at, lines) => candidate.startsWith(beginning) && at < lines.length - 1)
        if (line === undefined) return
        readers.delete(read)
        resolve(line.slice(beginning.length).trim())
      }
      readers.add(read)
      read()
      void ended.then(() => reject(new Error(`the program ended before it printed "${beginning}": ${stderr}`)), reject)
    })
  return { child, printed, ended }
}

/** What became of spans, counted where they arrive. */
export interface Counts {
  readonly arrived: number
  readonly duplicated: number
  readonly lost: number
}

/**
 * Counts spans by the number each carries.
 *
 * @param sinks - Where they arrived.
 * @param made - How many were made.
 */
export function countArrivals(sinks: readonly OtlpSink[], made: number): Counts {
  const numbers = sinks.flatMap((sink) => sink.spans().map(({ attributes }) => attributes[NUMBER]))
  const distinct = new Set(numbers)
  return { arrived: distinct.size, duplicated: numbers.length - distinct.size, lost: made - distinct.size }
}

const NUMBER = 'langfuse.observation.metadata.number'
