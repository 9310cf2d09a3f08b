import { describe, expect, it } from 'vitest'
import { startTestServer } from '../test-server.fixture.js'

const PATH = '/api/public/v2/observations'

describe('listObservations() with a request that cannot be understood', () => {
  it.each([
    [
      'limit=1001',
      {
        message: 'Invalid request data',
        error: [
          {
            origin: 'number',
            code: 'too_big',
            maximum: 1000,
            inclusive: true,
            path: ['limit'],
            message: 'Too big: expected number to be <=1000',
          },
        ],
      },
    ],
    [
      'limit=-1',
      {
        message: 'Invalid request data',
        error: [
          {
            origin: 'number',
            code: 'too_small',
            minimum: 0,
            inclusive: true,
            path: ['limit'],
            message: 'Too small: expected number to be >=0',
          },
        ],
      },
    ],
    [
      'limit=x',
      {
        message: 'Invalid request data',
        error: [
          {
            expected: 'number',
            code: 'invalid_type',
            path: ['limit'],
            message: 'Invalid input: expected number, received NaN',
          },
        ],
      },
    ],
    [
      'traceId=a&traceId=b',
      {
        message: 'Invalid request data',
        error: [
          {
            expected: 'string',
            code: 'invalid_type',
            path: ['traceId'],
            message: 'Invalid input: expected string, received array',
          },
        ],
      },
    ],
    [
      'type=span',
      {
        message: 'Invalid request data',
        error: [
          {
            code: 'invalid_value',
            values: [
              'GENERATION',
              'SPAN',
              'EVENT',
              'AGENT',
              'TOOL',
              'CHAIN',
              'RETRIEVER',
              'EVALUATOR',
              'EMBEDDING',
              'GUARDRAIL',
            ],
            path: ['type'],
            message:
              'Invalid option: expected one of "GENERATION"|"SPAN"|"EVENT"|"AGENT"|"TOOL"|"CHAIN"|"RETRIEVER"|"EVALUATOR"|"EMBEDDING"|"GUARDRAIL"',
          },
        ],
      },
    ],
    [
      'fromStartTime=yesterday',
      {
        message: 'Invalid request data',
        error: [
          {
            origin: 'string',
            code: 'invalid_format',
            format: 'datetime',
            path: ['fromStartTime'],
            message: 'Invalid ISO datetime',
          },
        ],
      },
    ],
    ['cursor=%7Bx', { message: 'Invalid cursor format', error: 'InvalidRequestError' }],
    ['filter=%7Bx', { message: 'Invalid JSON in filter parameter', error: 'InvalidRequestError' }],
    [
      `filter=${encodeURIComponent('[{"type":"string","column":"nope","operator":"=","value":"x"}]')}`,
      { message: 'Column nope does not match a UI / CH table mapping.', error: 'InvalidRequestError' },
    ],
    [
      `filter=${encodeURIComponent('[{"type":"number","column":"name","operator":"=","value":1}]')}`,
      {
        message: "Invalid filter type 'number' for column 'name'. Expected filter type 'stringOptions'.",
        error: 'InvalidRequestError',
      },
    ],
    [
      `filter=${encodeURIComponent('[{"type":"numberObject","column":"scores_avg","key":"k","operator":"=","value":1}]')}`,
      { message: 'Column scores_avg does not match a UI / CH table mapping.', error: 'InvalidRequestError' },
    ],
    [
      `filter=${encodeURIComponent('[{"type":"string","column":"input","operator":"contains","value":"x"}]')}`,
      { message: 'Input/output filters require at least one `matches` or `=` operator.', error: 'InvalidRequestError' },
    ],
    [
      `filter=${encodeURIComponent('[{"type":"stringOptions","column":"input","operator":"any of","value":["x"]}]')}`,
      { message: 'Input/output filters only support filter type `string`.', error: 'InvalidRequestError' },
    ],
    [
      `filter=${encodeURIComponent('[{"type":"string","column":"name","operator":"matches","value":"x"}]')}`,
      { message: '`matches` is only supported for input, output, and metadata filters.', error: 'InvalidRequestError' },
    ],
    [
      `filter=${encodeURIComponent('[{"type":"string","column":"input","operator":"matches","value":"?"}]')}`,
      { message: '`matches` requires at least one search token.', error: 'InvalidRequestError' },
    ],
    [
      `filter=${encodeURIComponent('[{"type":"string","column":"name","operator":"=","value":7}]')}`,
      {
        message: 'Invalid request data',
        error: [
          {
            expected: 'string',
            code: 'invalid_type',
            path: ['filter', 0, 'value'],
            message: 'Invalid input: expected string, received number',
          },
        ],
      },
    ],
    [
      'parseIoAsJson=true',
      {
        message: 'Invalid request data',
        error: [
          {
            code: 'custom',
            path: ['parseIoAsJson'],
            message: expect.stringContaining('parseIoAsJson=true is no longer supported'),
          },
        ],
      },
    ],
  ])('listObservations() refuses %s', async (query, expected) => {
    const server = await startTestServer()
    const { status, body } = await server.get(`${PATH}?${query}`)
    expect([status, body]).toEqual([400, expected])
  })
})
