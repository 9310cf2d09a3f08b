import { CliError } from './cli-error.js'
import { describeFailure } from './describe-failure.js'
import { EXIT_CODES, type ExitCode } from './exit-codes.js'
import { createProgram } from './program.js'
import type { StopReason, Terminal } from './terminal.js'

const STOPPED: Readonly<Record<StopReason, ExitCode>> = {
  SIGINT: EXIT_CODES.interrupted,
  SIGTERM: EXIT_CODES.terminated,
  // `axion traces list | head -1` did what was wanted.
  EPIPE: EXIT_CODES.done,
}

/**
 * Runs one command line to its end. Never rejects.
 *
 * @param args - The words after `axion`.
 * @param terminal - Where it prints, and what stops it.
 * @param version - The package's version.
 * @returns What to answer to the shell.
 */
export async function run(args: readonly string[], terminal: Terminal, version: string): Promise<ExitCode> {
  try {
    await parse(args, terminal, version)
    return EXIT_CODES.done
  } catch (error) {
    const isStopped = terminal.stop.aborted && error instanceof CliError && error.code === 'stopped'
    // Whoever stopped a command knows why it ended: nothing is printed.
    // The reason is what `openTerminal` aborted with; AbortSignal has no type parameter for it.
    if (isStopped) return STOPPED[terminal.stop.reason as StopReason]
    const { line, exitCode } = describeFailure(error)
    if (line !== undefined) await terminal.writeError(`${line}\n`)
    return exitCode
  }
}

async function parse(args: readonly string[], terminal: Terminal, version: string): Promise<void> {
  const help: string[] = []
  try {
    const program = await createProgram(args, terminal, version, (text) => void help.push(text))
    await program.parseAsync(args, { from: 'user' })
  } finally {
    // Here and not where commander prints: it waits for nothing, and hears of no error.
    if (help.length > 0) await terminal.writeOut(help.join(''))
  }
}
