import type { AccountedProcessor } from '../delivery/accounted-processor.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { Reporter } from '../report.js'
import { isSampled } from '../select/is-sampled.js'
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
  switch (choice.mode) {
    case 'noop':
      return undefined
    case 'langfuse':
      // The sampler of our own provider has applied the sample rate already.
      return createLangfusePipeline(choice.credentials, options, reporter, isSampled)
    case 'otel':
      return createOtelPipeline(options, reporter)
    case 'console':
      return createConsolePipeline(options, reporter)
  }
}
