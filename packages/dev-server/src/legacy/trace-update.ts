import type { LegacyTrace } from '../model/legacy-trace.js'

/** What one span or event says of a trace; what it does not say stays as it was. */
export interface TraceUpdate
  extends Partial<Omit<LegacyTrace, 'id' | 'createdAtMillis' | 'updatedAtMillis' | 'timestampMillis'>> {
  readonly id: string
  /** When the trace began, as far as the sender knows. */
  readonly timestampMillis: number
  /** Whether it only says that there is a trace: then one that is known stays as it is. */
  readonly isHint: boolean
  /** Whether its time is that of the trace, and not of something in the trace. */
  readonly knowsStart: boolean
}

/**
 * Brings a trace up to date. Of two that say something the later counts; tags and metadata add up.
 *
 * @param known The trace as it is stored; undefined for a new one.
 * @param update What is said of it.
 * @param nowMillis What time it is.
 * @returns The trace to store.
 */
export function mergeTrace(known: LegacyTrace | undefined, update: TraceUpdate, nowMillis: number): LegacyTrace {
  const { isHint, knowsStart, timestampMillis, tags, metadata, ...said } = update
  if (known === undefined) {
    return {
      ...EMPTY,
      ...given(said),
      id: update.id,
      timestampMillis,
      tags: union(tags ?? []),
      metadata: metadata ?? {},
      createdAtMillis: nowMillis,
      updatedAtMillis: nowMillis,
    }
  }
  if (isHint) return known
  return {
    ...known,
    ...given(said),
    timestampMillis: knowsStart ? timestampMillis : known.timestampMillis,
    tags: union([...known.tags, ...(tags ?? [])]),
    metadata: { ...known.metadata, ...metadata },
    updatedAtMillis: nowMillis,
  }
}

const EMPTY: Omit<LegacyTrace, 'id' | 'timestampMillis' | 'createdAtMillis' | 'updatedAtMillis' | 'tags' | 'metadata'> =
  {
    ...{ name: '', userId: '', sessionId: '', environment: 'default', release: '', version: '' },
    ...{ public: false, input: '', output: '' },
  }

/** What is empty says nothing. */
function given<T extends object>(said: T): Partial<T> {
  const entries = Object.entries(said).filter(([, value]) => value !== undefined && value !== '')
  // A part of the entries of `said` is a part of it.
  return Object.fromEntries(entries) as Partial<T>
}

/** Langfuse sorts tags. */
function union(tags: readonly string[]): string[] {
  return [...new Set(tags)].sort()
}
