import { chooseMode } from './modes/choose-mode.js'
import { createLangfusePipeline } from './modes/langfuse-pipeline.js'
import { createNoopProcessor } from './modes/noop-processor.js'
import type { LangfuseSpanProcessorOptions } from './options/exporter-options.js'
import type { AccountedProcessor } from './pipeline/accounted-processor.js'
import { holdContentGate } from './provider/hold-content-gate.js'
import { reportMissing, settleOptions } from './settle-options.js'

/**
 * Creates the pipeline to Langfuse as a processor for a provider that exists already: NodeSDK's, `@vercel/otel`'s, Sentry's.
 *
 * Without credentials, with `TRACING_MODE=noop` or `OTEL_SDK_DISABLED=true` it leaves spans alone. Other modes of `TRACING_MODE` do not
 * apply: where else spans go is the provider's business.
 *
 * @param options - What to do; `sampleRate` keeps a share of the traces the provider samples.
 * @returns The processor, whose `forceFlush` resolves when the server has answered, and whose `stats()` says what became of the spans.
 * @throws {ExporterError} `invalid_options` if an argument cannot be used.
 */
export function createLangfuseSpanProcessor(options: LangfuseSpanProcessorOptions = {}): AccountedProcessor {
  const { options: resolved, reporter } = settleOptions(options)
  const choice = chooseMode({ ...resolved, mode: resolved.mode === 'noop' ? 'noop' : 'langfuse' })
  reportMissing(choice, reporter)
  // Also when nothing is sent from here: the provider's other processors get the same spans.
  const releaseContentGate = holdContentGate(resolved.captureContent)
  const pipeline =
    choice.mode === 'langfuse' ? createLangfusePipeline(choice.credentials, resolved, reporter) : createNoopProcessor()
  return {
    onStart: (span, parentContext) => pipeline.onStart(span, parentContext),
    onEnd: (span) => pipeline.onEnd(span),
    forceFlush: () => pipeline.forceFlush(),
    shutdown: () => {
      releaseContentGate()
      return pipeline.shutdown()
    },
    stats: () => pipeline.stats(),
  }
}
