import { type DeliveryReport, toDeliveryReport } from './delivery/delivery-report.js'
import { chooseMode } from './modes/choose-mode.js'
import { createPipeline } from './modes/create-pipeline.js'
import { NO_STATS, type PipelineStats } from './pipeline/pipeline-stats.js'
import { createProvider } from './provider/create-provider.js'
import { describeConflict } from './provider/describe-conflict.js'
import { holdContentGate } from './provider/hold-content-gate.js'
import { registerContext } from './provider/register-context.js'
import { registerGlobals } from './provider/register-globals.js'
import type { Reporter } from './report.js'
import { reportMissing, reportSampledOut, type Settled } from './settle-options.js'
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
  const provider = pipeline && createProvider(pipeline, options)
  if (provider) reportSampledOut(options, reporter)
  const unregister = provider && register(provider, options.isolated, reporter)
  const stats = (): PipelineStats => pipeline?.stats() ?? NO_STATS
  let stopped: Promise<DeliveryReport> | undefined
  const stop = async (): Promise<DeliveryReport> => {
    // Before anything is awaited: whoever clears tracing in a test may set the next one up in the same tick.
    onShutdown(tracing)
    unregister?.()
    releaseContentGate()
    await pipeline?.shutdown()
    return toDeliveryReport(stats())
  }
  const tracing: Tracing = {
    mode: choice.mode,
    ...(provider && { provider }),
    stats,
    flush: async () => {
      await pipeline?.forceFlush()
      return toDeliveryReport(stats())
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
  if (!unregister) reporter.once(describeConflict())
  return unregister
}
