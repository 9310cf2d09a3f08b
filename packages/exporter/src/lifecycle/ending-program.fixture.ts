import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** How a program ended. */
export interface ProgramEnd {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A program that runs. */
export interface EndingProgram {
  readonly process: ChildProcess
  /** Resolves when it has written this to its standard output; rejects when it ended without. */
  says(text: string): Promise<void>
  readonly end: Promise<ProgramEnd>
}

/** How a program is run. */
export interface ProgramOptions {
  /** Where its spans go. */
  readonly url: string
  /** False runs it without hooks, to compare. @default true */
  readonly hooked?: boolean
  /** @default 5000 */
  readonly deadlineMillis?: number
  readonly environment?: Readonly<Record<string, string>>
  /** Of Node. */
  readonly args?: readonly string[]
}

const PACKAGE_ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What every program begins with: `drainable` is watched over, unless the program is run without hooks. */
const PREAMBLE = `
  import { installExitHooks } from './dist/lifecycle/exit-hooks.js'
  import { createHttpDrainable } from './src/lifecycle/http-drainable.fixture.mjs'
  const { SINK_URL, HOOKED, DEADLINE_MILLIS } = process.env
  const hooks = { signals: ['SIGTERM', 'SIGINT', 'SIGHUP'], deadlineMillis: Number(DEADLINE_MILLIS) }
  const drainable = createHttpDrainable(SINK_URL)
  const uninstall = HOOKED ? installExitHooks(drainable, hooks) : () => {}
`

/**
 * Runs a module in a process of its own, after `PREAMBLE`, with the built package.
 *
 * @param source - The module.
 * @param options - How.
 */
export function startEndingProgram(source: string, options: ProgramOptions): EndingProgram {
  const { url, hooked = true, deadlineMillis = 5_000, environment = {}, args = [] } = options
  const child = spawn(process.execPath, [...args, '--input-type=module', '--eval', PREAMBLE + source], {
    cwd: PACKAGE_ROOT,
    env: {
      SINK_URL: url,
      HOOKED: hooked ? '1' : '',
      DEADLINE_MILLIS: String(deadlineMillis),
      NODE_NO_WARNINGS: '1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that failed must not leave it behind.
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const end = new Promise<ProgramEnd>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr }))
  })
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stdout.includes(text)) resolve()
      }
      child.stdout.on('data', look)
      look()
      end.then(() => reject(new Error(`ended without saying ${text}:\n${stdout}${stderr}`)), reject)
    })
  return { process: child, says, end }
}

/** Runs a module to its end. */
export function runEndingProgram(source: string, options: ProgramOptions): Promise<ProgramEnd> {
  return startEndingProgram(source, options).end
}
