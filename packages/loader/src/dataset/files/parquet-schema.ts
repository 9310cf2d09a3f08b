import type { SchemaElement } from 'hyparquet'
import { FIELD_KINDS, type FieldKind } from '../field-kinds.js'
import { ITEM_FIELDS } from '../read-item.js'

const TEXT: Pick<SchemaElement, 'type' | 'converted_type'> = { type: 'BYTE_ARRAY', converted_type: 'UTF8' }
// Without the older `converted_type`, for which the library would encode the values itself, and lose keys such as `__proto__`.
const JSON_TEXT: Pick<SchemaElement, 'type' | 'logical_type'> = { type: 'BYTE_ARRAY', logical_type: { type: 'JSON' } }

/** The columns of a dataset file: texts, lists of texts, JSON, a number, a time. Readers of other languages see them as such. */
export const PARQUET_SCHEMA: readonly SchemaElement[] = [
  { name: 'root', num_children: ITEM_FIELDS.length },
  ...Object.entries(FIELD_KINDS).flatMap(([name, kind]) => elementsOf(name, kind)),
]

function elementsOf(name: string, kind: FieldKind): readonly SchemaElement[] {
  const isRequired = name === 'id' || name === 'query'
  switch (kind) {
    case 'text':
      return [{ name, ...TEXT, repetition_type: isRequired ? 'REQUIRED' : 'OPTIONAL' }]
    case 'texts':
      // The three levels of a Parquet list.
      return [
        { name, converted_type: 'LIST', num_children: 1, repetition_type: 'REQUIRED' },
        { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
        { name: 'element', ...TEXT, repetition_type: 'REQUIRED' },
      ]
    case 'json':
      return [{ name, ...JSON_TEXT, repetition_type: 'REQUIRED' }]
    case 'scalar':
      return [{ name, ...JSON_TEXT, repetition_type: 'OPTIONAL' }]
    case 'number':
      return [{ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }]
    case 'time':
      return [{ name, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'OPTIONAL' }]
  }
}
