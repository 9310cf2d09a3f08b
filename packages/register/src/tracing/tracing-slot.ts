import type { ExporterOptions } from '@axion/exporter'
import type { TracerProvider } from '@opentelemetry/api'

/** How far the set-up of tracing is, in this process. */
export interface TracingSlot {
  /** `waiting`: for somebody to look for it. */
  state: 'none' | 'waiting' | 'offered' | 'done'
  options: ExporterOptions
  /** Registered in the place of the provider, as long as there is none. */
  standIn: TracerProvider | undefined
}

const SLOT = Symbol.for('axion.register.tracing')

/** Process-wide, because an application may load this package twice, and tracing is set up once. */
export function tracingSlot(): TracingSlot {
  // `globalThis` has no index signature for symbols.
  const holder = globalThis as { [SLOT]?: TracingSlot }
  holder[SLOT] ??= { state: 'none', options: {}, standIn: undefined }
  return holder[SLOT]
}
