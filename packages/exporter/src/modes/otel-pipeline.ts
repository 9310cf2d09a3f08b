import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { type AccountedProcessor, createAccountedProcessor } from '../delivery/accounted-processor.js'
import { createOtlpExporter } from '../delivery/otlp-exporter.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { Reporter } from '../report.js'
import { createSelect } from '../select/should-export.js'
import { createPipelineParts } from './pipeline-parts.js'
import { createSelectingProcessor } from './selecting-processor.js'

/** Where OTLP over HTTP goes when nobody says otherwise, https://opentelemetry.io/docs/specs/otel/protocol/exporter/. */
const DEFAULT_ENDPOINT = 'http://localhost:4318'

/** What OpenTelemetry's batch processor waits for one export (OTEL_BSP_EXPORT_TIMEOUT): nothing useful comes after it. */
const EXPORT_TIMEOUT_MILLIS = 30_000

/**
 * Builds the pipeline to any OTLP endpoint. Everything about the request comes from `OTEL_EXPORTER_OTLP_*`, everything about batches from
 * `OTEL_BSP_*`; every sampled span is sent unless `shouldExport` says otherwise.
 *
 * @param options - The resolved options.
 * @param reporter - Told about what goes wrong.
 */
export function createOtelPipeline(options: ResolvedExporterOptions, reporter: Reporter): AccountedProcessor {
  const { endpoint, protocol } = options.otlp
  if (protocol !== undefined && protocol !== 'http/json') {
    reporter.once({
      level: 'warn',
      code: 'unsupported_protocol',
      message: `Sending OTLP as http/json: OTEL_EXPORTER_OTLP_PROTOCOL asks for ${JSON.stringify(protocol)}, which is not supported here.`,
    })
  }
  const destination = {
    name: 'the OTLP endpoint',
    origin: originOf(endpoint),
    addressSetting: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    credentialsSetting: 'OTEL_EXPORTER_OTLP_HEADERS',
    timeoutMillis: EXPORT_TIMEOUT_MILLIS,
  }
  const parts = createPipelineParts(createOtlpExporter(), destination, options.concurrency, reporter)
  const select = createSelect(options.shouldExport, () => true, reporter)
  const inner = createSelectingProcessor(new BatchSpanProcessor(parts.exporter), select, parts.ledger)
  return createAccountedProcessor({ inner, ...parts })
}

// The exporter falls back to the default as well when it cannot read the variable.
function originOf(endpoint: string | undefined): string {
  return endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint).origin : DEFAULT_ENDPOINT
}
