/**
 * What kind of failure a {@link CliError} reports.
 *
 * - `wrong_usage`: the command line cannot be carried out as it stands; nothing was attempted.
 * - `output_failed`: standard output did not take what was written.
 */
export type CliErrorCode = 'wrong_usage' | 'output_failed'

/** A failure of the command itself; those of the loader and the dev-server keep their own types. */
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
