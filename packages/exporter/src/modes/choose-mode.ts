import type { Credentials } from '../options/credentials.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'

/** Where spans will go. */
export type ModeChoice =
  | { readonly mode: 'langfuse'; readonly credentials: Credentials }
  | { readonly mode: 'otel' | 'console' }
  /** `missing` is what stands in the way of sending, and what to do; undefined when nothing was wanted. */
  | { readonly mode: 'noop'; readonly missing: string | undefined }

/**
 * Decides where spans go: off if OpenTelemetry is, else what was asked for, else what the settings allow.
 *
 * @param options - The resolved options.
 */
export function chooseMode(options: ResolvedExporterOptions): ModeChoice {
  if (options.sdkDisabled || options.mode === 'noop') return { mode: 'noop', missing: undefined }
  if (options.mode === 'otel' || options.mode === 'console') return { mode: options.mode }
  const langfuse = chooseLangfuse(options)
  const otlpIsNext = options.mode === undefined && options.otlp.endpoint !== undefined
  return langfuse.mode === 'noop' && otlpIsNext ? { mode: 'otel' } : langfuse
}

function chooseLangfuse({ publicKey, secretKey, baseUrl, baseUrlProblem }: ResolvedExporterOptions): ModeChoice {
  if (publicKey === undefined || secretKey === undefined) {
    const unset = [
      ...(publicKey === undefined ? ['LANGFUSE_PUBLIC_KEY'] : []),
      ...(secretKey === undefined ? ['LANGFUSE_SECRET_KEY'] : []),
    ]
    const missing =
      unset.length > 1 ? `${unset.join(' and ')} are not set. Set them` : `${unset.join()} is not set. Set it`
    return { mode: 'noop', missing }
  }
  if (baseUrl === undefined) return { mode: 'noop', missing: `${baseUrlProblem}. Correct it` }
  return { mode: 'langfuse', credentials: { publicKey, secretKey, baseUrl } }
}
