/**
 * Where spans go.
 *
 * - `noop`: nowhere; no provider is registered and spans cost next to nothing.
 * - `langfuse`: to Langfuse's OTLP endpoint.
 * - `otel`: to any OTLP endpoint, configured by OpenTelemetry's own variables.
 * - `console`: to standard error, one line of JSON a span.
 */
export type TracingMode = 'noop' | 'langfuse' | 'otel' | 'console'

/** Every mode. */
export const TRACING_MODES: readonly TracingMode[] = ['noop', 'langfuse', 'otel', 'console']

/**
 * Lists the modes that `TRACING_MODE` and the `mode` option accept.
 *
 * @returns The names, in a stable order.
 */
export function listProviders(): readonly TracingMode[] {
  return TRACING_MODES
}
