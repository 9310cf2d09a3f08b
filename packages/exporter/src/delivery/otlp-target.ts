import type { Credentials } from '../options/credentials.js'
import type { Compression, OtlpEnvironment, ResolvedExporterOptions, TlsFiles } from '../options/exporter-options.js'

/** Where OTLP goes, and how. */
export interface OtlpTarget {
  /** Of the traces endpoint itself. */
  readonly url: string
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly compression: Compression
  readonly tls: TlsFiles
}

/** Where Langfuse takes OTLP, https://langfuse.com/integrations/native/opentelemetry#opentelemetry-endpoint. */
const LANGFUSE_TRACES_PATH = '/api/public/otel/v1/traces'

/** Where OTLP over HTTP goes when nobody says otherwise, https://opentelemetry.io/docs/specs/otel/protocol/exporter/. */
const DEFAULT_OTLP_URL = 'http://localhost:4318/v1/traces'

/**
 * Addresses Langfuse. Nothing of `OTEL_EXPORTER_OTLP_*` applies: its headers are another vendor's secrets.
 *
 * @param credentials - Whom to send as, and where to.
 * @param options - Headers and compression.
 */
export function langfuseTarget(
  { publicKey, secretKey, baseUrl }: Credentials,
  { headers, compression, insecureTls }: ResolvedExporterOptions,
): OtlpTarget {
  return {
    url: `${baseUrl}${LANGFUSE_TRACES_PATH}`,
    headers: {
      ...lowerCased(headers),
      authorization: `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`,
      // Without it, spans of clients other than Langfuse's own can take ten minutes to show.
      'x-langfuse-ingestion-version': '4',
    },
    compression,
    // Said here too: the thread that sends when the process ends has no environment.
    tls: insecureTls ? { rejectUnauthorized: false } : {},
  }
}

/**
 * Addresses any OTLP endpoint, with what `OTEL_EXPORTER_OTLP_*` say.
 *
 * @param environment - Those variables.
 * @param options - Whether certificates are checked.
 */
export function otelTarget(
  { endpoint, headers, compression, tls }: OtlpEnvironment,
  { insecureTls }: ResolvedExporterOptions,
): OtlpTarget {
  return {
    url: endpoint ?? DEFAULT_OTLP_URL,
    headers: lowerCased(headers),
    compression,
    tls: insecureTls ? { ...tls, rejectUnauthorized: false } : tls,
  }
}

// One spelling each: of two that differ in case, which one arrives would depend on their order.
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
