import { otelTarget } from '../delivery/otlp-target.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import { showText } from '../options/show-text.js'
import { createExportingProcessor } from '../pipeline/create-exporting-processor.js'
import type { ExportingProcessor } from '../pipeline/exporting-processor.js'
import type { Reporter } from '../report.js'
import { createProtection } from './create-protection.js'
import { createPlainRoute } from './plain-route.js'
import { spoolOpener } from './spool-opener.js'

/**
 * Builds the pipeline to any OTLP endpoint. Everything about the request comes from `OTEL_EXPORTER_OTLP_*`, what of batches has a variable of
 * OpenTelemetry's from `OTEL_BSP_*`; every sampled span is sent unless `shouldExport` says otherwise.
 *
 * @param options - The resolved options.
 * @param reporter - Told about what goes wrong.
 */
export function createOtelPipeline(options: ResolvedExporterOptions, reporter: Reporter): ExportingProcessor {
  const { protocol, timeoutMillis, batches } = options.otlp
  const target = otelTarget(options.otlp, options)
  if (protocol !== undefined && protocol !== 'http/protobuf') {
    reporter.once({
      level: 'warn',
      code: 'unsupported_protocol',
      message: `Sending OTLP as http/protobuf: OTEL_EXPORTER_OTLP_PROTOCOL asks for ${showText(protocol)}, which is not supported here.`,
    })
  }
  return createExportingProcessor({
    route: createPlainRoute(options, reporter),
    target,
    destination: {
      name: 'the OTLP endpoint',
      origin: new URL(target.url).origin,
      addressSetting: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      credentialsSetting: 'OTEL_EXPORTER_OTLP_HEADERS',
      timeoutMillis,
    },
    bounds: { ...options, ...batches },
    protect: createProtection(options, reporter).protect,
    media: undefined,
    tailRule: options.alwaysKeep,
    openSpool: spoolOpener(options.spool, target.url, reporter),
    reporter,
    componentType: 'axion_otlp_span_processor',
    exitHooks: options.exitHooks,
  })
}
