import { createRequire } from 'node:module'
import type { Tracing } from '@axion/exporter'
import { ProxyTracerProvider, type TracerProvider, trace } from '@opentelemetry/api'
import { tracingSlot } from '../tracing/tracing-slot.js'
import type { ProcessEnd } from './doctor-event.js'

const load = createRequire(import.meta.url)

type TracingState = Pick<ProcessEnd, 'provider' | 'refusedProviders' | 'delivery'>

/**
 * Says who provides spans in this process, and what became of them until now.
 *
 * @param refused - Providers that wanted to be the global one and are not.
 */
export function tracingState(refused: ReadonlySet<TracerProvider>): TracingState {
  const current = globalProvider()
  const { state, standIn } = tracingSlot()
  const tracing = state === 'done' || refused.size > 0 ? ownTracing() : undefined
  const owner =
    current === undefined ? 'none' : current === standIn ? 'waiting' : current === tracing?.provider ? 'axion' : 'other'
  return {
    provider: { owner, name: nameOf(current) },
    // What the application configures itself waits for the stand-in to leave.
    refusedProviders: [...refused].filter((provider) => provider !== tracing?.provider).map(nameOf),
    delivery: tracing ? delivery(tracing) : null,
  }
}

function ownTracing(): Tracing | undefined {
  const { isTracingConfigured, configureTracing } = load('@axion/exporter') as typeof import('@axion/exporter')
  return isTracingConfigured() ? configureTracing() : undefined
}

function delivery({ mode, stats }: Tracing): ProcessEnd['delivery'] {
  const { exported, failed, dropped, pending, spooled } = stats()
  return { mode, exported, failed: failed + dropped, held: pending + spooled }
}

function nameOf(provider: TracerProvider | undefined): string {
  return provider?.constructor.name ?? ''
}

const NOBODY = new ProxyTracerProvider().getDelegate()

function globalProvider(): TracerProvider | undefined {
  const current = trace.getTracerProvider()
  // By shape, because another copy of the API may have registered it.
  const provider = (current as Partial<ProxyTracerProvider>).getDelegate?.() ?? current
  return provider === NOBODY || nameOf(provider) === 'NoopTracerProvider' ? undefined : provider
}
