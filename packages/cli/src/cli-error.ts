/**
 * What kind of failure a {@link CliError} reports.
 *
 * - `wrong_usage`: the command line cannot be carried out as it stands; nothing was attempted.
 * - `load_failed`: traces could not be read, or a dataset not be written; the loader's own error is the `cause`.
 * - `send_failed`: the server takes nothing from us, or could not be reached.
 * - `send_refused`: the server did not take what was sent, because of what is in it.
 * - `input_failed`: a file that the command reads is not there or not what it should be; nothing was sent.
 * - `journal_failed`: the file that keeps what was pushed cannot be used, or another push is using it.
 * - `server_failed`: the dev-server could not start, or its data not be read; its own error is the `cause`.
 * - `output_failed`: standard output did not take what was written.
 * - `problems_found`: `axion doctor` did its work; what it found is printed.
 * - `stopped`: a signal or a closed pipe ended the command before it was done.
 */
export type CliErrorCode =
  | 'wrong_usage'
  | 'load_failed'
  | 'send_failed'
  | 'send_refused'
  | 'input_failed'
  | 'journal_failed'
  | 'server_failed'
  | 'output_failed'
  | 'problems_found'
  | 'stopped'

/** Every failure of a command that can be foreseen. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly code: CliErrorCode

  /**
   * @param code - The kind of failure.
   * @param message - What was attempted, what was found, what to do; one line.
   * @param details - The error underneath.
   */
  constructor(code: CliErrorCode, message: string, details: { readonly cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
  }
}
