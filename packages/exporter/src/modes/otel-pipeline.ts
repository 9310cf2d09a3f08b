import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { type AccountedProcessor, createAccountedProcessor } from '../delivery/accounted-processor.js'
import { createOtlpExporter } from '../delivery/otlp-exporter.js'
import { otelTarget } from '../delivery/otlp-target.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { Reporter } from '../report.js'
import { createSelect } from '../select/should-export.js'
import { createPipelineParts } from './pipeline-parts.js'
import { createSelectingProcessor } from './selecting-processor.js'

/**
 * Builds the pipeline to any OTLP endpoint. Everything about the request comes from `OTEL_EXPORTER_OTLP_*`, everything about batches but
 * their size in bytes from `OTEL_BSP_*`; every sampled span is sent unless `shouldExport` says otherwise.
 *
 * @param options - The resolved options.
 * @param reporter - Told about what goes wrong.
 */
export function createOtelPipeline(options: ResolvedExporterOptions, reporter: Reporter): AccountedProcessor {
  const { protocol, timeoutMillis } = options.otlp
  const target = otelTarget(options.otlp, options)
  if (protocol !== undefined && protocol !== 'http/json') {
    reporter.once({
      level: 'warn',
      code: 'unsupported_protocol',
      message: `Sending OTLP as http/json: OTEL_EXPORTER_OTLP_PROTOCOL asks for ${JSON.stringify(protocol)}, which is not supported here.`,
    })
  }
  const destination = {
    name: 'the OTLP endpoint',
    origin: new URL(target.url).origin,
    addressSetting: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    credentialsSetting: 'OTEL_EXPORTER_OTLP_HEADERS',
    timeoutMillis,
  }
  const parts = createPipelineParts(createOtlpExporter(target), destination, options, reporter)
  const select = createSelect(options.shouldExport, () => true, reporter)
  const inner = createSelectingProcessor(new BatchSpanProcessor(parts.exporter), select, parts.ledger)
  return createAccountedProcessor({ inner, ...parts })
}
