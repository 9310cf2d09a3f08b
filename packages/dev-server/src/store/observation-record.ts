import type { Observation } from '../model/observation.js'
import type { ObservationLevel } from '../model/observation-level.js'
import type { ObservationType } from '../model/observation-type.js'
import { fromDetailsRecord, toDetailsRecord } from './details-record.js'
import type { ObservationPart } from './observation-query.js'
import { type SqlValue, sqlJson, sqlText } from './sql-value.js'
import { xxHash32 } from './xx-hash-32.js'

/** The columns of the table, in the order in which {@link toRecord} gives them. */
export const RECORD_COLUMNS: readonly string[] = [
  ...['trace_id', 'id', 'trace_hash', 'start_millis', 'end_millis', 'is_root', 'parent_id', 'type', 'name', 'level'],
  ...['environment', 'user_id', 'session_id', 'trace_name', 'tags', 'details', 'metadata', 'input', 'output'],
  'experiment_id',
]

/**
 * An observation as a row of the table.
 *
 * @param observation The observation.
 * @returns A value for each of {@link RECORD_COLUMNS}.
 */
export function toRecord(observation: Observation): SqlValue[] {
  const traceId = sqlText(observation.traceId)
  return [
    traceId,
    sqlText(observation.id),
    xxHash32(traceId),
    observation.startTimeMillis,
    observation.endTimeMillis,
    observation.isRoot ? 1 : 0,
    sqlText(observation.parentObservationId),
    observation.type,
    sqlText(observation.name),
    observation.level,
    observation.environment,
    sqlText(observation.userId),
    sqlText(observation.sessionId),
    observation.traceName === null ? null : sqlText(observation.traceName),
    sqlJson(observation.tags),
    toDetailsRecord(observation.details),
    sqlJson(observation.metadata),
    sqlText(observation.input),
    sqlText(observation.output),
    sqlText(observation.details.experiment.id),
  ]
}

/**
 * The select list for a read; parts that are not wanted are not read from disk.
 *
 * @param parts The large parts that are wanted.
 * @returns The expressions, in the order of {@link RECORD_COLUMNS}.
 */
export function selectList(parts: readonly ObservationPart[]): string {
  const isWanted = (column: string): boolean => {
    if (column === 'metadata') return parts.includes('metadata')
    // It stands behind the large ones, and in the details as well.
    if (column === 'experiment_id') return false
    return parts.includes('io') || (column !== 'input' && column !== 'output')
  }
  return RECORD_COLUMNS.map((column) => (isWanted(column) ? column : 'NULL')).join(', ')
}

/**
 * The observation of a row. The casts are sound because only {@link toRecord} writes the table, whose columns are STRICT.
 *
 * @param row A row read with {@link selectList}, in raw mode.
 * @returns The observation; parts that were not read are empty.
 */
export function fromRecord(row: readonly unknown[]): Observation {
  const text = (index: number): string => (row[index] ?? '') as string
  const number = (index: number): number => row[index] as number
  return {
    traceId: text(0),
    id: text(1),
    startTimeMillis: number(3),
    endTimeMillis: number(4),
    isRoot: row[5] === 1,
    parentObservationId: text(6),
    type: text(7) as ObservationType,
    name: text(8),
    level: text(9) as ObservationLevel,
    environment: text(10),
    userId: text(11),
    sessionId: text(12),
    traceName: row[13] as string | null,
    tags: JSON.parse(text(14)) as string[],
    details: fromDetailsRecord(text(15)),
    metadata: row[16] === null ? {} : (JSON.parse(text(16)) as Observation['metadata']),
    input: text(17),
    output: text(18),
  }
}
