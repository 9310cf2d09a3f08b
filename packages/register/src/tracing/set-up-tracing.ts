import { createRequire } from 'node:module'
import { diag, ProxyTracerProvider, trace } from '@opentelemetry/api'
import { tracingSlot } from './tracing-slot.js'

const load = createRequire(import.meta.url)

/**
 * Loads the exporter and sets tracing up. Synchronous, because a span that starts cannot wait. Never throws.
 *
 * @returns Whether it is set up. Node 20 cannot require what an `import` is about to load: then it works a moment later.
 */
export function setUpTracing(): boolean {
  try {
    const { configureTracing } = load('@axion/exporter') as typeof import('@axion/exporter')
    withdrawOffer()
    configureTracing(tracingSlot().options)
    return true
  } catch (error) {
    diag.error('@axion/register: cannot set tracing up', error)
    return false
  }
}

/**
 * Takes the stand-in out of the globals: the real provider is there now, or about to be.
 */
export function withdrawOffer(): void {
  const slot = tracingSlot()
  if (slot.standIn !== undefined && isGlobal(slot.standIn)) trace.disable()
  slot.standIn = undefined
  slot.state = 'done'
}

function isGlobal(provider: unknown): boolean {
  const current = trace.getTracerProvider()
  return current instanceof ProxyTracerProvider && current.getDelegate() === provider
}
