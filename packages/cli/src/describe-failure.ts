import { CommanderError } from 'commander'
import { CliError } from './cli-error.js'
import { EXIT_CODES, type ExitCode } from './exit-codes.js'
import { plainText } from './render/plain-text.js'

/** What is left to do when a command has thrown. */
export interface Failure {
  /** For standard error, without its newline; `undefined` if there is nothing to say. */
  readonly line: string | undefined
  readonly exitCode: ExitCode
}

/**
 * Turns whatever a command threw into one line and an exit code.
 *
 * @param error - What was thrown.
 * @returns The line, safe to print, without a stack, and the exit code.
 */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CommanderError) return describeCommanderError(error)
  if (error instanceof CliError) {
    // They are printed; a line more would say nothing.
    if (error.code === 'problems_found') return { line: undefined, exitCode: EXIT_CODES.failed }
    return failure(error.message, error.code === 'wrong_usage' ? EXIT_CODES.wrongUsage : EXIT_CODES.failed)
  }
  // Ours to fix, so it says what a report needs.
  const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return failure(`Unexpected error, please report it: ${found}`, EXIT_CODES.failed)
}

// Codes and exit codes: commander 14, lib/error.js and lib/command.js.
function describeCommanderError({ code, exitCode, message }: CommanderError): Failure {
  const isHelp = code === 'commander.help' || code === 'commander.helpDisplayed' || code === 'commander.version'
  if (isHelp || exitCode === 0) return { line: undefined, exitCode: EXIT_CODES.done }
  // Commander puts its suggestion on a second line.
  const text = message
    .replace(/^error: /, '')
    .replace(/\n(?=\(Did you mean )/, ' ')
    .replace(/\.$/, '')
  return failure(`${text}: see axion --help`, EXIT_CODES.wrongUsage)
}

// What was typed, or a server's answer, may be of any length; what to do stands at the end.
const MAX_CHARACTERS = 1000
const KEPT_END = 300

function failure(message: string, exitCode: ExitCode): Failure {
  const short =
    message.length <= MAX_CHARACTERS
      ? message
      : `${message.slice(0, MAX_CHARACTERS - KEPT_END)} … ${message.slice(-KEPT_END)}`
  return { line: `axion: ${plainText(short)}`, exitCode }
}
