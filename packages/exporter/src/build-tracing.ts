import { type DeliveryReport, NOTHING_DELIVERED } from './delivery/delivery-report.js'
import { chooseMode } from './modes/choose-mode.js'
import { createPipeline } from './modes/create-pipeline.js'
import { createProvider } from './provider/create-provider.js'
import { holdContentGate } from './provider/hold-content-gate.js'
import { registerContext } from './provider/register-context.js'
import { registerGlobals } from './provider/register-globals.js'
import type { Reporter } from './report.js'
import { reportMissing, type Settled } from './settle-options.js'
import type { Tracing, TracingProvider } from './tracing.js'

/**
 * Puts options, pipeline, provider and globals together. The composition root of `configureTracing`.
 *
 * @param settled - Options, and the door to report through.
 * @param onShutdown - Called once, when the shutdown begins.
 */
export function buildTracing({ options, reporter }: Settled, onShutdown: (tracing: Tracing) => void): Tracing {
  const choice = chooseMode(options)
  reportMissing(choice, reporter)
  const releaseContentGate = holdContentGate(options.captureContent)
  const pipeline = createPipeline(choice, options, reporter)
  const provider = pipeline && createProvider(pipeline, options.sampleRate)
  const unregister = provider && register(provider, options.isolated, reporter)
  const stats = (): DeliveryReport => pipeline?.stats() ?? NOTHING_DELIVERED
  let stopped: Promise<DeliveryReport> | undefined
  const stop = async (): Promise<DeliveryReport> => {
    // Before anything is awaited: whoever clears tracing in a test may set the next one up in the same tick.
    onShutdown(tracing)
    unregister?.()
    releaseContentGate()
    await pipeline?.shutdown()
    return stats()
  }
  const tracing: Tracing = {
    mode: choice.mode,
    ...(provider && { provider }),
    stats,
    flush: async () => {
      await pipeline?.forceFlush()
      return stats()
    },
    // Once: a second call must not take out of the globals what somebody has put there since.
    shutdown: () => {
      stopped ??= stop()
      return stopped
    },
  }
  return tracing
}

// An isolated tracing keeps out of the globals, but for context: that belongs to no provider.
function register(provider: TracingProvider, isolated: boolean, reporter: Reporter): (() => void) | undefined {
  const unregister = isolated ? registerContext() : registerGlobals(provider)
  if (!unregister) {
    reporter.once({
      level: 'warn',
      code: 'foreign_provider',
      message:
        'No span will be sent: another OpenTelemetry tracer provider is registered in this process. Add createLangfuseSpanProcessor() to ' +
        'that provider, or use configureTracing({ isolated: true }) and give tracing.provider to your tracers.',
    })
  }
  return unregister
}
