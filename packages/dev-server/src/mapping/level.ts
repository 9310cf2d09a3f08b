import type { AttributeValue } from '../decode-otlp/attributes.js'
import type { ObservationLevel } from '../model/observation-level.js'

// Names from other logging worlds that Langfuse 4.16 understands as well.
const LEVELS = new Map<string, ObservationLevel>([
  ...['DEBUG', 'TRACE', 'VERBOSE'].map((name) => [name, 'DEBUG'] as const),
  ...['DEFAULT', 'INFO', 'LOG', 'NOTICE', 'OK', 'SUCCESS'].map((name) => [name, 'DEFAULT'] as const),
  ...['WARNING', 'WARN'].map((name) => [name, 'WARNING'] as const),
  ...['ERROR', 'FATAL', 'CRITICAL'].map((name) => [name, 'ERROR'] as const),
])

/** OTLP's `STATUS_CODE_ERROR`. */
const STATUS_ERROR = 2

/**
 * The level of an observation: what `langfuse.observation.level` says when it is a known name, else what the span status says.
 *
 * @param named The attribute.
 * @param statusCode The OTLP status code.
 * @returns The level.
 */
export function observationLevel(named: AttributeValue | undefined, statusCode: number): ObservationLevel {
  const level = typeof named === 'string' ? LEVELS.get(named.trim().toUpperCase()) : undefined
  return level ?? (statusCode === STATUS_ERROR ? 'ERROR' : 'DEFAULT')
}
