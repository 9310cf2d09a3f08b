import type { DatasetItemFields } from './item-fields.js'

/** What a field holds, as far as formats without types of their own have to know. */
export type FieldKind = 'text' | 'texts' | 'json' | 'number' | 'scalar' | 'time'

/**
 * What each field holds: text; a list of texts; lists and records that tables keep as JSON; a number; text, a number or yes and no;
 * a point in time.
 */
export const FIELD_KINDS: Readonly<Record<keyof DatasetItemFields, FieldKind>> = {
  id: 'text',
  query: 'text',
  actualOutput: 'text',
  expectedOutput: 'text',
  retrievedContent: 'texts',
  conversation: 'json',
  toolsCalled: 'json',
  expectedTools: 'json',
  latencySeconds: 'number',
  traceId: 'text',
  observationId: 'text',
  sessionId: 'text',
  metadata: 'json',
  additionalInput: 'json',
  additionalOutput: 'json',
  judgment: 'scalar',
  critique: 'text',
  acceptanceCriteria: 'texts',
  tags: 'texts',
  sourceTimestamp: 'time',
}

/**
 * Tells what a field holds.
 *
 * @param field - Its name, which may be none of an item's.
 * @returns The kind; of an unknown field `text`.
 */
export function kindOfField(field: string): FieldKind {
  return Object.hasOwn(FIELD_KINDS, field) ? FIELD_KINDS[field as keyof DatasetItemFields] : 'text'
}
