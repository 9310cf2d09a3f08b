import { spawn } from 'node:child_process'

/** How a program ended. */
export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The Node that programs run on: the one of the tests, or the one that `npm run test:matrix` is at. */
export const programNode: string = process.env.AXION_TEST_NODE ?? process.execPath

/**
 * Runs a Node program to its end.
 *
 * @param args - Its file and arguments, or options of Node.
 * @param options - `env` is added to an environment without any variable that the project reads; `cwd` where it runs.
 */
export function runNode(
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<Run> {
  const child = spawn(programNode, args, {
    cwd: options.cwd,
    env: environmentWith(options.env ?? {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/**
 * This process's environment without any variable that the project reads.
 *
 * @param added - Variables to add.
 */
export function environmentWith(added: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const read = /^(LANGFUSE|OTEL|OPENAI|AXION|TRACING|NODE_OPTIONS|VITEST)/
  const rest = Object.entries(process.env).filter(([name]) => !read.test(name))
  return { ...Object.fromEntries(rest), ...added }
}
