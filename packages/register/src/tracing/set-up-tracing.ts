import { createRequire } from 'node:module'
import { diag, ProxyTracerProvider, trace } from '@opentelemetry/api'
import { tracingSlot } from './tracing-slot.js'

const load = createRequire(import.meta.url)

/**
 * Loads the exporter and sets tracing up. Synchronous, because a span that starts cannot wait. Never throws.
 */
export function setUpTracing(): void {
  const slot = tracingSlot()
  slot.state = 'done'
  const wasOurs = slot.standIn !== undefined && isGlobal(slot.standIn)
  if (wasOurs) trace.disable()
  slot.standIn = undefined
  try {
    const { configureTracing } = load('@axion/exporter') as typeof import('@axion/exporter')
    const { provider } = configureTracing(slot.options)
    // What the application has configured itself meanwhile, when the stand-in was in its way.
    if (wasOurs && provider && !isGlobal(provider)) trace.setGlobalTracerProvider(provider)
  } catch (error) {
    diag.error('@axion/register: cannot set tracing up', error)
  }
}

function isGlobal(provider: unknown): boolean {
  const current = trace.getTracerProvider()
  return current instanceof ProxyTracerProvider && current.getDelegate() === provider
}
