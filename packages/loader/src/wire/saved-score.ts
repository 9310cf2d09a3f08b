import { readOptionalRecord, readOptionalText, readRecord, readText, readTime } from './read-field.js'
import type { Score } from './score-v3.js'
import { readDataType, readScoreValue } from './score-value.js'

/**
 * Checks a score that this package has written as JSON.
 *
 * @param value - The score.
 * @param at - Where it stands in the file, for messages.
 * @returns The score.
 * @throws {LoaderError} `invalid_response` naming the field that is wrong.
 */
export function readSavedScore(value: unknown, at: string): Score {
  const row = readRecord(value, at)
  const dataType = readDataType(row, at)
  return {
    id: readText(row, 'id', at),
    name: readText(row, 'name', at),
    dataType,
    value: readScoreValue(row.value, dataType, at),
    source: readText(row, 'source', at),
    timestamp: readTime(row, 'timestamp', at),
    environment: readOptionalText(row, 'environment', at),
    comment: readOptionalText(row, 'comment', at),
    metadata: readOptionalRecord(row, 'metadata', at),
    traceId: readOptionalText(row, 'traceId', at),
    observationId: readOptionalText(row, 'observationId', at),
    sessionId: readOptionalText(row, 'sessionId', at),
    experimentId: readOptionalText(row, 'experimentId', at),
  }
}
