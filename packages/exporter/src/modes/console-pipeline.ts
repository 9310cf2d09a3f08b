import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { AccountedProcessor } from '../pipeline/accounted-processor.js'
import { LineProcessor } from '../pipeline/line-processor.js'
import type { Reporter } from '../report.js'
import { createProtection } from './create-protection.js'
import { createPlainRoute } from './plain-route.js'

/**
 * Builds the pipeline that prints: one line of JSON a span on standard error, as soon as the span ends.
 *
 * @param options - The resolved options.
 * @param reporter - Told about what goes wrong.
 */
export function createConsolePipeline(options: ResolvedExporterOptions, reporter: Reporter): AccountedProcessor {
  return new LineProcessor({
    route: createPlainRoute(options, reporter),
    tailRule: options.alwaysKeep,
    protect: createProtection(options, reporter).protect,
    sink: process.stderr,
    destination: {
      name: 'standard error',
      origin: undefined,
      addressSetting: 'TRACING_MODE',
      credentialsSetting: 'TRACING_MODE',
      timeoutMillis: options.timeoutMillis,
    },
    reporter,
  })
}
