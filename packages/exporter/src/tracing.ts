import type { TracerProvider } from '@opentelemetry/api'
import type { DeliveryReport } from './delivery/delivery-report.js'
import type { TracingMode } from './options/tracing-mode.js'
import type { PipelineStats } from './pipeline/pipeline-stats.js'

/** A tracer provider that can be flushed and stopped, as OpenTelemetry's SDK providers can. */
export interface TracingProvider extends TracerProvider {
  /** Resolves when the server has answered for every span that ended before. */
  forceFlush(): Promise<void>
  /** Flushes and stops. */
  shutdown(): Promise<void>
}

/** What `configureTracing` gives. None of its methods throws or rejects. */
export interface Tracing {
  /** Where spans go. */
  readonly mode: TracingMode
  /** The provider, for tracers that are told which to use; undefined when tracing is off. */
  readonly provider?: TracingProvider
  /**
   * Sends what is held.
   *
   * @returns The counts so far, once the server has answered for every span that ended before the call, or has not answered for
   *   `timeoutMillis`; what is held then stays held and is `pending` or `spooled`.
   */
  flush(): Promise<DeliveryReport>
  /**
   * Flushes, stops, and takes the provider out of OpenTelemetry's globals; tracing can be configured anew afterwards.
   *
   * @returns The final counts.
   */
  shutdown(): Promise<DeliveryReport>
  /** The counts so far and more, without waiting for anything. */
  stats(): PipelineStats
}
