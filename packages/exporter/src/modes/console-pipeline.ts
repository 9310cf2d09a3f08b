import { SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { type AccountedProcessor, createAccountedProcessor } from '../delivery/accounted-processor.js'
import { createLineSender } from '../delivery/line-sender.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { Reporter } from '../report.js'
import { createSelect } from '../select/should-export.js'
import { createPipelineParts } from './pipeline-parts.js'
import { createSelectingProcessor } from './selecting-processor.js'

/**
 * Builds the pipeline that prints: one line of JSON a span on standard error, as soon as the span ends.
 *
 * @param options - The resolved options.
 * @param reporter - Told about what goes wrong.
 */
export function createConsolePipeline(options: ResolvedExporterOptions, reporter: Reporter): AccountedProcessor {
  const destination = {
    name: 'standard error',
    origin: undefined,
    addressSetting: 'TRACING_MODE',
    credentialsSetting: 'TRACING_MODE',
    timeoutMillis: options.timeoutMillis,
  }
  // One at a time: lines come out in the order in which spans end.
  const parts = createPipelineParts(
    createLineSender(process.stderr),
    destination,
    { ...options, concurrency: 1 },
    reporter,
  )
  const select = createSelect(options.shouldExport, () => true, reporter)
  const inner = createSelectingProcessor(new SimpleSpanProcessor(parts.exporter), select, parts.ledger)
  return createAccountedProcessor({ inner, ...parts })
}
