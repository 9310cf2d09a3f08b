import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { ApiError } from './api-error.js'
import { parseRequest } from './parse-request.js'

const Leaf = v.object({
  s: v.string(),
  n: v.pipe(v.number(), v.minValue(1)),
  p: v.picklist(['A', 'B']),
  any: v.unknown(),
})
const SCHEMA = v.object({
  leaf: Leaf,
  list: v.optional(v.array(v.object({ b: v.boolean() })), []),
  map: v.optional(v.record(v.string(), v.object({ r: v.record(v.string(), v.string()) })), {}),
  choice: v.optional(
    v.variant('type', [
      v.object({ type: v.literal('x'), value: v.number() }),
      v.strictObject({
        type: v.literal('y'),
        value: v.array(v.string()),
        u: v.optional(v.union([v.string(), v.number()])),
      }),
    ]),
  ),
})
const leaf = { s: '', n: 1, p: 'A', any: null }

function issuesOf(value: unknown): unknown {
  try {
    parseRequest(SCHEMA, value, ['body'])
  } catch (error) {
    if (error instanceof ApiError) return error.body.error
  }
  return undefined
}

// The messages are those of zod 4, which Langfuse 4.16 sends.
describe('parseRequest()', () => {
  const missing = (expected: string, ...path: (string | number)[]) => {
    const message = `Invalid input: expected ${expected}, received undefined`
    return { expected, code: 'invalid_type', path: ['body', ...path], message }
  }

  it.each([
    [{}, missing('object', 'leaf')],
    [{ leaf: { ...leaf, s: undefined } }, missing('string', 'leaf', 's')],
    [{ leaf: { s: '', p: 'A', any: 1 } }, missing('number', 'leaf', 'n')],
    [{ leaf: { s: '', n: 1, p: 'B' } }, missing('nonoptional', 'leaf', 'any')],
    [{ leaf, list: [{ b: true }, {}] }, missing('boolean', 'list', 1, 'b')],
    [{ leaf, map: { k: {} } }, missing('record', 'map', 'k', 'r')],
    [{ leaf, choice: { type: 'x' } }, missing('number', 'choice', 'value')],
    [{ leaf, choice: { type: 'y' } }, missing('array', 'choice', 'value')],
    [
      { leaf: { s: '', n: 1, any: 1 } },
      {
        code: 'invalid_value',
        values: ['A', 'B'],
        path: ['body', 'leaf', 'p'],
        message: 'Invalid option: expected one of "A"|"B"',
      },
    ],
    [
      { leaf: { ...leaf, p: 'C' } },
      {
        code: 'invalid_value',
        values: ['A', 'B'],
        path: ['body', 'leaf', 'p'],
        message: 'Invalid option: expected one of "A"|"B"',
      },
    ],
    [
      { leaf, choice: { type: 'y', value: [], __proto__x: 1 } },
      {
        code: 'unrecognized_keys',
        keys: ['__proto__x'],
        path: ['body', 'choice'],
        message: 'Unrecognized key: "__proto__x"',
      },
    ],
    [
      { leaf: { ...leaf, n: 0 } },
      {
        origin: 'number',
        code: 'too_small',
        minimum: 1,
        inclusive: true,
        path: ['body', 'leaf', 'n'],
        message: 'Too small: expected number to be >=1',
      },
    ],
    [
      null,
      {
        expected: 'object',
        code: 'invalid_type',
        path: ['body'],
        message: 'Invalid input: expected object, received null',
      },
    ],
  ])('parseRequest() says of %j what zod says', (value, issue) => {
    expect(issuesOf(value)).toEqual([issue])
  })

  it('parseRequest() gives what fits', () => {
    expect(parseRequest(SCHEMA, { leaf })).toEqual({ leaf, list: [], map: {} })
  })
})
