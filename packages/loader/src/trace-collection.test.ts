import { describe, expect, it } from 'vitest'
import { DatasetItem } from './dataset/dataset-item.js'
import { LoaderError } from './loader-error.js'
import { Trace } from './model/trace.js'
import { rootRow } from './testing/rows.fixture.js'
import { TraceCollection } from './trace-collection.js'
import { readObservationV2 } from './wire/observation-v2.js'

const traces = ['a', 'b', 'c'].map((id, index) => {
  const row = {
    type: 'SPAN',
    ...rootRow(id, -index, { input: `question ${id}`, output: `answer ${id}`, sessionId: 's' }),
  }
  return new Trace([readObservationV2(row, 'row')])
})
const collection = new TraceCollection(traces)

describe('TraceCollection', () => {
  it('TraceCollection is array-like', () => {
    expect([collection[0]?.id, collection[2]?.id, collection[3]]).toEqual(['a', 'c', undefined])
    expect(Array.from(collection)).toEqual(traces)
    expect(Object.keys(collection)).toEqual(['0', '1', '2'])
  })

  it('TraceCollection is iterable, and has length, at(), filter(), find(), slice(), map() and toArray()', () => {
    expect(collection.find(({ id }) => id === 'b')).toBe(traces[1])
    expect(collection.slice(1).map(({ id }) => id)).toEqual(['b', 'c'])
    expect(collection.slice(-1)[0]?.id).toBe('c')
    expect([...collection]).toEqual(traces)
    expect(collection.length).toBe(3)
    expect([collection.at(0)?.id, collection.at(-1)?.id, collection.at(9)]).toEqual(['a', 'c', undefined])
    expect(collection.filter(({ id }) => id !== 'b').map(({ id }, index) => `${index}${id}`)).toEqual(['0a', '1c'])
    collection.toArray().pop()
    expect(collection.length).toBe(3)
    expect(new TraceCollection().length).toBe(0)
  })

  it('toDataset() makes an item of each trace', () => {
    const dataset = collection.toDataset({ name: 'mine' })
    expect(dataset.name).toBe('mine')
    expect(dataset.items.map(({ id, query, actualOutput }) => [id, query, actualOutput])).toEqual([
      ['a', 'question a', 'answer a'],
      ['b', 'question b', 'answer b'],
      ['c', 'question c', 'answer c'],
    ])
  })

  it('toDataset() takes items, plain records, lists and nothing from transform', () => {
    const dataset = collection.toDataset({
      transform: (trace, item) => {
        if (trace.id === 'a') return new DatasetItem({ ...item, expectedOutput: 'gold' })
        if (trace.id === 'b') return [{ query: 'one' }, { query: 'two', traceId: null, tags: ['x'] }]
        return undefined
      },
    })
    expect(dataset.items.map(({ id, query, traceId, sessionId }) => [id, query, traceId, sessionId])).toEqual([
      ['a', 'question a', 'a', 's'],
      ['b', 'one', 'b', 's'],
      ['b-2', 'two', null, 's'],
    ])
    expect(dataset.at(0)?.expectedOutput).toBe('gold')
    expect(collection.toDataset({ transform: () => {} }).length).toBe(0)
  })

  it.each<[string, unknown, string]>([
    ['an unknown field', { query: 'q', answer: 'x' }, 'the result of transform for trace a: unknown field "answer"'],
    ['a string', 'q', 'the result of transform for trace a: expected an object, found string'],
    ['a promise', Promise.resolve({ query: 'q' }), 'transform returned a promise for trace a: it must be synchronous'],
  ])('toDataset() refuses %s from transform', (_, result, message) => {
    // What JavaScript callers can do.
    const transform = () => result as DatasetItem
    expect(() => collection.toDataset({ transform })).toThrow(LoaderError)
    expect(() => collection.toDataset({ transform })).toThrow(message)
  })

  it.each([{ transform: 5 }, { Transform: () => 1 }, null])('toDataset() refuses the options %j', (options) => {
    expect(() => collection.toDataset(options as never)).toThrow(expect.objectContaining({ code: 'invalid_options' }))
  })

  it('toDataset() lets through what transform throws', () => {
    const problem = new Error('mine')
    const act = () =>
      collection.toDataset({
        transform: () => {
          throw problem
        },
      })
    expect(act).toThrow(problem)
  })
})
