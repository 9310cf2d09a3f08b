import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer'
import type { DatasetItem } from '../dataset-item.js'
import { encodeJson } from '../encode-json.js'
import { type FieldKind, kindOfField } from '../field-kinds.js'
import { ITEM_FIELDS } from '../read-item.js'
import { PARQUET_SCHEMA } from './parquet-schema.js'

// A row group is held in memory, by whoever writes and whoever reads: large enough for columns to compress, small enough for items
// that hold whole documents.
const GROUP_ROWS = 5000
const GROUP_CHARACTERS = 16 * 1024 * 1024

/**
 * Writes items as a Parquet file, one row group at a time, compressed with Snappy.
 *
 * @param items - The items.
 * @yields The file's bytes.
 * @throws {LoaderError} `invalid_dataset` if an item has no form in JSON.
 */
export async function* encodeParquet(
  items: AsyncIterable<DatasetItem> | Iterable<DatasetItem>,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter()
  // A copy, because the writer's type wants a list that may be changed.
  const file = new ParquetWriter({ writer: bytes, schema: [...PARQUET_SCHEMA], createdBy: '@axion/loader' })
  let group: DatasetItem[] = []
  let characters = 0
  let row = 0
  for await (const item of items) {
    row += 1
    // Also finds out what JSON has no form for, while it is known which item it is.
    characters += encodeJson(item, `item ${row}`).length
    group.push(item)
    if (group.length < GROUP_ROWS && characters < GROUP_CHARACTERS) continue
    await file.write({ columnData: columnsOf(group), rowGroupSize: group.length })
    yield taken(bytes)
    group = []
    characters = 0
  }
  if (group.length > 0) await file.write({ columnData: columnsOf(group), rowGroupSize: group.length })
  await file.finish()
  yield taken(bytes)
}

function columnsOf(items: readonly DatasetItem[]): ColumnSource[] {
  const rows = items.map((item): ReadonlyMap<string, unknown> => new Map(Object.entries(item)))
  return ITEM_FIELDS.map((name) => {
    const kind = kindOfField(name)
    return { name, data: rows.map((row) => cellOf(kind, row.get(name))) }
  })
}

const encoder = new TextEncoder()

function cellOf(kind: FieldKind, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (kind === 'json' || kind === 'scalar') return encoder.encode(JSON.stringify(value))
  return kind === 'time' && typeof value === 'string' ? new Date(value) : value
}

/** Takes the bytes out of the writer, which goes on counting from where it was. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice()
  writer.index = 0
  return bytes
}
