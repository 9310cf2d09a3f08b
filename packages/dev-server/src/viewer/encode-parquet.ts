import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer'
import { EXPORTED_COLUMNS, type ExportedItem } from './exported-item.js'

/** A row group is held in memory by whoever writes and whoever reads it. */
const GROUP_ROWS = 1000

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const
// Without the older `converted_type`, for which the library would encode the values itself, and lose keys such as `__proto__`.
const JSON_TEXT = { type: 'BYTE_ARRAY', logical_type: { type: 'JSON' }, repetition_type: 'OPTIONAL' } as const

const COLUMNS: Readonly<Record<keyof ExportedItem, Omit<SchemaElement, 'name'>>> = {
  id: { ...TEXT, repetition_type: 'REQUIRED' },
  input: JSON_TEXT,
  expectedOutput: JSON_TEXT,
  metadata: JSON_TEXT,
  sourceTraceId: { ...TEXT, repetition_type: 'OPTIONAL' },
  sourceObservationId: { ...TEXT, repetition_type: 'OPTIONAL' },
  createdAt: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' },
}

/**
 * Writes items as a Parquet file, one row group at a time. Inputs, expected outputs and metadata are columns of JSON.
 *
 * @param items The items.
 * @yields The bytes.
 */
export async function* encodeParquet(items: Iterable<ExportedItem>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter()
  const schema = [
    { name: 'root', num_children: EXPORTED_COLUMNS.length },
    ...EXPORTED_COLUMNS.map((name) => ({ name, ...COLUMNS[name] })),
  ]
  const file = new ParquetWriter({ writer, schema, createdBy: '@axion/dev-server' })
  let group: ExportedItem[] = []
  const flush = async (): Promise<void> => {
    if (group.length === 0) return
    const columnData = EXPORTED_COLUMNS.map((name) => ({ name, data: group.map((item) => cell(name, item[name])) }))
    await file.write({ columnData, rowGroupSize: group.length })
    group = []
  }
  for (const item of items) {
    group.push(item)
    if (group.length < GROUP_ROWS) continue
    await flush()
    yield taken(writer)
  }
  await flush()
  await file.finish()
  yield taken(writer)
}

const encoder = new TextEncoder()

function cell(name: keyof ExportedItem, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (name === 'createdAt') return new Date(String(value))
  return COLUMNS[name] === JSON_TEXT ? encoder.encode(JSON.stringify(value)) : value
}

/** Takes the bytes out of the writer, which goes on counting from where it was. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice()
  writer.index = 0
  return bytes
}
