import { describe, expect, it } from 'vitest'
import { LoaderError } from '../loader-error.js'
import { recordedScores } from '../testing/recorded.fixture.js'
import { readScoreV3 } from './score-v3.js'

const MINIMAL = {
  id: 's',
  name: 'n',
  source: 'API',
  dataType: 'NUMERIC',
  value: 1,
  timestamp: '2026-11-23T04:08:16.074Z',
}

describe('readScoreV3()', () => {
  it('readScoreV3() reads recorded scores of every type and of traces and observations', () => {
    const scores = recordedScores('19_v3_scores_all_fields')
    expect(scores.map(({ name, dataType, value }) => [name, dataType, value])).toEqual([
      ['batched', 'NUMERIC', 0.5],
      ['note', 'TEXT', 'some text'],
      ['safe', 'BOOLEAN', true],
      ['tone', 'CATEGORICAL', 'polite'],
      ['accuracy', 'NUMERIC', 0.9],
    ])
    expect(scores.at(-1)).toMatchObject({
      comment: 'ok',
      metadata: { m: 1 },
      observationId: '627e8459f425a3d4',
      traceId: '982bac9497d68e07c091d2fe69ab4d03',
    })
    expect(scores[0]).toMatchObject({ comment: null, observationId: null, traceId: '982bac9497d68e07c091d2fe69ab4d03' })
  })

  it('readScoreV3() reads scores of experiments, and scores that were asked for without their subject', () => {
    expect(recordedScores('57_v3_scores_of_experiment')[0]?.experimentId).toBe('a8be600f28770e8c')
    expect(recordedScores('18_v3_scores_default')[0]).toMatchObject({ traceId: null, sessionId: null })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['a number as text', { value: '1' }, 'data[0].value should be a number for a NUMERIC score'],
    ['a boolean as number', { dataType: 'BOOLEAN', value: 1 }, 'data[0].value should be a boolean for a BOOLEAN score'],
    ['no value', { value: null }, 'data[0].value should be'],
    ['an unknown type', { dataType: 'VECTOR' }, 'data[0].dataType should be one of'],
    ['a type from the prototype', { dataType: 'toString' }, 'data[0].dataType should be one of'],
    ['an unknown subject', { subject: { kind: 'project', id: 'x' } }, 'data[0].subject.kind should be'],
    ['a subject without id', { subject: { kind: 'trace' } }, 'data[0].subject.id should be'],
    ['no name', { name: '' }, 'data[0].name should be'],
  ])('readScoreV3() names the field on %s', (_, fields, message) => {
    const read = () => readScoreV3({ ...MINIMAL, ...fields }, 'data[0]')
    expect(read).toThrow(LoaderError)
    expect(read).toThrow(message)
  })
})
