import { describe, expect, it } from 'vitest'
import type { LatestScoreQuery } from './latest-score-query.js'
import type { ScoreQuery } from './score-query.js'
import type { Store } from './store.js'
import { score } from './stored-rows.fixture.js'

const none = { traceId: null, observationId: null, sessionId: null, datasetRunId: null }

/** Newest first. */
const SCORES = [
  score({ id: 'text', timestampMillis: 5, dataType: 'TEXT', value: 0, stringValue: 'fine', name: 'Tone', ...none }),
  score({ id: 'run', timestampMillis: 4, updatedAtMillis: 9, ...none, datasetRunId: 'e', environment: 'prod' }),
  score({ id: 'session', timestampMillis: 3, ...none, sessionId: 's', source: 'EVAL', authorUserId: 'ada' }),
  score({ id: 'trace', timestampMillis: 2, value: -1, ...none, traceId: 't1', configId: null, queueId: null }),
  score({ id: 'span', timestampMillis: 1, value: 2, traceId: 't1', observationId: 'o1', name: 'tone' }),
  score({ id: 'fix', timestampMillis: 0, dataType: 'CORRECTION', value: 0, stringValue: 'x', traceId: 't1' }),
]

const QUERIES: readonly (readonly [what: string, query: Partial<ScoreQuery>, found: string])[] = [
  ['all', {}, 'text run session trace span fix'],
  ['all without a limit', { limit: -1 }, 'text run session trace span fix'],
  ['nothing', { limit: 0 }, ''],
  ['a few', { limit: 2 }, 'text run'],
  ['some ids', { ids: ['run', 'fix', 'other', "' OR 1"] }, 'run fix'],
  ['none of no ids', { ids: [] }, ''],
  ['a name in its case', { names: ['tone'] }, 'span'],
  ['a source', { sources: ['EVAL'] }, 'session'],
  ['types', { dataTypes: ['TEXT', 'CORRECTION'] }, 'text fix'],
  ['an environment', { environments: ['prod'] }, 'run'],
  ['a config', { configIds: ['config'] }, 'text run session span fix'],
  ['a queue', { queueIds: ['queue'], limit: 1 }, 'text'],
  ['an author', { authorUserIds: ['ada'] }, 'session'],
  ['a trace', { traceIds: ['t1'] }, 'trace span fix'],
  ['no empty id for null', { traceIds: [''] }, ''],
  ['a session', { sessionIds: ['s'] }, 'session'],
  ['an observation', { observationIds: ['o1'] }, 'span fix'],
  ['a run', { datasetRunIds: ['e'] }, 'run'],
  ['a number', { numbers: [2, -1] }, 'trace span'],
  ['a text', { strings: ['fine'] }, 'text'],
  ['a number and more', { minValue: 0.25 }, 'run session span'],
  ['a number and less', { maxValue: 0 }, 'text trace fix'],
  ['from a time on, which counts', { fromMillis: 4 }, 'text run'],
  ['until a time, which does not', { toMillis: 1 }, 'fix'],
  ['between two milliseconds', { fromMillis: 0.5, toMillis: 1.5 }, 'span'],
  ['what follows', { after: { timestampMillis: 1, id: 'span' } }, 'fix'],
  ['what follows a place without a score', { after: { timestampMillis: 1, id: 'zzz' } }, 'span fix'],
  ['several at once', { traceIds: ['t1'], minValue: 0, dataTypes: ['NUMERIC'] }, 'span'],
]

/** What every store must do about scores; each adapter runs it. */
export function describeScores(name: string, open: () => Store): void {
  describe(`${name} keeps the contract of Store about scores`, () => {
    it.each(QUERIES)('findScores() finds %s', (_what, query, found) => {
      const store = open()
      store.putScores(SCORES)
      const scores = store.findScores({ limit: 10, ...query })
      expect(scores.map(({ id }) => id).join(' ')).toBe(found)
    })

    it('findLatestScores() gives so many of each trace, those that were written last first, and no corrections', () => {
      const store = open()
      store.putScores([
        ...SCORES,
        score({ id: 'newer', timestampMillis: 1, updatedAtMillis: 2000, ...none, traceId: 't1' }),
        score({ id: 'as new', timestampMillis: 2, updatedAtMillis: 2000, ...none, traceId: 't2' }),
        score({ id: 'elsewhere', timestampMillis: 1, traceId: 't1', observationId: 'o2' }),
      ])
      const ask = (query: Partial<Extract<LatestScoreQuery, { about: 'traces' }>>): string =>
        store
          .findLatestScores({
            ...{ about: 'traces', traceIds: ['t1', 't2'], observationIds: ['o1'] },
            ...{ fromMillis: 0, toMillis: 10, limitEach: 2, ...query },
          })
          .map(({ id }) => id)
          .join(', ')
      expect(ask({})).toBe('as new, newer, trace')
      expect(ask({ limitEach: 9 })).toBe('as new, newer, trace, span')
      expect(ask({ limitEach: 9, traceIds: ['t2'] })).toBe('as new')
      expect(ask({ limitEach: 9, observationIds: [] })).toBe('as new, newer, trace')
      expect(ask({ fromMillis: 2, toMillis: 3 })).toBe('as new, trace')
      expect(ask({ traceIds: [] })).toBe('')
    })

    it('findLatestScores() gives those of experiments as a whole', () => {
      const store = open()
      store.putScores([
        ...SCORES,
        score({ id: 'later', timestampMillis: 5, updatedAtMillis: 10, ...none, datasetRunId: 'e' }),
        score({ id: 'of a trace', timestampMillis: 5, traceId: 't1', observationId: null, datasetRunId: 'e' }),
      ])
      const query = { about: 'experiments', experimentIds: ['e', 'f'], fromMillis: 0, toMillis: 10 } as const
      const ids = (limitEach: number): string[] => store.findLatestScores({ ...query, limitEach }).map(({ id }) => id)
      expect([ids(1), ids(9)]).toEqual([['later'], ['later', 'run']])
    })
  })
}
