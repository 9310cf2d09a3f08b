import { readOptionalText, readRecord, wrongField } from './read-field.js'

/** One page of a list. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  /** Asks for the next page; `null` on the last one. */
  readonly cursor: string | null
}

/**
 * Checks the envelope that Langfuse's cursor-paged endpoints share, `{ data: [...], meta: { cursor? } }`, and every row in it.
 *
 * @param body - The parsed answer.
 * @param readRow - Checks one row.
 * @returns The page.
 * @throws {LoaderError} `invalid_response` naming the field that is wrong.
 */
export function readPage<Row>(body: unknown, readRow: (value: unknown, at: string) => Row): Page<Row> {
  const envelope = readRecord(body, 'the answer')
  if (!Array.isArray(envelope.data)) throw wrongField('data', 'a list', envelope.data)
  const meta = readRecord(envelope.meta, 'meta')
  return {
    rows: envelope.data.map((row: unknown, index) => readRow(row, `data[${index}]`)),
    cursor: readOptionalText(meta, 'cursor', 'meta'),
  }
}
