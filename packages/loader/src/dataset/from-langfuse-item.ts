import { fieldsOfLangfuseItem } from '../publish/langfuse-item.js'
import { isRecord, type WireRecord } from '../wire/read-field.js'
import { conversationOf } from './conversation-of.js'
import { DatasetItem } from './dataset-item.js'
import { ANSWER_RULES, mainText, QUERY_RULES } from './main-text.js'
import { textOfValue } from './text-of-value.js'

/**
 * Makes an item of one that Langfuse holds: the same one if `pushToLangfuse` put it there; else the question is found in its input as it
 * is in a trace's.
 *
 * @param row - The item in Langfuse's form.
 * @returns The item. One that was made elsewhere has Langfuse's id.
 * @throws {LoaderError} `invalid_dataset` naming the item and the field, if what was pushed has been edited into something else.
 */
export function fromLangfuseItem(row: WireRecord): DatasetItem {
  const at = `dataset item ${JSON.stringify(row.id)}`
  const own = fieldsOfLangfuseItem(row)
  if (own !== undefined) return DatasetItem.parse(own, at)
  const query = mainText(row.input, QUERY_RULES)
  return DatasetItem.parse(
    {
      id: row.id,
      query: query.text,
      expectedOutput: expectedText(row.expectedOutput),
      conversation: conversationOf(row.input),
      additionalInput: query.rest,
      metadata: metadataOf(row.metadata),
      traceId: row.sourceTraceId ?? null,
      observationId: row.sourceObservationId ?? null,
    },
    at,
  )
}

function expectedText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  const { text, rest } = mainText(value, ANSWER_RULES)
  // What stands beside the answer is expected as well.
  return Object.keys(rest).length === 0 ? text : textOfValue(value)
}

function metadataOf(metadata: unknown): WireRecord {
  if (isRecord(metadata)) return metadata
  return metadata === null || metadata === undefined ? {} : { metadata }
}
