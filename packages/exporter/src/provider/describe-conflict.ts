import { ProxyTracerProvider, type TracerProvider, trace } from '@opentelemetry/api'
import type { TracingReport } from '../report.js'

/** Where every copy of OpenTelemetry's API of major version 1 keeps its globals; `internal/global-utils.ts` of `@opentelemetry/api`. */
const API_SLOT = Symbol.for('opentelemetry.js.api.1')

interface ApiSlot {
  /** Of the copy that came first. A copy with a newer minor version does not use it. */
  readonly version?: unknown
  readonly trace?: unknown
}

/**
 * Says why a provider could not be registered, once that has failed.
 *
 * @returns What to report.
 */
export function describeConflict(): TracingReport {
  // `globalThis` has no index signature for symbols.
  const slot = (globalThis as { [API_SLOT]?: ApiSlot })[API_SLOT]
  const visible = trace.getTracerProvider()
  // Of another copy that this one can use, the API gives us the very object in the slot; else it gives us its own, which does nothing.
  return slot?.trace === visible ? foreignProvider(visible) : foreignApi(slot)
}

function foreignProvider(visible: TracerProvider): TracingReport {
  const provider = visible instanceof ProxyTracerProvider ? visible.getDelegate() : visible
  const name = provider.constructor.name
  const message =
    `No span will be sent: another OpenTelemetry tracer provider is registered in this process, a ${name}. Add ` +
    'createLangfuseSpanProcessor() to that provider, or use configureTracing({ isolated: true }) and give tracing.provider to your tracers.'
  return { level: 'warn', code: 'foreign_provider', message }
}

function foreignApi(slot: ApiSlot | undefined): TracingReport {
  const message =
    `No span will be sent: another copy of @opentelemetry/api, version ${String(slot?.version)}, has registered itself first, and it is older than ` +
    'the one used here. Update it: "npm ls @opentelemetry/api" shows who brings it.'
  return { level: 'warn', code: 'foreign_api', message }
}
