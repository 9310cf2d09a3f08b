import type { ConversationMessage, DatasetItemFields, DatasetItemInput, ToolCall } from './item-fields.js'
import { itemIdOf } from './item-id.js'
import { readItem } from './read-item.js'

// Passed instead of a place to say that the fields were checked. Not exported: callers outside have `DatasetItem.ofChecked`.
const CHECKED: unique symbol = Symbol('checked')

/** One case of an evaluation dataset: plain data, checked when it is made, never changed. See {@link DatasetItemFields} for the fields. */
export class DatasetItem implements DatasetItemFields {
  readonly id: string
  readonly query: string
  readonly actualOutput: string | null
  readonly expectedOutput: string | null
  readonly retrievedContent: readonly string[]
  readonly conversation: readonly ConversationMessage[]
  readonly toolsCalled: readonly ToolCall[]
  readonly expectedTools: readonly ToolCall[]
  readonly latencySeconds: number | null
  readonly traceId: string | null
  readonly observationId: string | null
  readonly sessionId: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly additionalInput: Readonly<Record<string, unknown>>
  readonly additionalOutput: Readonly<Record<string, unknown>>
  readonly judgment: string | number | boolean | null
  readonly critique: string | null
  readonly acceptanceCriteria: readonly string[]
  readonly tags: readonly string[]
  readonly sourceTimestamp: string | null

  /**
   * @param fields - The item; only `query` is needed. An item without an id gets one from its content, so that the same item has
   *   the same id in every run.
   * @param at - Where it comes from, for messages.
   * @throws {LoaderError} `invalid_dataset` naming the fields that are wrong or unknown.
   */
  constructor(fields: DatasetItemInput, at: string | typeof CHECKED = 'item') {
    // `ofChecked` alone knows the symbol, and it takes complete fields only.
    const item = at === CHECKED ? (fields as DatasetItemFields) : readItem(fields, at)
    this.id = item.id ?? itemIdOf(item)
    this.query = item.query
    this.actualOutput = item.actualOutput
    this.expectedOutput = item.expectedOutput
    this.retrievedContent = item.retrievedContent
    this.conversation = item.conversation
    this.toolsCalled = item.toolsCalled
    this.expectedTools = item.expectedTools
    this.latencySeconds = item.latencySeconds
    this.traceId = item.traceId
    this.observationId = item.observationId
    this.sessionId = item.sessionId
    this.metadata = item.metadata
    this.additionalInput = item.additionalInput
    this.additionalOutput = item.additionalOutput
    this.judgment = item.judgment
    this.critique = item.critique
    this.acceptanceCriteria = item.acceptanceCriteria
    this.tags = item.tags
    this.sourceTimestamp = item.sourceTimestamp
  }

  /**
   * Makes an item of something whose type is not known, such as a line of a file.
   *
   * @param value - What may be an item.
   * @param at - Where it comes from, for messages.
   * @returns The item.
   * @throws {LoaderError} `invalid_dataset` naming the fields that are wrong or unknown.
   */
  static parse(value: unknown, at = 'item'): DatasetItem {
    // The constructor checks everything that the type promises.
    return new DatasetItem(value as DatasetItemInput, at)
  }
  /**
   * Makes an item of fields that are right by the way they were made: checking each of thousands would cost more than making them.
   *
   * @param fields - All fields; they become the item's own.
   * @returns The item.
   * @internal
   */
  static ofChecked(fields: DatasetItemFields): DatasetItem {
    return new DatasetItem(fields, CHECKED)
  }
}
