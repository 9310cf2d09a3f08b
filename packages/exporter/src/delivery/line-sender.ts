import { SpanStatusCode } from '@opentelemetry/api'
import { hrTimeToMilliseconds, hrTimeToTimeStamp } from '@opentelemetry/core'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { type LineSink, writeLine } from '../write-line.js'
import type { SpanSender } from './span-sender.js'

/**
 * Creates a sender that writes spans as lines of JSON: small enough to read, complete enough to grep.
 *
 * @param sink - Where to; it is the process's, not ours to close.
 */
export function createLineSender(sink: LineSink): SpanSender {
  return {
    send: (spans, { signal }) =>
      new Promise((resolve) => {
        // Whoever reads the other end of a pipe may have stopped to.
        signal.addEventListener('abort', () => resolve({ status: 'failed', error: signal.reason }), { once: true })
        const lines = spans.map((span) => `${JSON.stringify(toRecord(span))}\n`)
        writeLine(sink, lines.join(''), (error) =>
          resolve(error ? { status: 'failed', error } : { status: 'sent', rejectedSpans: 0 }),
        )
      }),
    close: () => {},
  }
}

// What is undefined or empty is left out of the line.
function toRecord(span: ReadableSpan): Record<string, unknown> {
  const { traceId, spanId } = span.spanContext()
  return {
    name: span.name,
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    scope: span.instrumentationScope.name,
    start: hrTimeToTimeStamp(span.startTime),
    durationMillis: hrTimeToMilliseconds(span.duration),
    status: span.status.code === SpanStatusCode.UNSET ? undefined : SpanStatusCode[span.status.code],
    statusMessage: span.status.message,
    attributes: span.attributes,
    events: span.events.length > 0 ? span.events.map(({ name, attributes }) => ({ name, attributes })) : undefined,
  }
}
