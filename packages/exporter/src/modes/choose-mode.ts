import type { ResolvedExporterOptions } from '../options/exporter-options.js'

/** What it takes to send to Langfuse. */
export interface Credentials {
  readonly publicKey: string
  readonly secretKey: string
  readonly baseUrl: string
}

/** Where spans will go. */
export type ModeChoice =
  | { readonly mode: 'langfuse'; readonly credentials: Credentials }
  | { readonly mode: 'otel' | 'console' }
  /** `missing` is what stands in the way of sending; undefined when nothing was wanted. */
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

function chooseLangfuse({ publicKey, secretKey, baseUrl }: ResolvedExporterOptions): ModeChoice {
  const missing: string[] = []
  if (publicKey === undefined) missing.push('LANGFUSE_PUBLIC_KEY')
  if (secretKey === undefined) missing.push('LANGFUSE_SECRET_KEY')
  if (publicKey === undefined || secretKey === undefined) {
    return { mode: 'noop', missing: `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set` }
  }
  if (baseUrl === undefined) return { mode: 'noop', missing: 'LANGFUSE_BASE_URL is not a URL' }
  return { mode: 'langfuse', credentials: { publicKey, secretKey, baseUrl } }
}
