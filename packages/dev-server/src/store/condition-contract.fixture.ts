import { describe, expect, it } from 'vitest'
import type { Observation } from '../model/observation.js'
import type { ObservationCondition, OrderOperator, TextOperator } from './observation-query.js'
import type { Store } from './store.js'
import { observation } from './stored-rows.fixture.js'

type Column = ObservationCondition['column']

const { details } = observation()
const text = (column: Column, operator: TextOperator, value: string): ObservationCondition => ({
  ...{ column, type: 'text', operator, value },
})
const keyed = (key: string, operator: TextOperator, value: string): ObservationCondition => ({
  ...{ column: 'metadata', type: 'keyedText', key, operator, value },
})
const list = (column: Column, operator: 'any of' | 'none of', ...values: string[]): ObservationCondition => ({
  ...{ column, type: 'textList', operator, values },
})
const array = (operator: 'any of' | 'none of' | 'all of', ...values: string[]): ObservationCondition => ({
  ...{ column: 'tags', type: 'array', operator, values },
})
const number = (column: Column, operator: OrderOperator, value: number): ObservationCondition => ({
  ...{ column, type: 'number', operator, value },
})
const isNull = (column: Column, isIt = true): ObservationCondition => ({
  ...{ column, type: 'null', operator: isIt ? 'is null' : 'is not null' },
})
const boolean = (column: Column, operator: '=' | '<>', value: boolean): ObservationCondition => ({
  ...{ column, type: 'boolean', operator, value },
})
const time = (column: Column, operator: OrderOperator, millis: number): ObservationCondition => ({
  ...{ column, type: 'time', operator, millis },
})

/** One with values, one with hostile ones, and one without any. */
const ROWS: readonly Observation[] = [
  observation({ id: 'full', name: 'Refund 100%', startTimeMillis: 3 }),
  observation({
    ...{ id: 'odd', name: 'a_b\0\uD83D😀É', startTimeMillis: 2, endTimeMillis: 2, parentObservationId: 'p' },
    ...{ tags: ['a', '\0', 'A'], metadata: { 'k\0': 'x\uD83D', __proto__: 'none', '$.a': '"' }, isRoot: false },
    details: { ...details, usageDetails: { INPUT_cached: 4, total: 2 ** 53 - 1 }, costDetails: {} },
  }),
  observation({
    ...{ id: 'bare', name: '', startTimeMillis: -1, endTimeMillis: 1_000, userId: '', sessionId: '', traceName: null },
    ...{ tags: [], metadata: {}, input: '', output: '', environment: '' },
    details: {
      ...{ ...details, statusMessage: '', version: '', release: '', model: '', modelId: '', promptName: '' },
      ...{ completionStartMillis: null, promptVersion: null, usageDetails: {}, costDetails: {}, offeredTools: [] },
      ...{ calledTools: [], experiment: { id: '', name: '', datasetId: '', itemRootId: 'bare' }, sdkName: '' },
    },
  }),
]

const CONDITIONS: readonly (readonly [what: string, condition: ObservationCondition, found: string])[] = [
  ['text in its case', text('name', 'contains', 'refund'), ''],
  ['text in any case', text('name', 'matches', 'REFUND'), 'full'],
  ['no case beyond ASCII', text('name', 'matches', 'é'), ''],
  ['a sign that LIKE knows', text('name', 'contains', '%'), 'full'],
  ['another sign that LIKE knows', text('name', 'starts with', 'a_b'), 'odd'],
  ['a sign that GLOB knows', text('name', 'contains', '*'), ''],
  ['SQL', text('name', '=', "' OR 1=1 --"), ''],
  ['NULs and lone surrogates as they are stored', text('name', 'contains', '\0\uD83D😀'), 'odd'],
  ['an end behind one', text('name', 'ends with', '😀É'), 'odd'],
  ['the empty text', text('name', '=', ''), 'bare'],
  ['what contains the empty text', text('name', 'contains', ''), 'full odd bare'],
  ['what starts with it', text('name', 'starts with', ''), 'full odd bare'],
  ['what ends with it', text('name', 'ends with', ''), 'full odd bare'],
  ['what does not contain it', text('name', 'does not contain', ''), ''],
  ['null, which contains nothing', text('traceName', 'contains', ''), 'full odd'],
  ['null, which lacks nothing', text('traceName', 'does not contain', 'x'), 'full odd'],
  ['no release where none is null', text('release', 'does not contain', 'x'), 'full odd'],
  ['the empty release', text('release', 'contains', ''), 'bare'],
  ['a list', list('name', 'any of', 'Refund 100%', '', 'other'), 'full bare'],
  ['an empty list', list('name', 'any of'), ''],
  ['none of a list', list('name', 'none of', 'Refund 100%'), 'odd bare'],
  ['none of an empty list, null included', list('traceName', 'none of'), 'full odd bare'],
  ['none of a list, but not null', list('traceName', 'none of', 'x'), 'full odd'],
  ['none of a list, but not what is empty for null', list('release', 'none of', 'x'), 'full odd'],
  ['a tag', array('any of', 'b', 'x'), 'full'],
  ['a tag in its case', array('any of', 'A'), 'odd'],
  ['a tag as it is stored', array('any of', '\0'), 'odd'],
  ['all tags', array('all of', 'a', 'b'), 'full'],
  ['all of no tags', array('all of'), 'full odd bare'],
  ['none of some tags', array('none of', 'b'), 'odd bare'],
  ['a key', keyed('key', '=', 'value'), 'full'],
  ['a key with a dot', keyed('a.b', 'starts with', '1'), 'full'],
  ['a key as it is stored', keyed('k\0', 'ends with', '\uD83D'), 'odd'],
  ['a key that looks like a path', keyed('$.a', '=', '"'), 'odd'],
  ['a key that every object has', keyed('toString', 'does not contain', 'x'), ''],
  ['a missing key, which lacks nothing', keyed('key', 'does not contain', 'x'), 'full'],
  ['a number', number('promptVersion', '=', 3), 'full odd'],
  ['a number, but not null', number('promptVersion', '<', 9), 'full odd'],
  ['the largest whole number', number('totalTokens', '>=', 2 ** 53 - 1), 'odd'],
  ['a kind of usage in any case', number('inputTokens', '=', 4), 'odd'],
  ['no usage as 0', number('inputTokens', '=', 0), 'bare'],
  ['no rate without time', number('tokensPerSecond', '>=', 0), 'full bare'],
  ['a fraction of a second', number('latency', '=', 1.997), 'full'],
  ['no tools', number('toolCalls', '=', 0), 'bare'],
  ['times before 1970', time('startTime', '<', 0), 'bare'],
  ['times between two milliseconds', time('startTime', '>', 2.5), 'full'],
  ['a root', boolean('isRootObservation', '<>', true), 'odd'],
  ['a parent', boolean('hasParentObservation', '=', true), 'odd'],
  ['no input', boolean('hasInput', '=', false), 'bare'],
  ['the root of an item', boolean('isExperimentItemRootSpan', '=', true), 'bare'],
  ['null', isNull('traceName'), 'bare'],
  ['not null', isNull('traceName', false), 'full odd'],
  ['what is empty for null', isNull('experimentId'), 'bare'],
  ['what is empty and not null', isNull('userId'), ''],
]

/** What every store must find by conditions; each adapter runs it. */
export function describeConditions(name: string, open: () => Store): void {
  describe(`${name} keeps the contract of Store about conditions`, () => {
    it.each(CONDITIONS)('findObservations() finds %s', (_what, condition, found) => {
      const store = open()
      store.putObservations(ROWS)
      const rows = store.findObservations({ conditions: [condition], limit: 10, parts: [] })
      expect(rows.map(({ id }) => id).join(' ')).toBe(found)
    })

    it('findObservations() refuses a column that there is not', () => {
      const condition = text('constructor' as Column, '=', '')
      expect(() => open().findObservations({ conditions: [condition], limit: 10, parts: [] })).toThrow(TypeError)
    })
  })
}
