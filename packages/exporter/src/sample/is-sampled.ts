import { ROOT_CONTEXT, TraceFlags } from '@opentelemetry/api'
import { type ReadableSpan, SamplingDecision, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base'

/**
 * Whether the provider's sampler wants a span sent. OpenTelemetry's processors leave out spans that are recorded only; they must not be
 * counted and waited for.
 *
 * @param span - Any span.
 */
export function isSampled(span: ReadableSpan): boolean {
  return (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0
}

/**
 * Keeps a share of the traces by trace id: whole traces, and the same ones in every service.
 *
 * @param sampleRate - The share, 0 to 1; undefined keeps all.
 * @returns Whether a span's trace is in the share.
 */
export function createTraceRatio(sampleRate: number | undefined): (span: ReadableSpan) => boolean {
  if (sampleRate === undefined) return () => true
  const sampler = new TraceIdRatioBasedSampler(sampleRate)
  return (span) =>
    sampler.shouldSample(ROOT_CONTEXT, span.spanContext().traceId).decision === SamplingDecision.RECORD_AND_SAMPLED
}
