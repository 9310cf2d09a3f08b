import { ROOT_CONTEXT, TraceFlags } from '@opentelemetry/api'
import { type ReadableSpan, SamplingDecision, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base'
import type { Select } from './should-export.js'

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
 * Keeps a share of the traces that a foreign provider samples, by trace id: whole traces, and the same ones in every service.
 *
 * @param sampleRate - The share, 0 to 1; undefined keeps what the provider keeps.
 */
export function createTraceRatio(sampleRate: number | undefined): Select {
  if (sampleRate === undefined) return isSampled
  const sampler = new TraceIdRatioBasedSampler(sampleRate)
  return (span) =>
    isSampled(span) &&
    sampler.shouldSample(ROOT_CONTEXT, span.spanContext().traceId).decision === SamplingDecision.RECORD_AND_SAMPLED
}
