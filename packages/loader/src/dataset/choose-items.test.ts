import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LoaderError } from '../loader-error.js'
import { Dataset } from './dataset.js'
import type { DatasetItemInput } from './item-fields.js'

function numbered(count: number): Dataset {
  const rows = Array.from({ length: count }, (_, index) => ({ id: `i${index}`, query: `q${index}` }))
  return Dataset.fromRecords(rows, { name: 'n' })
}

function idsOf(dataset: Dataset): string[] {
  return dataset.items.map(({ id }) => id)
}

describe('sample()', () => {
  it('sample() draws the same items for the same seed, in every process and on every machine', () => {
    expect(idsOf(numbered(10).sample(4, { seed: 42 }))).toEqual(['i1', 'i2', 'i6', 'i7'])
    expect(idsOf(numbered(10).sample(4, { seed: 42 }))).toEqual(idsOf(numbered(10).sample(4, { seed: 42 })))
    expect(idsOf(numbered(100).sample(20, { seed: 1 }))).not.toEqual(idsOf(numbered(100).sample(20, { seed: 2 })))
    expect(idsOf(numbered(100).sample(20, { seed: 1 }))).not.toEqual(idsOf(numbered(100).sample(20, { seed: '1' })))
    expect(numbered(3).sample(2).name).toBe('n')
  })

  it('sample() gives so many items, each once, in order, and changes by one when one is added', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(60), fc.integer(), (size, count, seed) => {
        const drawn = idsOf(numbered(size).sample(count, { seed }))
        expect(drawn.length).toBe(Math.min(size, count))
        expect(drawn).toEqual(idsOf(numbered(size)).filter((id) => drawn.includes(id)))
        const later = idsOf(numbered(size + 1).sample(count, { seed }))
        expect(drawn.filter((id) => !later.includes(id)).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it.each([-1, 1.5, Number.NaN, '3'])('sample() refuses %j', (count) => {
    expect(() => numbered(3).sample(count as number)).toThrow(LoaderError)
  })
})

describe('split()', () => {
  it('split() divides into parts of the right sizes that have nothing in common', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({ min: 0, max: 1, noNaN: true }), fc.string(), (size, share, seed) => {
        const { train, test } = numbered(size).split({ train: share, test: 1 - share }, { seed })
        expect([...idsOf(train), ...idsOf(test)].sort()).toEqual(idsOf(numbered(size)).sort())
        expect(Math.abs(train.length - share * size)).toBeLessThanOrEqual(0.5 + 1e-9)
      }),
    )
  })

  it('split() names the parts, keeps the order, and takes shares that miss 1 by a rounding error', () => {
    const parts = numbered(10).split({ train: 0.7, test: 0.2, dev: 0.1 }, { seed: 3 })
    expect(Object.values(parts).map(({ name, length }) => [name, length])).toEqual([
      ['n-train', 7],
      ['n-test', 2],
      ['n-dev', 1],
    ])
    expect(idsOf(parts.train)).toEqual(idsOf(parts.train).toSorted())
  })

  it('split() keeps groups together', () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({ id: `${index}`, query: 'q', sessionId: `s${index % 9}` }))
    const { train, test } = Dataset.fromRecords(rows).split(
      { train: 0.5, test: 0.5 },
      { groupBy: (item) => item.sessionId ?? item.id },
    )
    const sessions = (dataset: Dataset) => new Set(dataset.items.map(({ sessionId }) => sessionId))
    expect([...sessions(train)].filter((session) => sessions(test).has(session))).toEqual([])
    expect(train.length + test.length).toBe(100)
    expect(Math.abs(train.length - 50)).toBeLessThanOrEqual(12)
  })

  it.each([{ a: 0.5 }, { a: 0.6, b: 0.6 }, { a: 1.5, b: -0.5 }, { a: Number.NaN }, {}])(
    'split() refuses %j',
    (parts) => {
      expect(() => numbered(3).split(parts as Record<string, number>)).toThrow(/^Invalid option parts: the shares make/)
    },
  )
})

describe('dedupe()', () => {
  const rows: DatasetItemInput[] = [
    { id: '1', query: 'a', additionalInput: { x: 1, y: { p: 1, q: 2 } }, actualOutput: 'one' },
    { id: '2', query: 'a', additionalInput: { y: { q: 2, p: 1 }, x: 1 }, actualOutput: 'two' },
    { id: '3', query: 'a', additionalInput: { x: 2 } },
    { id: '4', query: 'b' },
  ]

  it('dedupe() keeps the first item of those with the same input, whatever the order of keys', () => {
    expect(idsOf(Dataset.fromRecords(rows).dedupe())).toEqual(['1', '3', '4'])
  })

  it('dedupe() compares the fields, or what the function gives', () => {
    expect(idsOf(Dataset.fromRecords(rows).dedupe({ by: ['query'] }))).toEqual(['1', '4'])
    expect(idsOf(Dataset.fromRecords(rows).dedupe({ by: () => undefined }))).toEqual(['1'])
    expect(idsOf(Dataset.fromRecords(rows).dedupe({ by: ({ query }) => query.toUpperCase() }))).toEqual(['1', '4'])
  })
})

describe('summary()', () => {
  it('summary() counts what there is', () => {
    const summary = Dataset.fromRecords(
      [
        {
          query: 'a',
          actualOutput: '',
          expectedOutput: 'x',
          tags: ['t', 't', 'u'],
          judgment: 'pass',
          latencySeconds: 3,
        },
        { query: 'b', actualOutput: 'y', traceId: 'T', tags: ['u'], judgment: true, latencySeconds: 1 },
        { query: 'c', traceId: 'T', sessionId: 'S', judgment: 0.5, latencySeconds: 2, sourceTimestamp: '2026-11-20' },
        { query: 'd', traceId: 'V', judgment: 'pass', sourceTimestamp: '2026-11-19T00:00:00Z' },
      ],
      { name: 'n' },
    ).summary()
    expect(summary).toMatchObject({
      name: 'n',
      items: 4,
      filled: { actualOutput: 1, expectedOutput: 1, retrievedContent: 0 },
      traces: 2,
      sessions: 1,
      tags: { u: 2, t: 1 },
      judgments: { pass: 2, true: 1 },
      judgmentNumbers: { count: 1, min: 0.5, mean: 0.5 },
      latencySeconds: { count: 3, min: 1, mean: 2, median: 2, p95: 3, max: 3 },
      from: '2026-11-19T00:00:00.000Z',
      to: '2026-11-20T00:00:00.000Z',
    })
    expect(Object.keys(summary.tags)).toEqual(['u', 't'])
  })

  it('summary() of nothing has no numbers', () => {
    expect(new Dataset().summary()).toMatchObject({ items: 0, traces: 0, tags: {}, latencySeconds: null, from: null })
  })
})
