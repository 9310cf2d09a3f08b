import { legacyPayload } from './legacy-payload.js'
import { type ObservationRow, readLevel } from './observation-v2.js'
import { parseJsonText } from './parse-json-text.js'
import { isRecord, readOptionalText, readRecord, readText, type WireRecord, wrongField } from './read-field.js'

/**
 * Checks one row of a file that Langfuse's blob storage integration has written (`observations_v2/`, Langfuse 4) and brings it into
 * the form of the API. The file holds the columns of the store: other names, times without a zone (they are UTC), numbers that may
 * be text, and metadata and parameters as text. Groups of columns that the project does not export are missing.
 *
 * @param value - The row.
 * @param at - Where it stands, for messages.
 * @returns The row.
 * @throws {LoaderError} `invalid_response` naming the field that is wrong.
 */
export function readObservationExport(value: unknown, at: string): ObservationRow {
  const row = readRecord(value, at)
  const parentId = readOptionalText(row, 'parent_observation_id', at)
  return {
    id: readText(row, 'id', at),
    traceId: readText(row, 'trace_id', at),
    parentId,
    isRoot: parentId === null || row.is_root_observation === true || row.is_app_root === true,
    type: readOptionalText(row, 'type', at) ?? 'SPAN',
    name: readOptionalText(row, 'name', at),
    startTime: readStoredTime(row, 'start_time', at) ?? missing(row, 'start_time', at),
    endTime: readStoredTime(row, 'end_time', at),
    updatedAtMillis: readStoredTime(row, 'updated_at', at)?.getTime() ?? null,
    // In milliseconds or in seconds, as the integration was set up: the two times say it better.
    latencySeconds: null,
    timeToFirstTokenSeconds: firstTokenSeconds(row, at),
    level: readLevel(row, at),
    statusMessage: readOptionalText(row, 'status_message', at),
    input: payload(row.input),
    output: payload(row.output),
    metadata: readMetadata(row, at),
    model: readOptionalText(row, 'provided_model_name', at),
    modelParameters: readStoredRecord(row, 'model_parameters', at),
    usage: readStoredAmounts(row, 'usage_details', at),
    cost: readStoredAmounts(row, 'cost_details', at),
    totalCostUsd: readStoredNumber(row.total_cost, `${at}.total_cost`),
    promptId: readOptionalText(row, 'prompt_id', at),
    promptName: readOptionalText(row, 'prompt_name', at),
    promptVersion: readStoredNumber(row.prompt_version, `${at}.prompt_version`),
    traceName: readOptionalText(row, 'trace_name', at),
    tags: readTags(row, at),
    userId: readOptionalText(row, 'user_id', at),
    sessionId: readOptionalText(row, 'session_id', at),
    environment: readOptionalText(row, 'environment', at),
    release: readOptionalText(row, 'release', at),
    version: readOptionalText(row, 'version', at),
    raw: row,
  }
}

// JSON Lines hold the text of the store; a Parquet reader may have parsed what looks like JSON.
function payload(value: unknown): unknown {
  return typeof value === 'string' ? value : legacyPayload(value)
}

// ClickHouse writes '2026-11-23 03:53:36.122000', Parquet readers give a Date or its ISO form.
const STORED_TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z?$/

function readStoredTime(row: WireRecord, name: string, at: string): Date | null {
  const value = row[name]
  if (value === undefined || value === null || value === '') return null
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value
  const match = typeof value === 'string' ? STORED_TIME.exec(value) : null
  const millis = match?.[3]?.padEnd(3, '0').slice(0, 3) ?? '000'
  const time = match === null ? undefined : new Date(`${match[1]}T${match[2]}.${millis}Z`)
  if (time !== undefined && !Number.isNaN(time.getTime())) return time
  throw wrongField(`${at}.${name}`, 'a time or null', value)
}

function missing(row: WireRecord, name: string, at: string): never {
  throw wrongField(`${at}.${name}`, 'a time', row[name])
}

function firstTokenSeconds(row: WireRecord, at: string): number | null {
  const [start, first] = [readStoredTime(row, 'start_time', at), readStoredTime(row, 'completion_start_time', at)]
  return start === null || first === null ? null : (first.getTime() - start.getTime()) / 1000
}

// 64-bit integers and decimals come as text, as bigint or as numbers, by format and settings.
function readStoredNumber(value: unknown, field: string): number | null {
  if (value === undefined || value === null || value === '') return null
  const number = typeof value === 'string' || typeof value === 'bigint' ? Number(value) : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw wrongField(field, 'a number or null', value)
}

function readStoredRecord(row: WireRecord, name: string, at: string): WireRecord {
  const value = parseJsonText(row[name])
  if (value === null) return {}
  // What an SDK wrote that is no object tells nothing by key.
  if (typeof value === 'string') return {}
  if (isRecord(value)) return value
  // Maps come from Parquet as lists of pairs.
  if (Array.isArray(value)) return Object.fromEntries(value.map((pair: unknown) => readPair(pair, `${at}.${name}`)))
  throw wrongField(`${at}.${name}`, 'an object', value)
}

function readPair(pair: unknown, field: string): [string, unknown] {
  if (isRecord(pair) && typeof pair.key === 'string') return [pair.key, pair.value]
  if (Array.isArray(pair) && typeof pair[0] === 'string') return [pair[0], pair[1]]
  throw wrongField(field, 'an object', pair)
}

function readStoredAmounts(row: WireRecord, name: string, at: string): Readonly<Record<string, number>> {
  const amounts = Object.entries(readStoredRecord(row, name, at)).map(([kind, value]) => {
    return [kind, readStoredNumber(value, `${at}.${name}.${kind}`)] as const
  })
  return Object.fromEntries(amounts.flatMap(([kind, amount]) => (amount === null ? [] : [[kind, amount] as const])))
}

// Values are kept as text, which the API parses on reading.
function readMetadata(row: WireRecord, at: string): WireRecord {
  const metadata = Object.entries(readStoredRecord(row, 'metadata', at))
  return Object.fromEntries(metadata.map(([key, value]) => [key, value === '' ? '' : parseJsonText(value)]))
}

function readTags(row: WireRecord, at: string): readonly string[] {
  const value = parseJsonText(row.tags)
  if (value === null) return []
  if (!Array.isArray(value)) throw wrongField(`${at}.tags`, 'a list of strings', value)
  return value.map((tag: unknown, index) => {
    if (typeof tag !== 'string') throw wrongField(`${at}.tags[${index}]`, 'a string', tag)
    return tag
  })
}
