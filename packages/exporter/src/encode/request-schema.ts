/** Messages of OTLP that a request is made of. */
export type MessageName =
  | 'request'
  | 'resourceSpans'
  | 'resource'
  | 'scopeSpans'
  | 'scope'
  | 'span'
  | 'event'
  | 'link'
  | 'status'
  | 'keyValue'
  | 'anyValue'
  | 'arrayValue'
  | 'keyValueList'

/** What is known of a field. */
export interface FieldShape {
  /** `text` and `binary` have a value that can be cut, `count` is a number, of what is `opaque` no more is known; the others are messages. */
  readonly content: 'text' | 'binary' | 'count' | 'opaque' | MessageName
  /** Whether the message is still one when the field is left out. */
  readonly isDroppable?: true
  /** The field that counts how many like this were left out. */
  readonly countedIn?: number
}

const TEXT: FieldShape = { content: 'text' }
const COUNT: FieldShape = { content: 'count' }
// Entries of several vendors: what is left of it when it is cut is no trace state.
const TRACE_STATE: FieldShape = { content: 'opaque', isDroppable: true }

/**
 * What can be made smaller in a request: fields by message and number. What is not listed stays as it is, such as ids, times and keys.
 *
 * https://github.com/open-telemetry/opentelemetry-proto: collector/trace/v1/trace_service.proto, trace/v1/trace.proto,
 * resource/v1/resource.proto, common/v1/common.proto. Counts are varints, all other fields here have a length.
 */
export const REQUEST_SCHEMA: Readonly<Record<MessageName, Readonly<Record<number, FieldShape>>>> = {
  request: { 1: { content: 'resourceSpans' } },
  resourceSpans: { 1: { content: 'resource' }, 2: { content: 'scopeSpans' }, 3: TEXT },
  resource: { 1: attributesCountedIn(2), 2: COUNT },
  scopeSpans: { 1: { content: 'scope' }, 2: { content: 'span' }, 3: TEXT },
  scope: { 1: TEXT, 2: TEXT, 3: attributesCountedIn(4), 4: COUNT },
  span: {
    3: TRACE_STATE,
    5: TEXT,
    9: attributesCountedIn(10),
    10: COUNT,
    11: { content: 'event', isDroppable: true, countedIn: 12 },
    12: COUNT,
    13: { content: 'link', isDroppable: true, countedIn: 14 },
    14: COUNT,
    15: { content: 'status' },
  },
  event: { 2: TEXT, 3: attributesCountedIn(4), 4: COUNT },
  link: { 3: TRACE_STATE, 4: attributesCountedIn(5), 5: COUNT },
  status: { 2: TEXT },
  keyValue: { 2: { content: 'anyValue' } },
  anyValue: { 1: TEXT, 5: { content: 'arrayValue' }, 6: { content: 'keyValueList' }, 7: { content: 'binary' } },
  arrayValue: { 1: { content: 'anyValue' } },
  keyValueList: { 1: { content: 'keyValue' } },
}

function attributesCountedIn(countedIn: number): FieldShape {
  return { content: 'keyValue', isDroppable: true, countedIn }
}
