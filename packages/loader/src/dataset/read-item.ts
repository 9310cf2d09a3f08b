import * as v from 'valibot'
import { LoaderError } from '../loader-error.js'
import { parseTimestamp } from '../options/parse-timestamp.js'
import { isRecord } from '../wire/read-field.js'
import type { DatasetItemFields } from './item-fields.js'

// `null` and a missing field mean the same, and each field has one form for none: files from anywhere come out alike.
const text = v.nullish(v.string(), null)
const texts = v.nullish(v.array(v.string()), [])
// Not `v.record`, which drops keys such as `constructor` without a word. A copy, so that the item does not change with what it was made of.
const record = v.nullish(
  v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(isPlain, ({ input }) => `expected an object, found ${kindOf(input)}`),
    v.transform((fields) => ({ ...fields })),
  ),
  {},
)
// JSON has no other numbers: they would come back as `null`.
const number = v.pipe(v.number(), v.finite('expected a finite number'))
const nonEmpty = v.pipe(v.string(), v.nonEmpty('expected a non-empty string, found an empty one'))

const toolCall = v.strictObject({
  name: nonEmpty,
  id: text,
  input: v.nullish(v.unknown(), null),
  output: v.nullish(v.unknown(), null),
})

const message = v.strictObject({
  role: v.picklist(['system', 'user', 'assistant', 'tool']),
  content: v.nullish(v.string(), ''),
  toolCalls: v.nullish(v.array(toolCall), []),
})

const timestamp = v.pipe(
  v.nullish(v.union([v.string(), v.date()]), null),
  v.check((value) => value === null || isTimestamp(value), 'expected a Date or an ISO 8601 string'),
  // Kept as text, so that an item is the same before it is written and after it was read.
  v.transform((value) => (value === null ? null : parseTimestamp(value, 'sourceTimestamp').toISOString())),
)

/** Everything but the id, which the caller of {@link readItem} may have to make. */
const entries = {
  query: v.string(),
  actualOutput: text,
  expectedOutput: text,
  retrievedContent: texts,
  conversation: v.nullish(v.array(message), []),
  toolsCalled: v.nullish(v.array(toolCall), []),
  expectedTools: v.nullish(v.array(toolCall), []),
  latencySeconds: v.nullish(v.pipe(number, v.minValue(0, 'expected 0 or more')), null),
  traceId: text,
  observationId: text,
  sessionId: text,
  metadata: record,
  additionalInput: record,
  additionalOutput: record,
  judgment: v.nullish(v.union([v.string(), number, v.boolean()]), null),
  critique: text,
  acceptanceCriteria: texts,
  tags: texts,
  sourceTimestamp: timestamp,
}

const schema = v.strictObject({ id: v.nullish(nonEmpty), ...entries })

/** The names of an item's fields, in the order in which they are written. */
export const ITEM_FIELDS: readonly string[] = ['id', ...Object.keys(entries)]

/**
 * Checks an item and fills in what was left out.
 *
 * @param value - What may be an item.
 * @param at - Where it comes from, for the message: `row 3`.
 * @returns The complete item; its id still `null` if it has none of its own.
 * @throws {LoaderError} `invalid_dataset` naming every field that is wrong or unknown.
 */
export function readItem(value: unknown, at: string): Omit<DatasetItemFields, 'id'> & { readonly id: string | null } {
  // To a schema library a list is an object too, with its indices for keys.
  const result = v.safeParse(schema, Array.isArray(value) ? undefined : value)
  if (result.success) return { ...result.output, id: result.output.id ?? null }
  const problems = Array.isArray(value) ? ['expected an object, found a list'] : result.issues.map(describeIssue)
  const path = result.issues[0] === undefined ? null : v.getDotPath(result.issues[0])
  const message = `Cannot read dataset: ${at}: ${problems.slice(0, 5).join('; ')}`
  throw new LoaderError('invalid_dataset', message, path === null ? {} : { path })
}

// One clause for each wrong field, in words of JSON rather than of the schema library.
function describeIssue(issue: v.BaseIssue<unknown>): string {
  const field = v.getDotPath(issue)
  if (issue.type === 'strict_object' && issue.expected === 'never' && field !== null) {
    return `unknown field ${JSON.stringify(field)}`
  }
  if (field === null) return `expected an object, found ${kindOf(issue.input)}`
  if (issue.type === 'strict_object' && issue.received === 'undefined')
    return `field ${JSON.stringify(field)} is missing`
  // valibot's own messages quote the value, which may be a whole prompt; only its type is told.
  if (issue.message.startsWith('expected')) return `field ${JSON.stringify(field)}: ${issue.message}`
  return `field ${JSON.stringify(field)}: expected ${describeExpected(issue.expected)}, found ${kindOf(issue.input)}`
}

// valibot's names for what JSON calls otherwise.
const PLAIN_NAMES: Readonly<Record<string, string>> = { Array: 'a list', Object: 'an object' }

function describeExpected(expected: string | null): string {
  return expected === null ? 'another value' : (PLAIN_NAMES[expected] ?? expected)
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return value === null ? 'null' : 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (typeof value !== 'object') return typeof value
  // A Map or a Date; of a class of the caller's own, an object.
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1)
  return tag === 'Object' ? 'object' : tag
}

// Whatever keeps its content elsewhere than in its keys, such as a Map or a Date, would be stored as an empty record.
function isPlain(value: unknown): boolean {
  return isRecord(value) && Object.prototype.toString.call(value) === '[object Object]'
}

function isTimestamp(value: string | Date): boolean {
  try {
    parseTimestamp(value, 'sourceTimestamp')
    return true
  } catch {
    return false
  }
}
