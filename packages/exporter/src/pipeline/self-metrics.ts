import { type BatchObservableResult, type MeterProvider, metrics, type Observable } from '@opentelemetry/api'
import { neverThrow } from './never-throw.js'
import type { PipelineStats } from './pipeline-stats.js'

/** What a pipeline calls itself among others of its kind in the process. */
export interface ComponentIdentity {
  /** Which kind of pipeline. */
  readonly type: string
  /** Tells it from others of its kind in the process. */
  readonly ordinal: number
  /** How much its queue holds at most, in spans. */
  readonly queueCapacity: number
}

/** OpenTelemetry's name for who counts, https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/. */
const SCOPE = '@axion/exporter'

const UNCOUNTED = 'the meter provider failed, and there are no metrics of the pipeline'

/**
 * Shows what a pipeline counts as metrics of OpenTelemetry's: names, units and attributes are those of the conventions for SDKs. Read when
 * somebody collects, so it costs nothing else. A meter provider that throws is done without.
 */
export class SelfMetrics {
  readonly #stats: () => PipelineStats
  readonly #identity: ComponentIdentity
  #provider: MeterProvider | undefined
  #stop: () => void = () => {}

  /**
   * @param identity - Who counts.
   * @param stats - What.
   */
  constructor(identity: ComponentIdentity, stats: () => PipelineStats) {
    this.#identity = identity
    this.#stats = stats
  }

  /** Finds the meter provider: the application may set one up after tracing. Cheap when it was found before. */
  connect(): void {
    const provider = metrics.getMeterProvider()
    if (provider === this.#provider) return
    this.disconnect()
    this.#provider = provider
    neverThrow(() => this.#observe(provider), undefined, UNCOUNTED)
  }

  /** Stops counting. */
  disconnect(): void {
    neverThrow(this.#stop, undefined, UNCOUNTED)
    this.#stop = () => {}
    this.#provider = undefined
  }

  #observe(provider: MeterProvider): void {
    const meter = provider.getMeter(SCOPE)
    const spans = { unit: '{span}' }
    const instruments = {
      processed: meter.createObservableCounter('otel.sdk.processor.span.processed', spans),
      queueSize: meter.createObservableUpDownCounter('otel.sdk.processor.span.queue.size', spans),
      queueCapacity: meter.createObservableUpDownCounter('otel.sdk.processor.span.queue.capacity', spans),
      exported: meter.createObservableCounter('otel.sdk.exporter.span.exported', spans),
    }
    const all: Observable[] = Object.values(instruments)
    const observe = (result: BatchObservableResult): void => this.#report(result, instruments)
    meter.addBatchObservableCallback(observe, all)
    this.#stop = () => meter.removeBatchObservableCallback(observe, all)
  }

  #report(
    result: BatchObservableResult,
    to: Record<'processed' | 'queueSize' | 'queueCapacity' | 'exported', Observable>,
  ): void {
    const { exported, failed, droppedBy, queue } = this.#stats()
    const { type, ordinal, queueCapacity } = this.#identity
    const component = { 'otel.component.type': type, 'otel.component.name': `${type}/${ordinal}` }
    result.observe(to.queueSize, queue.spans, component)
    result.observe(to.queueCapacity, queueCapacity, component)
    result.observe(to.processed, exported + failed, component)
    for (const [reason, count] of Object.entries(droppedBy)) {
      result.observe(to.processed, count, { ...component, 'error.type': reason })
    }
    result.observe(to.exported, exported, component)
    result.observe(to.exported, failed, { ...component, 'error.type': 'rejected' })
  }
}
