import { readOptionalRecord, readOptionalText, readRecord, readText, readTime, type WireRecord } from './read-field.js'
import type { Score } from './score-v3.js'
import { readDataType, readScoreValue, type ScoreDataType } from './score-value.js'

/**
 * Checks one score of `GET /api/public/v2/scores` or of a trace (Langfuse 3) and brings it into the form of version 4.
 *
 * @param value - The score.
 * @param at - Where it stands in the answer, for messages.
 * @returns The score.
 * @throws {LoaderError} `invalid_response` naming the field that is wrong.
 */
export function readLegacyScore(value: unknown, at: string): Score {
  const row = readRecord(value, at)
  const dataType = readDataType(row, at)
  return {
    id: readText(row, 'id', at),
    name: readText(row, 'name', at),
    dataType,
    value: readScoreValue(legacyValue(row, dataType), dataType, at),
    source: readText(row, 'source', at),
    timestamp: readTime(row, 'timestamp', at),
    environment: readOptionalText(row, 'environment', at),
    comment: readOptionalText(row, 'comment', at),
    metadata: readOptionalRecord(row, 'metadata', at),
    traceId: readOptionalText(row, 'traceId', at),
    observationId: readOptionalText(row, 'observationId', at),
    sessionId: readOptionalText(row, 'sessionId', at),
    experimentId: readOptionalText(row, 'datasetRunId', at),
  }
}

// Version 3 tells of booleans by the numbers 0 and 1, and of text in a field of its own beside a number that means nothing.
function legacyValue(row: WireRecord, dataType: ScoreDataType): unknown {
  if (dataType === 'NUMERIC') return row.value
  if (dataType === 'BOOLEAN') return row.value === 1 || row.value === 0 ? row.value === 1 : row.value
  return row.stringValue ?? row.value
}
