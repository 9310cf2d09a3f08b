import { defaultResource, detectResources, envDetector } from '@opentelemetry/resources'
import {
  BasicTracerProvider,
  ParentBasedSampler,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base'

/**
 * The provider's own patience with a flush. The longest timer there is: our processor bounds every request itself, and the SDK's 30 seconds
 * would end a flush of many slow requests before the server has answered.
 */
const FLUSH_TIMEOUT_MILLIS = 2 ** 31 - 1

/**
 * Creates a tracer provider around one processor. Service name and resource come from `OTEL_SERVICE_NAME` and
 * `OTEL_RESOURCE_ATTRIBUTES`, span limits from `OTEL_SPAN_*`.
 *
 * @param processor - Where spans go.
 * @param sampleRate - The share of new traces to keep; undefined leaves it to `OTEL_TRACES_SAMPLER`.
 */
export function createProvider(processor: SpanProcessor, sampleRate: number | undefined): BasicTracerProvider {
  const root = sampleRate === undefined ? undefined : new TraceIdRatioBasedSampler(sampleRate)
  return new BasicTracerProvider({
    resource: defaultResource().merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [processor],
    forceFlushTimeoutMillis: FLUSH_TIMEOUT_MILLIS,
    // Parent based: a trace that came in over the network is kept or not as its origin decided.
    ...(root && { sampler: new ParentBasedSampler({ root }) }),
  })
}
