// All that the main entry uses of OpenTelemetry's API at run time. One import of it, because a bundler that leaves the API out repeats each.
export {
  context,
  createContextKey,
  diag,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api'
