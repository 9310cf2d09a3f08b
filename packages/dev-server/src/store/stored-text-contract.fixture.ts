import { describe, expect, it } from 'vitest'
import type { Observation } from '../model/observation.js'
import type { Store } from './store.js'
import { observation, score } from './stored-rows.fixture.js'

/** Text, and how it comes back: as UTF-8 without NULs. */
const TEXTS: readonly (readonly [what: string, text: string, stored: string])[] = [
  ['nothing', '', ''],
  ['a NUL', 'a\0b', 'a\uFFFDb'],
  ['a lone surrogate', '\uD83Dx', '\uFFFDx'],
  ['surrogates in the wrong order', '\uDE00\uD83D', '\uFFFD\uFFFD'],
  ['an emoji', '😀', '😀'],
  ['the last character before surrogates, and the first after', '\uD7FF\uE000', '\uD7FF\uE000'],
  ['line separators', 'a\u2028b\r\n', 'a\u2028b\r\n'],
  ['what looks like an escape', '\\u0000 \\ud83d', '\\u0000 \\ud83d'],
  ['SQL', `'; DROP TABLE observations; --"`, `'; DROP TABLE observations; --"`],
  ['a number with 20 digits', '12345678901234567890', '12345678901234567890'],
  ['a megabyte', 'é'.repeat(500_000), 'é'.repeat(500_000)],
]

const ALL = { conditions: [], limit: 10, parts: ['io', 'metadata'] } as const

/** What every store must do with text, numbers and objects that others hold; each adapter runs it. */
export function describeStoredText(name: string, open: () => Store): void {
  describe(`${name} keeps the contract of Store about what is stored`, () => {
    it.each(TEXTS)('putObservations() and putScores() store %s, in every text there is', (_what, text, stored) => {
      const store = open()
      store.putObservations([observationOf(text)])
      expect(store.findObservations(ALL)).toEqual([observationOf(stored)])
      store.putScores([scoreOf(text)])
      expect(store.findScores({ limit: 10 })).toEqual([scoreOf(stored)])
      expect(store.findScores({ limit: 10, ids: [text], names: [text], strings: [text] })).toHaveLength(1)
      expect(store.findTrace(text)?.tags).toEqual([stored])
      store.deleteTrace(text)
      store.deleteScore(text)
      expect([store.findTrace(stored), store.findScores({ limit: 10 })]).toEqual([undefined, []])
    })

    it('putObservations() stores keys that every object has', () => {
      const metadata = JSON.parse('{"__proto__":"a","constructor":"b","":"c","hasOwnProperty":"d"}')
      const store = open()
      store.putObservations([observation({ metadata })])
      const [found] = store.findObservations(ALL)
      expect(Object.entries(found?.metadata ?? {})).toEqual(Object.entries(metadata))
    })

    it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300])('putObservations() refuses %s as a time', (millis) => {
      const store = open()
      for (const field of ['startTimeMillis', 'endTimeMillis']) {
        expect(() => store.putObservations([observation(), observation({ id: 'o2', [field]: millis })])).toThrow()
      }
      for (const field of ['timestampMillis', 'createdAtMillis', 'updatedAtMillis']) {
        expect(() => store.putScores([score(), score({ id: 's2', [field]: millis })])).toThrow()
      }
      expect([store.findObservations(ALL), store.findScores({ limit: 10 })]).toEqual([[], []])
    })

    it('putObservations() and putScores() store numbers up to what a double can say', () => {
      const store = open()
      const { details } = observation()
      const startTimeMillis = -8_640_000_000_000_000
      const endTimeMillis = Number.MAX_SAFE_INTEGER
      const rich = observation({
        ...{ startTimeMillis, endTimeMillis },
        details: { ...details, usageDetails: { total: Number.MAX_SAFE_INTEGER }, costDetails: { total: 5e-324 } },
      })
      store.putObservations([rich])
      expect(store.findObservations(ALL)).toEqual([rich])
      for (const value of [-1.5, 5e-324, 1.7976931348623157e308, 2 ** 63]) {
        store.putScores([score({ value })])
        expect(store.findScores({ limit: 10, minValue: value, maxValue: value })).toEqual([score({ value })])
      }
      store.putScores([score({ value: -0 })])
      expect(store.findScores({ limit: 10 })).toEqual([score({ value: 0 })])
      expect(() => store.putScores([score({ value: Number.NaN })])).toThrow()
    })

    it('putObservations() and putScores() store what is there at the time, whatever becomes of it', () => {
      const store = open()
      const tags = ['a']
      const metadata = { key: 'value' }
      const usageDetails = { total: 1 }
      const { details } = observation()
      store.putObservations([observation({ tags, metadata, details: { ...details, usageDetails } })])
      store.putScores([score({ metadata })])
      tags.push('later')
      metadata.key = 'later'
      usageDetails.total = 2
      expect(store.findObservations(ALL)).toEqual([
        observation({ tags: ['a'], details: { ...details, usageDetails: { total: 1 } }, metadata: { key: 'value' } }),
      ])
      expect(store.findScores({ limit: 10 })).toEqual([score({ metadata: { key: 'value' } })])
    })
  })
}

function observationOf(text: string): Observation {
  const { details } = observation()
  return observation({
    ...{ id: text, traceId: text, parentObservationId: text, name: text, userId: text, sessionId: text },
    ...{ traceName: text, tags: [text], metadata: { [text]: text }, input: text, output: text },
    details: {
      ...{ ...details, statusMessage: text, version: text, release: text, model: text, promptName: text },
      ...{ modelParameters: { [text]: text }, offeredTools: [text], calledTools: [text] },
      experiment: {
        ...{ id: 'e', name: text, datasetId: text, itemRootId: text, description: text },
        metadata: { a: text },
      },
    },
  })
}

function scoreOf(text: string): ReturnType<typeof score> {
  return score({
    ...{ id: text, name: text, dataType: 'TEXT', value: 0, stringValue: text, traceId: text, observationId: text },
    ...{ sessionId: text, datasetRunId: text, comment: text, configId: text, queueId: text, authorUserId: text },
    metadata: { [text]: text },
  })
}
