import type { ExporterOptions } from '@axion/exporter'
import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { setUpTracing, withdrawOffer } from './set-up-tracing.js'
import { StandInProvider } from './stand-in-provider.js'
import { tracingSlot } from './tracing-slot.js'

/**
 * Sees to it that spans find a provider, without loading one: a stand-in takes its place until the first span starts.
 *
 * @param options - For `configureTracing`; those of a later call take the place of an earlier one's until tracing is set up, and are then
 *   given to `configureTracing`, which says that it is late for them.
 */
export function offerTracing(options: ExporterOptions): void {
  const slot = tracingSlot()
  const isLate = slot.state === 'done' && Object.keys(options).length > 0
  slot.options = options
  if (isLate) setUpTracing()
  if (slot.state !== 'none') return
  const standIn = new StandInProvider(setUpTracing, withdrawOffer)
  slot.state = 'offered'
  // Fails where somebody else's provider is there, or options send nothing through the globals: `configureTracing` knows what to say.
  if (options.isolated === true || !trace.setGlobalTracerProvider(standIn)) {
    setUpTracing()
    return
  }
  slot.standIn = standIn
  // From the start: what an application puts into the context before the first span must reach that span. The exporter leaves it in place.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
}
