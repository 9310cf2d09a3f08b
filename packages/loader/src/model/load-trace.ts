import { readLegacyTrace, readLegacyTraceDetails } from '../wire/legacy-trace.js'
import { readObservationExport } from '../wire/observation-export.js'
import { type ObservationRow, readObservationV2 } from '../wire/observation-v2.js'
import { readRecord, wrongField } from '../wire/read-field.js'
import { readSavedScore } from '../wire/saved-score.js'
import type { Score } from '../wire/score-v3.js'
import { Trace, type TraceOrigin } from './trace.js'
import { summaryOfLegacy, traceOfLegacy } from './trace-of-legacy.js'

/**
 * Makes a trace of what `Trace.toJSON` gave, after it was through JSON.
 *
 * @param value - The parsed JSON.
 * @param at - Where it stands in the file, for messages.
 * @returns The trace.
 * @throws {LoaderError} `invalid_response` naming the field that is wrong.
 */
export function loadTrace(value: unknown, at: string): Trace {
  const saved = readRecord(value, at)
  const origin = readOrigin(saved.origin, `${at}.origin`)
  const scores = readList(saved.scores, `${at}.scores`).map((score, index) =>
    readSavedScore(score, `${at}.scores[${index}]`),
  )
  const summary = saved.isSummary === true
  const [first, ...rest] = readList(saved.rows, `${at}.rows`)
  if (origin === 'traces') return loadLegacy(first, scores, summary, `${at}.rows[0]`)
  const read = origin === 'export' ? readObservationExport : readObservationV2
  const rows: [ObservationRow, ...ObservationRow[]] = [
    read(first, `${at}.rows[0]`),
    ...rest.map((row, index) => read(row, `${at}.rows[${index + 1}]`)),
  ]
  const stray = rows.findIndex(({ traceId }) => traceId !== rows[0].traceId)
  if (stray >= 0) throw wrongField(`${at}.rows[${stray}]`, 'an observation of the same trace', rows[stray])
  return new Trace(rows, { scores, summary, origin })
}

function loadLegacy(row: unknown, scores: readonly Score[], summary: boolean, at: string): Trace {
  if (summary) return summaryOfLegacy(readLegacyTrace(row, at), scores)
  return traceOfLegacy({ ...readLegacyTraceDetails(row), scores })
}

const ORIGINS: readonly TraceOrigin[] = ['observations', 'traces', 'export']

function readOrigin(value: unknown, field: string): TraceOrigin {
  const origin = ORIGINS.find((known) => known === value)
  if (origin === undefined) throw wrongField(field, `one of ${ORIGINS.join(', ')}`, value)
  return origin
}

function readList(value: unknown, field: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw wrongField(field, 'a list', value)
}
