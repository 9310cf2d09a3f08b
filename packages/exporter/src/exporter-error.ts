/** What went wrong: `invalid_options` is an argument that cannot be used. */
export type ExporterErrorCode = 'invalid_options'

/** The one error this package throws, and only while tracing is being set up: running code never sees it. */
export class ExporterError extends Error {
  override readonly name = 'ExporterError'
  /** The reason, for programs; the message is for people. */
  readonly code: ExporterErrorCode
  /** The option that was refused, as it is spelled in `ExporterOptions`. */
  readonly option: string

  constructor(code: ExporterErrorCode, option: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.option = option
  }
}
