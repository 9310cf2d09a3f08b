import { LangfuseSpanProcessor } from '@langfuse/otel'
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { type AccountedProcessor, createAccountedProcessor } from '../delivery/accounted-processor.js'
import { createOtlpExporter } from '../delivery/otlp-exporter.js'
import { langfuseTarget } from '../delivery/otlp-target.js'
import type { Credentials } from '../options/credentials.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { Reporter } from '../report.js'
import { createSelect, isExportedByDefault, type Select } from '../select/should-export.js'
import { stampSpan } from '../stamp/stamp-span.js'
import { stampTags } from '../stamp/stamp-tags.js'
import { StampedAttributes } from '../stamp/stamped-attributes.js'
import { createPipelineParts, type PipelineParts } from './pipeline-parts.js'

/**
 * Builds the pipeline to Langfuse: select and stamp, then `@langfuse/otel`'s processor (propagation, app root, media, batches), then
 * delivery.
 *
 * @param credentials - Whom to send as, and where to.
 * @param options - The resolved options.
 * @param reporter - Told about what goes wrong.
 * @param isSampled - What may be sent at all, whatever the filter says.
 */
export function createLangfusePipeline(
  credentials: Credentials,
  options: ResolvedExporterOptions,
  reporter: Reporter,
  isSampled: Select,
): AccountedProcessor {
  const stamped = new StampedAttributes()
  const destination = {
    name: 'Langfuse',
    origin: new URL(credentials.baseUrl).origin,
    addressSetting: 'LANGFUSE_BASE_URL',
    credentialsSetting: 'LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY',
    timeoutMillis: options.timeoutMillis,
  }
  const sender = createOtlpExporter(langfuseTarget(credentials, options))
  const parts = createPipelineParts(sender, destination, options, reporter)
  const select = createSelect(options.shouldExport, (span) => isExportedByDefault(span, stamped), reporter)
  const langfuse = createLangfuseProcessor(credentials, options, (span) => isSampled(span) && select(span), parts)
  const inner: SpanProcessor = {
    onStart: (span, parentContext) => stampSpan(span, parentContext, { langfuse, tags: options.tags, stamped }),
    // Again at the last moment a span can be written to: tags set while it ran have taken the place of ours.
    onEnding: (span) => stampTags(span, options.tags),
    onEnd: (span) => langfuse.onEnd(span),
    forceFlush: () => langfuse.forceFlush(),
    shutdown: () => langfuse.shutdown(),
  }
  return createAccountedProcessor({ inner, ...parts })
}

function createLangfuseProcessor(
  { publicKey, secretKey, baseUrl }: Credentials,
  options: ResolvedExporterOptions,
  select: Select,
  { exporter, ledger }: PipelineParts,
): SpanProcessor {
  // Every setting is given, so that the processor's own look into the environment finds nothing to decide.
  return new LangfuseSpanProcessor({
    exporter,
    publicKey,
    secretKey,
    baseUrl,
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(options.release === undefined ? {} : { release: options.release }),
    flushAt: options.maxBatchSpans,
    flushInterval: options.flushIntervalMillis / 1000,
    timeout: options.timeoutMillis / 1000,
    exportMode: options.exportMode,
    mediaUploadEnabled: options.mediaUpload,
    shouldExportSpan: ({ otelSpan }) => {
      const kept = select(otelSpan)
      // Asked at the start of a span too, where nothing is decided yet.
      if (kept && otelSpan.ended) ledger.accept(otelSpan)
      return kept
    },
  })
}
