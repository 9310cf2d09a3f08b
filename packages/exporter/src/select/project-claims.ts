import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { processSlot } from '../process-slot.js'
import type { Reporter } from '../report.js'
import { findLangfuseProcessor } from './find-langfuse-processor.js'
import type { Project } from './project.js'

/** A pipeline's right to send spans to its project. */
export interface ProjectClaim {
  /** Whether the span is this pipeline's to send: nobody else in the process sends it to the same project. */
  take(span: ReadableSpan): boolean
  /** The pipeline is gone. */
  release(): void
}

/**
 * Keeps spans from being sent twice to one project: by two pipelines of ours, or beside the processor of `@langfuse/otel` in the same
 * provider. Langfuse would store both, and count tokens and costs twice.
 *
 * @param project - The project.
 * @param reporter - Told once when the other one is `@langfuse/otel`'s.
 */
export function claimProject(project: Project, reporter: Reporter): ProjectClaim {
  const slot = processSlot()
  const key = `${project.publicKey}@${project.baseUrl}`
  const claims = slot.projects.get(key) ?? { pipelines: 0, taken: new WeakSet() }
  slot.projects.set(key, claims)
  claims.pipelines++
  let hasLooked = false
  let sentByLangfuse: ((span: ReadableSpan) => boolean) | undefined
  return {
    take(span) {
      if (!hasLooked) {
        hasLooked = true
        sentByLangfuse = findLangfuseProcessor(span, project)
        if (sentByLangfuse) reportDuplicate(reporter)
      }
      if (sentByLangfuse?.(span)) return false
      // Only a second pipeline makes it worth to remember every span.
      if (claims.pipelines === 1) return true
      if (claims.taken.has(span)) return false
      claims.taken.add(span)
      return true
    },
    release() {
      claims.pipelines--
      if (claims.pipelines === 0) slot.projects.delete(key)
    },
  }
}

function reportDuplicate(reporter: Reporter): void {
  const message =
    "The provider has @langfuse/otel's LangfuseSpanProcessor too, for the same project: spans that it sends are left to it. Remove one of the two."
  reporter.once({ level: 'warn', code: 'duplicate_processor', message })
}
