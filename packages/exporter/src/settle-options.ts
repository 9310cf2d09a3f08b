import type { ModeChoice } from './modes/choose-mode.js'
import type { ExporterOptions, ResolvedExporterOptions } from './options/exporter-options.js'
import { optionsFromEnvironment } from './options/options-from-environment.js'
import { resolveExporterOptions } from './options/resolve-exporter-options.js'
import { createReporter, type Reporter } from './report.js'

/** Options, and the door through which everything made from them speaks. */
export interface Settled {
  readonly options: ResolvedExporterOptions
  readonly reporter: Reporter
}

/**
 * Resolves options and says what is wrong with the environment's.
 *
 * @param caller - The arguments.
 * @throws {ExporterError} `invalid_options` if an argument cannot be used.
 */
export function settleOptions(caller: ExporterOptions): Settled {
  const environment = optionsFromEnvironment()
  const options = resolveExporterOptions(caller, environment)
  const reporter = createReporter(options.onReport)
  // What is off on purpose needs no advice about its settings.
  if (!options.sdkDisabled && options.mode !== 'noop') {
    for (const message of environment.problems) {
      reporter.once({ level: 'warn', code: 'invalid_environment', message }, message)
    }
  }
  return { options, reporter }
}

/**
 * Checks arguments that will have no effect: a mistake in them is a mistake all the same.
 *
 * @param caller - The arguments.
 * @throws {ExporterError} `invalid_options` if one cannot be used.
 */
export function checkOptions(caller: ExporterOptions): void {
  resolveExporterOptions(caller, optionsFromEnvironment())
}

/**
 * Says that sampling leaves everything out: whoever sees no trace must not look for the reason anywhere else.
 *
 * @param options - The resolved options.
 * @param reporter - The door.
 */
export function reportSampledOut(
  { sampleRate, alwaysKeep, samplerKeepsNone }: ResolvedExporterOptions,
  reporter: Reporter,
): void {
  const keepsNone = sampleRate === 0 && !alwaysKeep ? 'the sample rate is 0' : undefined
  // What a sampler of OpenTelemetry's leaves out is not recorded, so nothing of it can be kept after all.
  const cause = sampleRate === undefined ? samplerKeepsNone : keepsNone
  if (cause === undefined) return
  const message = `No trace that starts here will be sent: ${cause}.`
  reporter.once({ level: 'warn', code: 'sampled_out', message })
}

/**
 * Says why nothing is sent, when something seems to be wanted. It is the line between "my traces are lost" and a fixed `.env` file.
 *
 * @param choice - Where spans go.
 * @param reporter - The door.
 */
export function reportMissing(choice: ModeChoice, reporter: Reporter): void {
  if (choice.mode !== 'noop' || choice.missing === undefined) return
  const message = `Tracing is off: ${choice.missing} to send traces to Langfuse, or TRACING_MODE=noop to silence this line.`
  reporter.once({ level: 'warn', code: 'missing_credentials', message })
}
