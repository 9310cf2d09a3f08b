import type { SpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { PipelineStats } from './pipeline-stats.js'

/** A span processor that knows what became of its spans. */
export interface AccountedProcessor extends SpanProcessor {
  /**
   * Resolves when every span that ended before the call was answered for by the server or is counted as lost, or when the server has not
   * answered for `timeoutMillis`: what is held then is sent later. Never rejects.
   */
  forceFlush(): Promise<void>
  /** Flushes and stops; what the server has not taken by then, and spans that end later, are lost and counted. Never rejects. */
  shutdown(): Promise<void>
  /** What became of the spans so far. */
  stats(): PipelineStats
}
