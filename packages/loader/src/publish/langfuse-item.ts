import type { DatasetItemFields } from '../dataset/item-fields.js'
import { isRecord, type WireRecord } from '../wire/read-field.js'

/** The key of an item's metadata under which Langfuse keeps what it has no field for. */
const OWN_KEY = 'axion'

// Where the fields of an item stand in Langfuse's form. Whatever is neither here nor a column of Langfuse's stands under OWN_KEY.
const INPUT_FIELDS = ['query', 'conversation', 'retrievedContent', 'additionalInput'] as const
const COLUMN_FIELDS = ['expectedOutput', 'metadata', 'traceId', 'observationId']

/** An item in the form of `POST /api/public/dataset-items`. */
export interface LangfuseItem extends WireRecord {
  readonly id: string
  readonly datasetName: string
  readonly input: WireRecord
  readonly expectedOutput: unknown
  readonly metadata: WireRecord
  readonly sourceTraceId?: string
  readonly sourceObservationId?: string
}

/**
 * Puts an item into Langfuse's form: what went in under `input`, the expected output and the metadata in their columns, where it comes from as
 * its source. The rest stands in the metadata under `axion`, so that {@link fieldsOfLangfuseItem} gives the same item back.
 *
 * @param item - The item.
 * @param datasetName - The dataset it goes to.
 * @param id - Its id at Langfuse.
 * @returns The body to post.
 */
export function toLangfuseItem(item: DatasetItemFields, datasetName: string, id: string): LangfuseItem {
  const input = INPUT_FIELDS.filter((field) => field === 'query' || isFilled(item[field]))
  const inColumns = [...INPUT_FIELDS, ...COLUMN_FIELDS]
  const own = Object.entries(item).filter(([field, value]) => !inColumns.includes(field) && isFilled(value))
  return {
    id,
    datasetName,
    input: Object.fromEntries(input.map((field) => [field, item[field]])),
    expectedOutput: item.expectedOutput,
    metadata: {
      ...item.metadata,
      [OWN_KEY]: {
        ...Object.fromEntries(own),
        ...(readsAsJson(item.expectedOutput) ? { expectedOutput: item.expectedOutput } : {}),
        ...(OWN_KEY in item.metadata ? { [OWN_KEY]: item.metadata[OWN_KEY] } : {}),
      },
    },
    ...(item.traceId === null ? {} : { sourceTraceId: item.traceId }),
    ...(item.observationId === null ? {} : { sourceObservationId: item.observationId }),
  }
}

/**
 * Gives the fields of an item that {@link toLangfuseItem} made.
 *
 * @param row - The item as Langfuse holds it.
 * @returns The fields, for the item's own checks; `undefined` if someone else made the item.
 */
export function fieldsOfLangfuseItem(row: WireRecord): WireRecord | undefined {
  if (!isRecord(row.metadata) || !isRecord(row.metadata[OWN_KEY]) || !isRecord(row.input)) return undefined
  const { [OWN_KEY]: marked, ...metadata } = row.metadata
  const { [OWN_KEY]: theirs, expectedOutput: exact, ...own } = marked as WireRecord
  return {
    // Of an item that was pushed before, and of one that Langfuse gave its id.
    id: row.id,
    ...own,
    ...row.input,
    expectedOutput: expectedOutputOf(row.expectedOutput, exact),
    metadata: theirs === undefined ? metadata : { ...metadata, [OWN_KEY]: theirs },
    traceId: row.sourceTraceId ?? null,
    observationId: row.sourceObservationId ?? null,
  }
}

/** Langfuse parses text that is JSON: `"4"` comes back as 4. The exact text stands beside it, and holds unless the value was edited since. */
function expectedOutputOf(value: unknown, exact: unknown): unknown {
  if (typeof exact === 'string' && (value === exact || JSON.stringify(parsed(exact)) === JSON.stringify(value)))
    return exact
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function readsAsJson(text: string | null): boolean {
  return text !== null && parsed(text) !== undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isFilled(value: unknown): boolean {
  if (value === null || value === undefined) return false
  // An empty text is an answer too.
  if (typeof value !== 'object') return true
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0
}
