import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import type { SpanExporter } from '@opentelemetry/sdk-trace-base'
import type { Credentials } from '../options/credentials.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'

/** Where Langfuse takes OTLP, https://langfuse.com/integrations/native/opentelemetry#opentelemetry-endpoint. */
const TRACES_PATH = '/api/public/otel/v1/traces'

type OtlpConfig = NonNullable<ConstructorParameters<typeof OTLPTraceExporter>[0]>

/**
 * Creates the exporter that sends spans to Langfuse: OTLP over HTTP as JSON, over kept-alive connections, with OpenTelemetry's retries
 * within the time-out.
 *
 * @param credentials - Whom to send as, and where to.
 * @param options - Time-out, compression, headers.
 */
export function createLangfuseOtlpExporter(
  { publicKey, secretKey, baseUrl }: Credentials,
  { timeoutMillis, compression, headers, otlp }: ResolvedExporterOptions,
): SpanExporter {
  return new OTLPTraceExporter({
    url: `${baseUrl}${TRACES_PATH}`,
    headers: {
      ...withheld(otlp.headerNames),
      ...lowerCased(headers),
      authorization: `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`,
      // Without it, spans of clients other than Langfuse's own can take ten minutes to show.
      'x-langfuse-ingestion-version': '4',
    },
    timeoutMillis,
    // The type is an enum of a package that is not a dependency; its values are these two strings.
    compression: compression as NonNullable<OtlpConfig['compression']>,
    keepAlive: true,
    // The counting exporter bounds how many run; beyond its own bound this one would fail exports instead of queueing them.
    concurrencyLimit: Number.MAX_SAFE_INTEGER,
    userAgent: 'axion-exporter',
  })
}

/**
 * Creates the exporter that sends spans to any OTLP endpoint, with everything from `OTEL_EXPORTER_OTLP_*`.
 *
 * @returns The exporter, which speaks OTLP over HTTP as JSON.
 */
export function createOtlpExporter(): SpanExporter {
  return new OTLPTraceExporter()
}

/**
 * The OTLP exporter adds the headers of `OTEL_EXPORTER_OTLP_HEADERS` to every request, whatever its URL: another vendor's API key would
 * go to Langfuse. It cannot be told not to, but a header that is given here takes the place of the variable's.
 */
function withheld(headerNames: readonly string[]): Record<string, string> {
  return Object.fromEntries(headerNames.map((name) => [name, '']))
}

// One spelling each: of two that differ in case, which one arrives would depend on their order.
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
