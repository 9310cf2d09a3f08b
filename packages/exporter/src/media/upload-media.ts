import { type Attributes, context, TraceFlags } from '@opentelemetry/api'
import { ExportResultCode, suppressTracing } from '@opentelemetry/core'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import type { OutgoingSpan } from '../encode/outgoing-span.js'

/** Where media go. */
export interface MediaTarget {
  readonly publicKey: string
  readonly secretKey: string
  readonly baseUrl: string
}

/** Media of one span on their way. */
export interface MediaUpload {
  /** Resolves with the attributes, references in the place of media, before the upload is done. Rejects when there is no way to upload. */
  readonly replaced: Promise<Attributes>
  /** Resolves when the upload is over, either way. */
  readonly uploaded: Promise<void>
}

/**
 * Uploads the media of one span and puts Langfuse's references in their place. The work is done by the processor of `@langfuse/otel`, which knows
 * what Langfuse and the AI SDK mean by media; it is given a span of its own and loaded when the first media come.
 *
 * @param span - Whose media they are.
 * @param attributes - Its attributes that carry media.
 * @param target - Where they go.
 */
export function uploadMedia(span: OutgoingSpan, attributes: Attributes, target: MediaTarget): MediaUpload {
  let resolveReplaced: (attributes: Attributes) => void = () => {}
  const replaced = new Promise<Attributes>((resolve) => {
    resolveReplaced = resolve
  })
  // Requests must not be traced, nor those that they lead to.
  const uploaded = context.with(suppressTracing(context.active()), async () => {
    const { LangfuseSpanProcessor } = await import('@langfuse/otel')
    const processor = new LangfuseSpanProcessor({
      ...target,
      exportMode: 'immediate',
      mediaUploadEnabled: true,
      shouldExportSpan: () => true,
      exporter: {
        export(spans, done) {
          resolveReplaced(spans[0]?.attributes ?? attributes)
          done({ code: ExportResultCode.SUCCESS })
        },
        shutdown: async () => {},
      },
    })
    processor.onEnd(carrierOf(span, attributes))
    await processor.forceFlush()
  })
  return { replaced: Promise.race([replaced, uploaded.then(() => replaced)]), uploaded: uploaded.catch(() => {}) }
}

// As much of a span as that processor looks at. It writes on it.
function carrierOf(span: OutgoingSpan, attributes: Attributes): ReadableSpan {
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => ({ ...span.context, traceFlags: TraceFlags.SAMPLED }),
    startTime: span.startTime,
    endTime: span.endTime,
    status: span.status,
    attributes: { ...attributes },
    links: [],
    events: [],
    duration: [0, 0],
    ended: true,
    resource: span.resource,
    instrumentationScope: span.scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}
