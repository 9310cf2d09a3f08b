import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import type { Reporter } from '../report.js'
import type { StampedAttributes } from '../stamp/stamped-attributes.js'
import { hasKnownAttribute } from './known-attributes.js'
import { isKnownScope } from './known-scopes.js'

/**
 * Decides whether a span is sent. Called when it starts (to find the first kept span of a trace, from the attributes known by then)
 * and when it ends, which counts.
 *
 * @param span - The span.
 * @param byDefault - What happens without this function.
 * @returns Whether it is sent.
 */
export type ShouldExport = (span: ReadableSpan, byDefault: boolean) => boolean

/** Decides about one span; never throws. */
export type Select = (span: ReadableSpan) => boolean

/**
 * Whether a span is sent when the application has no opinion: spans of this library, of Langfuse's SDK and of known LLM
 * instrumentations, and any span that carries an attribute of theirs.
 *
 * @param span - The span.
 * @param stamped - What the pipeline itself wrote on spans.
 */
export function isExportedByDefault(span: ReadableSpan, stamped: StampedAttributes): boolean {
  return isKnownScope(span.instrumentationScope.name) || hasKnownAttribute(span, stamped)
}

/**
 * Puts the application's predicate on top of the default.
 *
 * @param shouldExport - The application's predicate, if it has one; when it throws, the default holds.
 * @param byDefault - The default.
 * @param reporter - Told once about a predicate that throws.
 */
export function createSelect(shouldExport: ShouldExport | undefined, byDefault: Select, reporter: Reporter): Select {
  if (!shouldExport) return byDefault
  return (span) => {
    const standing = byDefault(span)
    try {
      // A predicate without a return statement answers undefined in JavaScript: that is no opinion.
      const answer: unknown = shouldExport(span, standing)
      return typeof answer === 'boolean' ? answer : standing
    } catch (error) {
      // The message of what was thrown may quote the span, so only its name is said.
      const name = error instanceof Error ? error.name : typeof error
      reporter.once({
        level: 'warn',
        code: 'filter_failed',
        message: `shouldExport threw a ${name}: the default filter decides about such spans. Make it handle every span.`,
      })
      return standing
    }
  }
}
