import { createHash } from 'node:crypto'
import type { ScoreDataType, ScoreRecord } from '../send/score-record.js'

/** A score, or what is wrong with its row. */
export type ScoreReading =
  | { readonly kind: 'score'; readonly score: ScoreRecord; readonly timestampMillis: number | undefined }
  | { readonly kind: 'wrong'; readonly reason: string }

type Fields = Readonly<Record<string, unknown>>

const TEXT_FIELDS = [
  'id',
  'traceId',
  'observationId',
  'sessionId',
  'datasetRunId',
  'comment',
  'environment',
  'configId',
] as const
const FIELDS: readonly string[] = [...TEXT_FIELDS, 'name', 'value', 'dataType', 'metadata', 'timestamp']
const TYPES: readonly ScoreDataType[] = ['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT', 'CORRECTION']

/**
 * Makes a score of a row. One without an id gets one made of what it is about and its name, so that pushing the same file again, or a
 * corrected one, replaces what it pushed before.
 *
 * @param fields - The row. Of CSV, every value is text; of JSON, it has its type.
 * @returns The score, or what is wrong.
 */
export function toScore(fields: Fields): ScoreReading {
  const unknown = Object.keys(fields).find((name) => !FIELDS.includes(name))
  if (unknown !== undefined) return wrong(`there is no field '${unknown}': expected ${FIELDS.join(', ')}`)
  const texts: Partial<Record<(typeof TEXT_FIELDS)[number], string>> = {}
  for (const name of TEXT_FIELDS) {
    const value = fields[name]
    if (value === undefined || value === null) continue
    if (typeof value !== 'string' || value === '') return wrong(`${name}: expected text`)
    texts[name] = value
  }
  const { name } = fields
  if (typeof name !== 'string' || name.trim() === '') return wrong('name: expected the name of the score')
  const target = targetProblem(texts)
  if (target !== undefined) return wrong(target)
  const value = readValue(fields.value, fields.dataType)
  if (typeof value === 'string') return wrong(value)
  const metadata = readMetadata(fields.metadata)
  if (typeof metadata === 'string') return wrong(metadata)
  const timestampMillis = readTimestamp(fields.timestamp)
  if (Number.isNaN(timestampMillis)) return wrong("timestamp: expected an ISO 8601 time such as '2026-11-01T12:00:00Z'")
  const id = texts.id ?? idOf(texts, name)
  return { kind: 'score', score: { ...texts, id, name, ...value, ...metadata }, timestampMillis }
}

function wrong(reason: string): ScoreReading {
  return { kind: 'wrong', reason }
}

type Texts = Partial<Record<(typeof TEXT_FIELDS)[number], string>>

function targetProblem({ traceId, observationId, sessionId, datasetRunId }: Texts): string | undefined {
  const targets = [traceId, sessionId, datasetRunId].filter((id) => id !== undefined)
  if (targets.length !== 1) return `expected one of traceId, sessionId, datasetRunId: found ${targets.length}`
  if (observationId !== undefined && traceId === undefined) return 'observationId: expected its traceId beside it'
  return undefined
}

/** The value in the form that Langfuse takes, or what is wrong. */
function readValue(value: unknown, dataType: unknown): Pick<ScoreRecord, 'value' | 'dataType'> | string {
  const type = dataType ?? typeOf(value)
  if (typeof type !== 'string' || !isDataType(type)) return `dataType: expected one of ${TYPES.join(', ')}`
  if (type === 'NUMERIC') {
    const number = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value
    if (typeof number !== 'number' || !Number.isFinite(number)) return 'value: expected a number'
    return { value: number, dataType: type }
  }
  if (type === 'BOOLEAN') {
    const flag =
      typeof value === 'string' ? FLAGS[value.toLowerCase()] : typeof value === 'boolean' ? Number(value) : value
    if (flag !== 0 && flag !== 1) return 'value: expected true or false'
    return { value: flag, dataType: type }
  }
  if (typeof value !== 'string' || value === '') return `value: expected text for ${type}`
  return { value, dataType: type }
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
// What programs write where a number went wrong; as a category it would pass unseen.
const NO_NUMBER = /^[+-]?(nan|inf(inity)?)$/i
const FLAGS: Readonly<Partial<Record<string, 0 | 1>>> = { true: 1, false: 0, '1': 1, '0': 0 }

function typeOf(value: unknown): ScoreDataType | undefined {
  if (typeof value === 'boolean') return 'BOOLEAN'
  if (typeof value === 'number') return 'NUMERIC'
  if (typeof value !== 'string') return 'NUMERIC'
  if (/^(true|false)$/i.test(value)) return 'BOOLEAN'
  return NUMBER.test(value) || NO_NUMBER.test(value) ? 'NUMERIC' : 'CATEGORICAL'
}

function isDataType(text: string): text is ScoreDataType {
  return TYPES.some((type) => type === text)
}

function readMetadata(value: unknown): Pick<ScoreRecord, 'metadata'> | string {
  if (value === undefined || value === null) return {}
  const parsed = typeof value === 'string' ? parseJson(value) : value
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'metadata: expected a JSON object'
  return { metadata: { ...parsed } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readTimestamp(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  // With a zone, so that it means the same everywhere.
  const isTime = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/.test(value)
  return isTime ? Date.parse(value) : Number.NaN
}

function idOf({ traceId, observationId, sessionId, datasetRunId }: Texts, name: string): string {
  const about = [traceId ?? null, observationId ?? null, sessionId ?? null, datasetRunId ?? null, name]
  return createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 32)
}
