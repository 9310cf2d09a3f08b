// All that is used of OpenTelemetry's API at run time. One import of it, because a bundler that leaves the API out repeats each.
export {
  context,
  createContextKey,
  diag,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  ProxyTracerProvider,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
