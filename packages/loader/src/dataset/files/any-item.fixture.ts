import fc from 'fast-check'
import type { DatasetItemFields } from '../item-fields.js'

// Every code point but lone surrogates, which no file in UTF-8 can hold; and what formats are known to stumble over.
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '"',
    "'",
    ',',
    ';',
    'null',
    'true',
    '-0',
    '007',
    '1e3',
    '[]',
    '{}',
  ),
  fc.constantFrom(
    '=1+1',
    "'=1+1",
    '-5',
    '+a',
    '@b',
    '\tc',
    "''-d",
    '＝e',
    '\uFEFFf',
    'a\u2028b',
    '"g"',
    'a "h"',
    ' i ',
  ),
)
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { nil: null })
// JSON knows no negative zero.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    number,
    text,
    fc.array(tie('value'), { maxLength: 3 }),
    tie('record'),
  ),
  record: fc.dictionary(
    fc.oneof(text, fc.constantFrom('constructor', 'prototype', 'toString', '__proto__')),
    tie('value'),
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  ),
}))
// What `letrec` makes is typed as unknown.
const record = json.record as fc.Arbitrary<Record<string, unknown>>
const name = text.filter((value) => value !== '')
const toolCall = fc.record({ name, id: maybe(text), input: json.value, output: json.value })
const message = fc.record({
  role: fc.constantFrom('system' as const, 'user' as const, 'assistant' as const, 'tool' as const),
  content: text,
  toolCalls: fc.array(toolCall, { maxLength: 2 }),
})
const time = fc
  .date({ noInvalidDate: true, min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z') })
  .map((date) => date.toISOString())

/** Any dataset item, with all its fields. */
export const anyItem: fc.Arbitrary<DatasetItemFields> = fc.record({
  id: name,
  query: text,
  actualOutput: maybe(text),
  expectedOutput: maybe(text),
  retrievedContent: fc.array(text, { maxLength: 3 }),
  conversation: fc.array(message, { maxLength: 3 }),
  toolsCalled: fc.array(toolCall, { maxLength: 2 }),
  expectedTools: fc.array(toolCall, { maxLength: 2 }),
  latencySeconds: maybe(number.filter((value) => value >= 0)),
  traceId: maybe(text),
  observationId: maybe(text),
  sessionId: maybe(text),
  metadata: record,
  additionalInput: record,
  additionalOutput: record,
  judgment: maybe(fc.oneof(text, number, fc.boolean())),
  critique: maybe(text),
  acceptanceCriteria: fc.array(text, { maxLength: 2 }),
  tags: fc.array(text, { maxLength: 2 }),
  sourceTimestamp: maybe(time),
})
