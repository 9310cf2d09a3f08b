import { SpanStatusCode } from '@opentelemetry/api'
import { type ExportResult, ExportResultCode, hrTimeToMilliseconds, hrTimeToTimeStamp } from '@opentelemetry/core'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'
import { type LineSink, writeLine } from '../write-line.js'

/** Writes spans as lines of JSON: small enough to read, complete enough to grep. */
export class LineExporter implements SpanExporter {
  readonly #sink: LineSink

  constructor(sink: LineSink) {
    this.#sink = sink
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const lines = spans.map((span) => `${JSON.stringify(toRecord(span))}\n`)
    writeLine(this.#sink, lines.join(''), (error) => {
      done(error ? { code: ExportResultCode.FAILED, error } : { code: ExportResultCode.SUCCESS })
    })
  }

  // Standard error is the process's, not ours to close.
  async shutdown(): Promise<void> {}
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
