import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { member } from '../member.js'
import type { Project } from './project.js'

/**
 * Looks for `@langfuse/otel`'s processor beside ours, in the provider that made a span.
 *
 * A provider does not tell its processors, so this looks where OpenTelemetry's SDK 1 and 2 and `@langfuse/otel` 4 and 5 keep them. What is not
 * found there is taken for not there.
 *
 * @param span - A span of the provider.
 * @param project - Only a processor that sends there counts.
 * @returns Whether that processor sends a span; undefined if there is none.
 */
export function findLangfuseProcessor(
  span: ReadableSpan,
  project: Project,
): ((span: ReadableSpan) => boolean) | undefined {
  try {
    const processors = member(member(span, '_spanProcessor'), '_spanProcessors')
    if (!Array.isArray(processors)) return undefined
    const found = processors.find(
      (processor) =>
        member(processor, 'publicKey') === project.publicKey &&
        withoutSlash(member(processor, 'baseUrl')) === project.baseUrl &&
        typeof member(processor, 'shouldExportSpan') === 'function',
    )
    if (!found) return undefined
    return (otelSpan) => {
      try {
        return found.shouldExportSpan({ otelSpan }) !== false
      } catch {
        // Theirs drops a span whose filter throws.
        return false
      }
    }
  } catch {
    return undefined
  }
}

function withoutSlash(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\/+$/, '') : value
}
