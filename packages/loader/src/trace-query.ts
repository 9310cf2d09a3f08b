import type { Trace } from './model/trace.js'
import { invalidOption } from './options/invalid-option.js'
import { refuseUnknown } from './options/refuse-unknown.js'
import type { ObservationLevel } from './wire/observation-v2.js'

/** What to look for among traces that were fetched; everything given must hold. */
export interface TraceQuery {
  /** The exact name, or a pattern for it. */
  name?: string | RegExp
  /** Tags of which a trace must have all. */
  tags?: readonly string[]
  userId?: string
  sessionId?: string
  environment?: string
  release?: string
  version?: string
  level?: ObservationLevel
  /** The name of a step that a trace must have; case and separators do not matter. */
  step?: string
  /** Keys that a trace's metadata must have, and their values, compared as JSON. */
  metadata?: Readonly<Record<string, unknown>>
  /** In seconds. */
  minLatencySeconds?: number
  /** In seconds. */
  maxLatencySeconds?: number
}

const QUERY_NAMES: ReadonlySet<string> = new Set<keyof TraceQuery>([
  ...(['name', 'tags', 'userId', 'sessionId', 'environment', 'release', 'version', 'level', 'step'] as const),
  ...(['metadata', 'minLatencySeconds', 'maxLatencySeconds'] as const),
])
const EQUAL = ['userId', 'sessionId', 'environment', 'release', 'version', 'level'] as const

/**
 * Makes a test of a query.
 *
 * @param query - What to look for.
 * @returns Whether a trace fits.
 * @throws {LoaderError} `invalid_options` naming what does not exist or cannot be.
 */
export function traceMatcher(query: TraceQuery): (trace: Trace) => boolean {
  refuseUnknown(query, QUERY_NAMES)
  const { name, tags = [], step, metadata = {}, minLatencySeconds = 0, maxLatencySeconds } = query
  if (!Array.isArray(tags)) throw invalidOption('tags', 'it is not a list', "expected for example tags: ['production']")
  const isCalled = (actual: string): boolean =>
    typeof name === 'string' ? actual === name : name === undefined || actual.search(name) >= 0
  return (trace) =>
    isCalled(trace.name ?? '') &&
    EQUAL.every((field) => query[field] === undefined || trace[field] === query[field]) &&
    tags.every((tag) => trace.tags.includes(tag)) &&
    (step === undefined || trace.step(step) !== undefined) &&
    Object.entries(metadata).every(([key, value]) => sameJson(trace.metadata[key], value)) &&
    // A trace of which nothing has ended has no latency, and so is neither fast nor slow.
    (minLatencySeconds === 0 || (trace.latencySeconds ?? -1) >= minLatencySeconds) &&
    (maxLatencySeconds === undefined || (trace.latencySeconds !== null && trace.latencySeconds <= maxLatencySeconds))
}

function sameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
