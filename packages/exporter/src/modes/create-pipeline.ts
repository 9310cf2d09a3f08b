import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { AccountedProcessor } from '../pipeline/accounted-processor.js'
import type { Reporter } from '../report.js'
import type { ModeChoice } from './choose-mode.js'
import { createConsolePipeline } from './console-pipeline.js'
import { createLangfusePipeline } from './langfuse-pipeline.js'
import { createOtelPipeline } from './otel-pipeline.js'

/**
 * Builds the pipeline of a mode.
 *
 * @param choice - The mode and what it needs.
 * @param options - The resolved options.
 * @param reporter - Told about what goes wrong.
 * @returns The pipeline; undefined when tracing is off.
 */
export function createPipeline(
  choice: ModeChoice,
  options: ResolvedExporterOptions,
  reporter: Reporter,
): AccountedProcessor | undefined {
  const atPipeline = withoutSampling(options)
  switch (choice.mode) {
    case 'noop':
      return undefined
    case 'langfuse':
      return createLangfusePipeline(choice.credentials, atPipeline, reporter)
    case 'otel':
      return createOtelPipeline(atPipeline, reporter)
    case 'console':
      return createConsolePipeline(atPipeline, reporter)
  }
}

// The sampler of our own provider has applied the sample rate, unless there are traces to be kept whatever it says.
function withoutSampling(options: ResolvedExporterOptions): ResolvedExporterOptions {
  return options.alwaysKeep ? options : { ...options, sampleRate: undefined }
}
