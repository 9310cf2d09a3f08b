import { ProxyTracerProvider, trace } from '@opentelemetry/api'
import { fieldsOf } from '../../calls/read-fields.js'

/**
 * Whether a client makes spans with the tracer provider of the process, of which that of a request would be the second for one call. Another
 * provider that the application gave the client is its own affair: what goes there is no copy of ours.
 *
 * @param client - Anthropic's client, of any version.
 */
export function tracesIntoOurs(client: unknown): client is { _tracer: unknown } {
  const { _tracer, openTelemetry } = fieldsOf(client)
  if (_tracer === undefined) return false
  const { tracerProvider = trace.getTracerProvider() } = fieldsOf(openTelemetry)
  const ours = trace.getTracerProvider()
  return tracerProvider === ours || (ours instanceof ProxyTracerProvider && tracerProvider === ours.getDelegate())
}
