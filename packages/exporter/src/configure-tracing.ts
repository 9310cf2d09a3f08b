import { buildTracing } from './build-tracing.js'
import { differentOptions } from './options/different-options.js'
import type { ExporterOptions } from './options/exporter-options.js'
import { type ProcessSlot, processSlot } from './process-slot.js'
import type { Reporter } from './report.js'
import { checkOptions, settleOptions } from './settle-options.js'
import type { Tracing } from './tracing.js'

/**
 * Sets tracing up for the process, once: a second call returns what the first one made, and reports options of its own
 * as ignored.
 *
 * The mode is what `mode` or `TRACING_MODE` says; else `langfuse` when both of Langfuse's keys are there; else `otel` when an OTLP endpoint
 * is; else `noop`, with one line that says what is missing. `OTEL_SDK_DISABLED=true` turns everything off.
 *
 * An isolated tracing (`isolated: true`) stays out of OpenTelemetry's globals; every such call makes a new one.
 *
 * @param options - What to do.
 * @returns The handle to flush and to stop it.
 * @throws {ExporterError} `invalid_options` if an argument cannot be used.
 */
export function configureTracing(options: ExporterOptions = {}): Tracing {
  const slot = processSlot()
  if (slot.shared && options.isolated !== true) {
    checkOptions(options)
    reportIgnored(differentOptions(slot.shared.options, options), slot.shared.reporter)
    return slot.shared.tracing
  }
  const settled = settleOptions(options)
  const { isolated } = settled.options
  const tracing = buildTracing(settled, (stopped) => leave(slot, stopped))
  if (isolated) slot.isolated.add(tracing)
  else slot.shared = { tracing, options, reporter: settled.reporter }
  return tracing
}

/**
 * Whether the process has tracing that was configured and not shut down, in any mode.
 *
 * @returns True after `configureTracing`.
 */
export function isTracingConfigured(): boolean {
  const { shared, isolated } = processSlot()
  return shared !== undefined || isolated.size > 0
}

/**
 * Shuts everything down that `configureTracing` set up and gives OpenTelemetry's globals back, so that a test can start anew. The globals
 * are free when the call returns.
 *
 * @returns Resolves when what was held has been sent.
 */
export async function clearTracingConfig(): Promise<void> {
  const { shared, isolated } = processSlot()
  const tracings = [...isolated, ...(shared ? [shared.tracing] : [])]
  await Promise.all(tracings.map((tracing) => tracing.shutdown()))
}

// To whom the tracing in force reports: a receiver that comes with the later call is itself an option without effect.
function reportIgnored(options: readonly string[], reporter: Reporter): void {
  if (options.length === 0) return
  const names = options.join(', ')
  const message =
    `Ignored the options of a later configureTracing() call: ${names}. Tracing is configured already; ` +
    'shut it down before, or use isolated: true for one beside it.'
  reporter.once({ level: 'warn', code: 'options_ignored', message }, names)
}

function leave(slot: ProcessSlot, tracing: Tracing): void {
  slot.isolated.delete(tracing)
  if (slot.shared?.tracing === tracing) delete slot.shared
}
