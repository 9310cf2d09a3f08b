import {
  readAmounts,
  readFlag,
  readOptionalMillis,
  readOptionalNumber,
  readOptionalRecord,
  readOptionalText,
  readOptionalTime,
  readRecord,
  readText,
  readTextList,
  readTime,
  type WireRecord,
  wrongField,
} from './read-field.js'

/** How serious an observation is, mildest first; Langfuse's own four. */
export type ObservationLevel = 'DEBUG' | 'DEFAULT' | 'WARNING' | 'ERROR'

/** {@link ObservationLevel} in order, so that levels can be compared by index. */
export const OBSERVATION_LEVELS: readonly ObservationLevel[] = ['DEBUG', 'DEFAULT', 'WARNING', 'ERROR']

/**
 * Field groups of `GET /api/public/v2/observations` (Langfuse 4.16). A group that is not asked for is absent, not null.
 * `metadata` must be asked for together with `io`: alone, its values are cut at 200 characters.
 */
export const OBSERVATION_FIELDS = {
  /** Enough to find traces. */
  identity: 'core',
  /** Whom a trace belongs to. */
  labels: 'core,basic,trace_context',
  /** What a summary of a trace shows, taken from its root. */
  summary: 'core,basic,io,metadata,metrics,trace_context',
  /** Everything that the model holds. `time` carries `updatedAt`, which settles repeated rows. */
  full: 'core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context',
} as const

/** One observation with its types checked; what the wire leaves out or empty is `null`. */
export interface ObservationRow {
  readonly id: string
  readonly traceId: string
  readonly parentId: string | null
  /** Whether Langfuse takes it for a root: no parent, or marked as the application's first span. */
  readonly isRoot: boolean
  readonly type: string
  readonly name: string | null
  readonly startTime: Date
  readonly endTime: Date | null
  /** When it was written last, in milliseconds since the epoch: only repeated rows are compared by it. */
  readonly updatedAtMillis: number | null
  readonly latencySeconds: number | null
  readonly timeToFirstTokenSeconds: number | null
  readonly level: ObservationLevel
  readonly statusMessage: string | null
  /** As sent: text, of which JSON is the reader's to parse. */
  readonly input: unknown
  readonly output: unknown
  readonly metadata: WireRecord
  readonly model: string | null
  readonly modelParameters: WireRecord
  readonly usage: Readonly<Record<string, number>>
  readonly cost: Readonly<Record<string, number>>
  readonly totalCostUsd: number | null
  readonly promptId: string | null
  readonly promptName: string | null
  readonly promptVersion: number | null
  readonly traceName: string | null
  readonly tags: readonly string[]
  readonly userId: string | null
  readonly sessionId: string | null
  readonly environment: string | null
  readonly release: string | null
  readonly version: string | null
  /** The row as it came, unknown fields included. */
  readonly raw: WireRecord
}

/**
 * Checks one row of `GET /api/public/v2/observations`.
 *
 * @param value - The row.
 * @param at - Where it stands in the answer, for messages: `data[3]`.
 * @returns The row with its types.
 * @throws {LoaderError} `invalid_response` naming the field that is wrong.
 */
export function readObservationV2(value: unknown, at: string): ObservationRow {
  const row = readRecord(value, at)
  return {
    id: readText(row, 'id', at),
    traceId: readText(row, 'traceId', at),
    parentId: readOptionalText(row, 'parentObservationId', at),
    isRoot: readFlag(row, 'isRootObservation', at),
    // Upper case on the wire. New types may come, so the set is left open.
    type: readText(row, 'type', at),
    name: readOptionalText(row, 'name', at),
    startTime: readTime(row, 'startTime', at),
    endTime: readOptionalTime(row, 'endTime', at),
    updatedAtMillis: readOptionalMillis(row, 'updatedAt', at),
    latencySeconds: readOptionalNumber(row, 'latency', at),
    timeToFirstTokenSeconds: readOptionalNumber(row, 'timeToFirstToken', at),
    level: readLevel(row, at),
    statusMessage: readOptionalText(row, 'statusMessage', at),
    input: row.input ?? null,
    output: row.output ?? null,
    metadata: readOptionalRecord(row, 'metadata', at),
    // 4.16 answers `model`; the published schema says `providedModelName`.
    model: readOptionalText(row, 'model', at) ?? readOptionalText(row, 'providedModelName', at),
    modelParameters: readModelParameters(row, at),
    usage: readAmounts(row, 'usageDetails', at),
    cost: readAmounts(row, 'costDetails', at),
    totalCostUsd: readOptionalNumber(row, 'totalCost', at),
    promptId: readOptionalText(row, 'promptId', at),
    promptName: readOptionalText(row, 'promptName', at),
    promptVersion: readOptionalNumber(row, 'promptVersion', at),
    traceName: readOptionalText(row, 'traceName', at),
    tags: readTextList(row, 'tags', at),
    userId: readOptionalText(row, 'userId', at),
    sessionId: readOptionalText(row, 'sessionId', at),
    environment: readOptionalText(row, 'environment', at),
    release: readOptionalText(row, 'release', at),
    version: readOptionalText(row, 'version', at),
    raw: row,
  }
}

/** Reads the level; missing is `DEFAULT`. @throws {LoaderError} `invalid_response` if it is none of the four. */
export function readLevel(row: WireRecord, at: string): ObservationLevel {
  if (row.level === undefined || row.level === null) return 'DEFAULT'
  const level = OBSERVATION_LEVELS.find((known) => known === row.level)
  if (level === undefined) throw wrongField(`${at}.level`, `one of ${OBSERVATION_LEVELS.join(', ')}`, row.level)
  return level
}

/**
 * Reads the model's parameters; missing is empty. An SDK may have written parameters that are no JSON object; the server then passes
 * its text on, which tells nothing by key.
 *
 * @throws {LoaderError} `invalid_response` if they are neither.
 */
export function readModelParameters(row: WireRecord, at: string): WireRecord {
  return typeof row.modelParameters === 'string' ? {} : readOptionalRecord(row, 'modelParameters', at)
}
