import type { Context } from '@opentelemetry/api'
import { createContextKey } from './open-telemetry.js'
import type { Span } from './span.js'
import type { Tracer } from './tracer.js'

/** Who is at work in a context: the tracer, and the span it made active, if any. */
export interface Current {
  readonly tracer: Tracer
  readonly span?: Span
}

const KEY = createContextKey('axion_current')

/** Who is at work in a context. @returns `undefined` outside of `tracer.span` and `tracer.context`. */
export function currentIn(at: Context): Current | undefined {
  // Only this file writes under the key.
  return at.getValue(KEY) as Current | undefined
}

/** A context in which `current` is at work. */
export function withCurrent(at: Context, current: Current): Context {
  return at.setValue(KEY, current)
}
