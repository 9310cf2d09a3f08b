import type { FieldBaggage } from './field-baggage.js'
import type { NodeSupport } from './node-support.js'
import type { Tracer } from './tracer.js'

/** What `@axion/core` shares with other copies of itself in one process. */
export interface ProcessSlot {
  /** What `getCurrentTracer()` gives outside of any span. */
  defaultTracer?: Tracer
  /** Undefined until first read: then the environment decides. */
  captureContent?: boolean
  /** Takes fields across services; there once `enableBaggage()` of `@axion/core/baggage` was called. */
  baggage?: FieldBaggage
  /** There where there is Node. */
  node?: NodeSupport
  /** What was warned about already, so that a hot path says each thing once. */
  readonly warned: Set<string>
}

const SLOT = Symbol.for('axion.core')

/**
 * The one process-wide slot of this package. A `Symbol.for` key on `globalThis`, because an application may hold two copies
 * of the package (CommonJS and ESM, nested dependencies) that must agree.
 */
export function processSlot(): ProcessSlot {
  // `globalThis` has no index signature for symbols.
  const holder = globalThis as { [SLOT]?: ProcessSlot }
  holder[SLOT] ??= { warned: new Set() }
  return holder[SLOT]
}
