import { describe, expect, it } from 'vitest'
import { toScore } from './to-score.js'

const about = { traceId: 't', name: 'n' }

describe('toScore()', () => {
  it.each([
    [{ value: 0.5 }, { value: 0.5, dataType: 'NUMERIC' }],
    [{ value: true }, { value: 1, dataType: 'BOOLEAN' }],
    [{ value: 'FALSE' }, { value: 0, dataType: 'BOOLEAN' }],
    [{ value: '-1e3' }, { value: -1000, dataType: 'NUMERIC' }],
    [{ value: 'good' }, { value: 'good', dataType: 'CATEGORICAL' }],
    [{ value: 'infinite' }, { value: 'infinite', dataType: 'CATEGORICAL' }],
    [{ value: '0x10' }, { value: '0x10', dataType: 'CATEGORICAL' }],
    [
      { value: '5', dataType: 'CATEGORICAL' },
      { value: '5', dataType: 'CATEGORICAL' },
    ],
    [
      { value: '1', dataType: 'BOOLEAN' },
      { value: 1, dataType: 'BOOLEAN' },
    ],
    [
      { value: 'x', dataType: 'TEXT', metadata: '{"a":1}' },
      { value: 'x', dataType: 'TEXT', metadata: { a: 1 } },
    ],
  ])('toScore() reads %j', (fields, expected) => {
    expect(toScore({ ...about, ...fields })).toMatchObject({ kind: 'score', score: expected })
  })

  it.each([
    [{}, 'value: expected a number'],
    [{ value: null }, 'value: expected a number'],
    [{ value: [] }, 'value: expected a number'],
    [{ value: Number.POSITIVE_INFINITY }, 'value: expected a number'],
    [{ value: 'NaN' }, 'value: expected a number'],
    [{ value: '-inf' }, 'value: expected a number'],
    [{ value: 'Infinity' }, 'value: expected a number'],
    [{ value: 'good', dataType: 'NUMERIC' }, 'value: expected a number'],
    [{ value: 2, dataType: 'BOOLEAN' }, 'value: expected true or false'],
    [{ value: 'constructor', dataType: 'BOOLEAN' }, 'value: expected true or false'],
    [{ value: 1, dataType: 'CATEGORICAL' }, 'value: expected text for CATEGORICAL'],
    [{ value: 1, dataType: 'numeric' }, 'dataType: expected one of NUMERIC, BOOLEAN, CATEGORICAL, TEXT, CORRECTION'],
    [{ value: 1, name: ' ' }, 'name: expected the name of the score'],
    [{ value: 1, id: 7 }, 'id: expected text'],
    [{ value: 1, comment: '' }, 'comment: expected text'],
    [{ value: 1, metadata: '[1]' }, 'metadata: expected a JSON object'],
    [{ value: 1, metadata: 'x' }, 'metadata: expected a JSON object'],
    [
      { value: 1, timestamp: '2026-11-01T10:00:00' },
      "timestamp: expected an ISO 8601 time such as '2026-11-01T12:00:00Z'",
    ],
    [
      { value: 1, timestamp: '2026-13-01T10:00:00Z' },
      "timestamp: expected an ISO 8601 time such as '2026-11-01T12:00:00Z'",
    ],
    [{ value: 1, traceId: undefined }, 'expected one of traceId, sessionId, datasetRunId: found 0'],
    [
      { value: 1, traceId: undefined, sessionId: 's', observationId: 'o' },
      'observationId: expected its traceId beside it',
    ],
  ])('toScore() says what is wrong with %j', (fields, reason) => {
    expect(toScore({ ...about, ...fields })).toEqual({ kind: 'wrong', reason })
  })

  it('toScore() makes the id of what a score is about and its name, and of nothing else', () => {
    const idOf = (fields: object): unknown => {
      const reading = toScore({ ...about, value: 1, ...fields })
      return reading.kind === 'score' ? reading.score.id : reading
    }
    expect(idOf({})).toMatch(/^[0-9a-f]{32}$/)
    expect(idOf({ value: 2, comment: 'changed' })).toBe(idOf({}))
    const others = [{ name: 'm' }, { traceId: 'u' }, { observationId: 'o' }, { traceId: undefined, sessionId: 't' }]
    expect(new Set([{}, ...others].map(idOf)).size).toBe(5)
    expect(idOf({ id: 'mine' })).toBe('mine')
  })
})
