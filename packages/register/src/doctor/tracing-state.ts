import { createRequire } from 'node:module'
import { ProxyTracerProvider, type TracerProvider, trace } from '@opentelemetry/api'
import { tracingSlot } from '../tracing/tracing-slot.js'
import type { ProcessEnd } from './doctor-event.js'

const load = createRequire(import.meta.url)

/** Who provides spans in this process, and what became of them until now. */
export function tracingState(): Pick<ProcessEnd, 'provider' | 'delivery'> {
  const { state, standIn } = tracingSlot()
  const current = globalProvider()
  const name = current?.constructor.name ?? ''
  if (state !== 'done') {
    const owner = current === undefined ? 'none' : current === standIn ? 'waiting' : 'other'
    return { provider: { owner, name }, delivery: null }
  }
  // Loaded already, and asked again it answers what there is.
  const { configureTracing } = load('@axion/exporter') as typeof import('@axion/exporter')
  const { mode, provider, stats } = configureTracing()
  const { exported, failed, dropped, pending, spooled } = stats()
  const owner = current === undefined ? 'none' : current === provider ? 'axion' : 'other'
  return {
    provider: { owner, name },
    delivery: { mode, exported, failed: failed + dropped, held: pending + spooled },
  }
}

const NOBODY = new ProxyTracerProvider().getDelegate()

function globalProvider(): TracerProvider | undefined {
  const current = trace.getTracerProvider()
  // By shape, because another copy of the API may have registered it.
  const provider = (current as Partial<ProxyTracerProvider>).getDelegate?.() ?? current
  return provider === NOBODY || provider.constructor.name === 'NoopTracerProvider' ? undefined : provider
}
