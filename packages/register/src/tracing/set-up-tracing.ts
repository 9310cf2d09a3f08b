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
  if (slot.standIn && isGlobal(slot.standIn)) trace.disable()
  slot.standIn = undefined
  try {
    const { configureTracing } = load('@axion/exporter') as typeof import('@axion/exporter')
    configureTracing(slot.options)
  } catch (error) {
    diag.error('@axion/register: cannot set tracing up', error)
  }
}

function isGlobal(provider: unknown): boolean {
  const current = trace.getTracerProvider()
  return current instanceof ProxyTracerProvider && current.getDelegate() === provider
}
