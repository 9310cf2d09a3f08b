import { CliError } from './cli-error.js'

/** Why a command should stop early: a signal, or nobody reads its output any more (`| head`). */
export type StopReason = 'SIGINT' | 'SIGTERM' | 'EPIPE'

/** All that commands know of the process they run in. */
export interface Terminal {
  /** Whether standard output shows colours: it is a terminal, and neither `NO_COLOR` nor `TERM=dumb` forbids them. */
  readonly color: boolean
  /** Width of standard output; `undefined` when it is a file or a pipe, for which nothing is cut. */
  readonly columns: number | undefined
  /** Width of standard error, where progress is shown; `undefined` when nothing can be drawn there: a file, a pipe, `TERM=dumb`. */
  readonly errorColumns: number | undefined
  /** Aborts once, with a {@link StopReason} as its reason. */
  readonly stop: AbortSignal
  /**
   * From now on a signal ends the process at once, as if nobody listened: for work during which nobody can. A shell reports the same code.
   */
  letSignalsEnd(): void
  /**
   * @param data - What to write, newlines included.
   * @returns When it is written, so that a slow reader slows the command down instead of filling its memory.
   * @throws {CliError} `output_failed` if it cannot be written for another reason than a closed pipe.
   */
  writeOut(data: string | Uint8Array): Promise<void>
  /** @param text - What to write to standard error, newlines included. */
  writeError(text: string): Promise<void>
}

/** The part of Node's `process` that a terminal is made of. */
export type HostProcess = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'once' | 'removeListener'>

/**
 * Connects to the process: its streams, and the signals that ask it to stop.
 *
 * @param host - Node's `process`.
 * @returns The terminal. From now on the first SIGINT or SIGTERM stops the command; the next of its kind ends the process at once.
 */
export function openTerminal(host: HostProcess): Terminal {
  const { stdout, stderr } = host
  const controller = new AbortController()
  const stop = (reason: StopReason): void => controller.abort(reason)
  host.once('SIGINT', stop)
  host.once('SIGTERM', stop)
  // Without listeners a write error would be an uncaught exception; each write learns of its own through its callback.
  stdout.on('error', () => {})
  stderr.on('error', () => {})
  return {
    color: stdout.isTTY === true && stdout.hasColors(),
    // Some pseudo-terminals (CI, `script`) report 0 columns, which is no width either.
    columns: stdout.isTTY === true && stdout.columns > 0 ? stdout.columns : undefined,
    errorColumns: stderr.isTTY === true && stderr.columns > 0 && host.env.TERM !== 'dumb' ? stderr.columns : undefined,
    stop: controller.signal,
    letSignalsEnd: () => {
      host.removeListener('SIGINT', stop)
      host.removeListener('SIGTERM', stop)
    },
    writeOut: (data) =>
      new Promise((resolve, reject) => {
        stdout.write(data, (error) => {
          const code = errorCodeOf(error)
          if (code === 'EPIPE') stop('EPIPE')
          if (code === undefined || code === 'EPIPE') resolve()
          else reject(outputFailed(code, error))
        })
      }),
    // There is nowhere left to complain to.
    writeError: (text) => new Promise((resolve) => stderr.write(text, () => resolve())),
  }
}

function errorCodeOf(error: Error | null | undefined): string | undefined {
  if (error === null || error === undefined) return undefined
  return 'code' in error ? String(error.code) : error.message
}

function outputFailed(code: string, cause: unknown): CliError {
  return new CliError('output_failed', `Cannot write to standard output: ${code}: check where it is redirected to`, {
    cause,
  })
}
