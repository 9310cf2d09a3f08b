import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Connection } from './with-langfuse.js'

/** How a run of the program ended. */
export interface Run {
  readonly signal: NodeJS.Signals | null
  /** Traces read. */
  readonly traces: number
  /** Its last word; `undefined` if it was killed. */
  readonly report: string | undefined
}

/**
 * Runs the export program in a process of its own.
 *
 * @param connection - Where the traces are.
 * @param args - Its arguments.
 */
export async function runExport(connection: Connection, args: readonly string[]): Promise<Run> {
  const { baseUrl, publicKey, secretKey } = connection
  const child = fork(fileURLToPath(new URL('./export-program.js', import.meta.url)), args, {
    env: {
      ...process.env,
      ...{ LANGFUSE_BASE_URL: baseUrl, LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey },
    },
  })
  let traces = 0
  let report: string | undefined
  child.on('message', (message) => {
    if (typeof message === 'string') report = message
    else traces = Number(message)
  })
  const [code, signal] = await once(child, 'exit')
  if (signal === null && code !== 0) throw new Error(`The export ended with ${code}`)
  return { signal, traces, report }
}
