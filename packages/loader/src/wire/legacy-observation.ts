import { flattenLegacyMetadata } from './legacy-metadata.js'
import { legacyPayload } from './legacy-payload.js'
import { type ObservationRow, readLevel, readModelParameters } from './observation-v2.js'
import {
  readAmounts,
  readOptionalMillis,
  readOptionalNumber,
  readOptionalText,
  readOptionalTime,
  readRecord,
  readText,
  readTime,
} from './read-field.js'

/**
 * Checks one observation of `GET /api/public/traces/{id}` (Langfuse 3) and brings it into the form of version 4. What version 4
 * keeps on every observation and version 3 on the trace (name, tags, user, session, release) is not here.
 *
 * @param value - The observation.
 * @param at - Where it stands in the answer, for messages.
 * @returns The row.
 * @throws {LoaderError} `invalid_response` naming the field that is wrong.
 */
export function readLegacyObservation(value: unknown, at: string): ObservationRow {
  const row = readRecord(value, at)
  const parentId = readOptionalText(row, 'parentObservationId', at)
  return {
    id: readText(row, 'id', at),
    traceId: readText(row, 'traceId', at),
    parentId,
    isRoot: parentId === null,
    type: readText(row, 'type', at),
    name: readOptionalText(row, 'name', at),
    startTime: readTime(row, 'startTime', at),
    endTime: readOptionalTime(row, 'endTime', at),
    updatedAtMillis: readOptionalMillis(row, 'updatedAt', at),
    latencySeconds: readOptionalNumber(row, 'latency', at),
    timeToFirstTokenSeconds: readOptionalNumber(row, 'timeToFirstToken', at),
    level: readLevel(row, at),
    statusMessage: readOptionalText(row, 'statusMessage', at),
    input: legacyPayload(row.input),
    output: legacyPayload(row.output),
    metadata: flattenLegacyMetadata(row.metadata),
    model: readOptionalText(row, 'model', at),
    modelParameters: readModelParameters(row, at),
    usage: readAmounts(row, 'usageDetails', at),
    cost: readAmounts(row, 'costDetails', at),
    totalCostUsd: readOptionalNumber(row, 'calculatedTotalCost', at),
    promptId: readOptionalText(row, 'promptId', at),
    promptName: readOptionalText(row, 'promptName', at),
    promptVersion: readOptionalNumber(row, 'promptVersion', at),
    traceName: null,
    tags: [],
    userId: null,
    sessionId: null,
    environment: readOptionalText(row, 'environment', at),
    release: null,
    version: readOptionalText(row, 'version', at),
    raw: row,
  }
}
