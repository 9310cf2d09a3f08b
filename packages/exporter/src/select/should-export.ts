import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { handleRejection } from '../handle-rejection.js'
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
 * @param shouldExport - The application's predicate, if it has one; when it throws or gives a promise, the default holds.
 * @param byDefault - The default.
 * @param reporter - Told once about a predicate that does.
 */
export function createSelect(shouldExport: ShouldExport | undefined, byDefault: Select, reporter: Reporter): Select {
  if (!shouldExport) return byDefault
  return (span) => {
    const standing = byDefault(span)
    try {
      // A predicate without a return statement answers undefined in JavaScript: that is no opinion.
      const answer: unknown = shouldExport(span, standing)
      if (typeof answer === 'boolean') return answer
      if (handleRejection(answer)) reportFailure(reporter, 'gave a promise', 'Make it answer at once.')
    } catch (error) {
      // The message of what was thrown may quote the span, so only its name is said.
      const name = error instanceof Error ? error.name : typeof error
      reportFailure(reporter, `threw a ${name}`, 'Make it handle every span.')
    }
    return standing
  }
}

function reportFailure(reporter: Reporter, whatItDid: string, advice: string): void {
  const message = `shouldExport ${whatItDid}: the default filter decides about such spans. ${advice}`
  reporter.once({ level: 'warn', code: 'filter_failed', message })
}
