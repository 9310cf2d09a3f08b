import type { Attributes } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'

/**
 * Makes spans with the real SDK.
 *
 * @param count - How many.
 * @param attributes - What each carries.
 */
export function endedSpans(count: number, attributes: Attributes = {}): readonly ReadableSpan[] {
  const memory = new InMemorySpanExporter()
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] }).getTracer('axion')
  for (let n = 0; n < count; n++) tracer.startSpan('step', { attributes }).end()
  return memory.getFinishedSpans()
}
