import { defaultResource, detectResources, envDetector } from '@opentelemetry/resources'
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  ParentBasedSampler,
  type Sampler,
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
 * @param sampling - Which new traces are recorded.
 */
export function createProvider(processor: SpanProcessor, sampling: ProviderSampling): BasicTracerProvider {
  const root = rootSampler(sampling)
  return new BasicTracerProvider({
    resource: defaultResource().merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [processor],
    forceFlushTimeoutMillis: FLUSH_TIMEOUT_MILLIS,
    // Parent based: a trace that came in over the network is kept or not as its origin decided.
    ...(root && { sampler: new ParentBasedSampler({ root }) }),
  })
}

/** What a provider needs to know of sampling. */
export interface ProviderSampling {
  /** The share of new traces to keep; undefined leaves it to `OTEL_TRACES_SAMPLER`. */
  readonly sampleRate: number | undefined
  /** What is kept whatever the share says; then the processor decides about the rest, and all has to be recorded. */
  readonly alwaysKeep: object | undefined
}

function rootSampler({ sampleRate, alwaysKeep }: ProviderSampling): Sampler | undefined {
  if (sampleRate === undefined) return undefined
  return alwaysKeep ? new AlwaysOnSampler() : new TraceIdRatioBasedSampler(sampleRate)
}
