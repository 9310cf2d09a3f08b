import { OBSERVATION_LEVELS } from '../model/observation-level.js'
import type { TraceSummary } from '../model/trace-summary.js'

/**
 * The summary in a row of {@link selectTraces}. The casts are sound because the table is STRICT and the statement our own.
 *
 * @param row The row, in raw mode.
 * @returns The summary.
 */
export function fromTraceRecord(row: readonly unknown[]): TraceSummary {
  const text = (index: number): string => row[index] as string
  const number = (index: number): number => row[index] as number
  // Lists of tags as they are stored, each once: a trace usually has one.
  const tagLists = JSON.parse(text(8)) as string[]
  return {
    traceId: text(0),
    name: text(1),
    startTimeMillis: number(2),
    newestStartMillis: number(3),
    durationMillis: number(4) - number(2),
    level: OBSERVATION_LEVELS[number(5)] ?? 'DEFAULT',
    userId: text(6),
    sessionId: text(7),
    tags: [...new Set(tagLists.flatMap((list) => JSON.parse(list) as string[]))],
    inputStart: text(9),
    outputStart: text(10),
    totalCost: number(11),
    observationCount: number(12),
  }
}
