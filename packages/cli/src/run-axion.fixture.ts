import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The built command. */
export const MAIN: string = fileURLToPath(new URL('../dist/main.js', import.meta.url))

/** How a command ended. */
export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that runs. */
export interface RunningAxion {
  readonly child: ChildProcess
  /** Settles when the process has ended and its streams are read. */
  readonly ended: Promise<Run>
  /** Resolves with all that was printed so far, once it matches; rejects if the process ends before. */
  printed(pattern: RegExp): Promise<string>
}

/**
 * Starts the built command in a process of its own.
 *
 * @param args - The words after `axion`.
 * @param env - Added to an environment without any variable that the command reads.
 * @param cwd - Where it runs.
 * @param stdin - Whether something is written to it.
 */
export function startAxion(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
  stdin: 'ignore' | 'pipe' = 'ignore',
): RunningAxion {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: build the package first: tsc -p tsconfig.build.json`)
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(LANGFUSE|NODE_OPTIONS|NO_COLOR|FORCE_COLOR|VITEST)/.test(name),
  )
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...Object.fromEntries(clean), ...env },
    stdio: [stdin, 'pipe', 'pipe'],
  })
  const { stdout: out, stderr: err } = child
  if (out === null || err === null) throw new Error('the streams are no pipes')
  let stdout = ''
  let stderr = ''
  out.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  err.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  const ended = new Promise<Run>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  const printed = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(stdout)) resolve(stdout)
      }
      out.on('data', look)
      look()
      ended.then(({ code, stderr }) => reject(new Error(`ended with ${code} before ${pattern}: ${stderr}`)), reject)
    })
  return { child, ended, printed }
}

/** Runs the built command to its end; see {@link startAxion}. */
export function runAxion(args: readonly string[], env?: Readonly<Record<string, string>>, cwd?: string): Promise<Run> {
  return startAxion(args, env, cwd).ended
}
