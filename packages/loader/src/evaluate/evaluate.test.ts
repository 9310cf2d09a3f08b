import { ExactMatch, JSONDiff, Levenshtein, NumericDiff } from 'autoevals'
import { describe, expect, it } from 'vitest'
import { Dataset } from '../dataset/dataset.js'
import { LoaderError } from '../loader-error.js'
import { evaluate } from './evaluate.js'
import type { EvaluatorInput } from './evaluator.js'

const dataset = Dataset.fromRecords(
  [
    {
      id: 'a',
      query: 'qa',
      actualOutput: 'abc',
      expectedOutput: 'abc',
      latencySeconds: 2,
      traceId: 't',
      observationId: 'o',
    },
    { id: 'b', query: 'qb', actualOutput: 'abd', expectedOutput: 'abc', retrievedContent: ['p'] },
  ],
  { name: 'n' },
)

describe('evaluate()', () => {
  it('evaluate() takes scorers of autoevals as they are', async () => {
    const result = await evaluate(dataset, { evaluators: [ExactMatch, Levenshtein] })
    expect(result.items.map(({ scores }) => scores)).toEqual([
      [score('ExactMatch', 1), score('Levenshtein', 1)],
      [score('ExactMatch', 0), score('Levenshtein', expect.closeTo(2 / 3))],
    ])
    expect(result.items[0]).toMatchObject({
      output: 'abc',
      error: null,
      latencySeconds: 2,
      traceId: 't',
      observationId: 'o',
    })
  })

  it('evaluate() brings the expected output to the form of what a task returns', async () => {
    const rows = [{ query: '2+3', expectedOutput: '5' }]
    const numbers = await evaluate(Dataset.fromRecords(rows), { evaluators: [NumericDiff], task: () => 4 })
    expect(numbers.items[0]?.scores).toEqual([score('NumericDiff', expect.closeTo(8 / 9))])
    const records = await evaluate(Dataset.fromRecords([{ query: 'q', expectedOutput: '{"a":1,"b":2}' }]), {
      evaluators: { same: JSONDiff, exact: ExactMatch },
      task: async () => ({ b: 2, a: 1 }),
    })
    expect(records.items[0]?.scores).toMatchObject([{ name: 'JSONDiff', score: 1 }, { name: 'ExactMatch' }])
  })

  it('evaluate() gives evaluators the item under its own names and those of scorers', async () => {
    const seen: EvaluatorInput[] = []
    await evaluate(dataset, { evaluators: [(input) => void seen.push(input)] })
    expect(seen[1]).toMatchObject({
      id: 'b',
      query: 'qb',
      input: 'qb',
      output: 'abd',
      expected: 'abc',
      context: ['p'],
      item: dataset.at(1),
    })
    await evaluate(Dataset.fromRecords([{ query: 'q', actualOutput: '' }]), {
      evaluators: [(input) => void seen.push(input)],
    })
    expect(seen.at(-1)).toMatchObject({ output: '' })
    expect(Object.hasOwn(seen.at(-1) ?? {}, 'expected')).toBe(false)
  })

  it.each<[string, unknown, object[]]>([
    ['a number', 0.5, [{ name: 'e', score: 0.5 }]],
    ['yes', true, [{ name: 'e', score: true }]],
    ['a label', 'good', [{ name: 'e', score: 'good' }]],
    ['nothing', undefined, [{ name: 'e', score: null, error: null }]],
    ['null', null, [{ name: 'e', score: null, error: null }]],
    [
      'a score',
      { score: 1, reason: 'r', metadata: { k: 1 } },
      [{ name: 'e', score: 1, reason: 'r', metadata: { k: 1 } }],
    ],
    ['a score of another name', { name: 'x', score: 1 }, [{ name: 'x', score: 1 }]],
    ['a rationale', { score: 1, metadata: { rationale: 'so' } }, [{ score: 1, reason: 'so' }]],
    ['a score that failed', { score: null, error: new Error('no key') }, [{ score: null, error: 'no key' }]],
    ['several', [{ score: 1 }, { name: 'x', score: 0 }], [{ name: 'e_1' }, { name: 'x' }]],
    ['one in a list', [{ score: 1 }], [{ name: 'e' }]],
    ['NaN', Number.NaN, [{ score: null, error: expect.stringContaining('the evaluator returned NaN') }]],
    ['infinity', { score: Number.POSITIVE_INFINITY }, [{ error: expect.stringContaining('returned Infinity') }]],
    ['an empty label', '', [{ error: expect.stringContaining('returned an empty text') }]],
    ['a function', () => 1, [{ error: expect.stringContaining('returned a value of type function') }]],
    ['a misspelt score', { scor: 1 }, [{ error: expect.stringContaining('returned an object without a score') }]],
    ['a generator', (function* () {})(), [{ error: expect.stringContaining('returned an object without a score') }]],
    ['a list of lists', [[1]], [{ error: expect.stringContaining('returned a list') }]],
    [
      'two of one name',
      [
        { name: 'x', score: 1 },
        { name: 'x', score: 0 },
      ],
      [{ score: 1 }, { error: expect.stringContaining('another evaluator') }],
    ],
  ])('evaluate() reads %s', async (_, returned, scores) => {
    const only = dataset.filter(({ id }) => id === 'a')
    const result = await evaluate(only, { evaluators: { e: () => returned as never } })
    expect(result.items[0]?.scores).toMatchObject(scores)
  })

  it('evaluate() keeps what a task or an evaluator throws to the item and the score it concerns', async () => {
    const result = await evaluate(dataset, {
      task: (item) => {
        if (item.id === 'a') throw new Error('no model')
        return 'ok'
      },
      evaluators: {
        good: () => 1,
        bad: () => Promise.reject(new Error('no judge')),
        odd: () => {
          throw 'text'
        },
      },
    })
    expect(result.items).toMatchObject([
      { output: null, error: 'no model', scores: [] },
      {
        output: 'ok',
        error: null,
        scores: [
          { name: 'good', score: 1, error: null },
          { name: 'bad', score: null, error: 'no judge' },
          { name: 'odd', score: null, error: 'text' },
        ],
      },
    ])
    expect(result.failures).toHaveLength(2)
  })

  it('evaluate() without a task judges no item that has no output', async () => {
    const result = await evaluate(Dataset.fromRecords([{ query: 'q' }]), { evaluators: [() => 1] })
    expect(result.items[0]).toMatchObject({
      error: 'the item has no actual output, and there is no task to make one',
      scores: [],
    })
  })

  it('evaluate() with a task does not take the trace of the item for that of the new output', async () => {
    const unlinked = await evaluate(dataset, { task: () => 'x', evaluators: [() => 1] })
    expect(unlinked.items[0]).toMatchObject({ traceId: null, observationId: null })
    const linked = await evaluate(dataset, {
      task: (_, run) => {
        run.linkTrace({ traceId: 'T', observationId: 'O' })
        return 'x'
      },
      evaluators: [() => 1],
    })
    expect(linked.items[0]).toMatchObject({ traceId: 'T', observationId: 'O' })
  })

  it('evaluate() works on so many items at once, and keeps their order', async () => {
    let underWay = 0
    let most = 0
    const many = Dataset.fromRecords(Array.from({ length: 20 }, (_, index) => ({ id: `${index}`, query: 'q' })))
    const progress: number[] = []
    const result = await evaluate(many, {
      concurrency: 3,
      task: async (item) => {
        most = Math.max(most, ++underWay)
        // Later items are done earlier.
        for (let turn = 0; turn < 20 - Number(item.id); turn++) await null
        underWay -= 1
        return item.id
      },
      evaluators: [() => 1],
      onProgress: ({ done, total }) => progress.push(done / total),
    })
    expect(most).toBe(3)
    expect(result.items.map(({ output }) => output)).toEqual(many.items.map(({ id }) => id))
    expect(progress.length).toBe(20)
    expect(progress.at(-1)).toBe(1)
  })

  it('evaluate() gives up on calls that take too long, and tells them so', async () => {
    let told: unknown
    const result = await evaluate(
      dataset.filter(({ id }) => id === 'a'),
      {
        timeoutMillis: 5,
        task: (_, { signal }) =>
          new Promise<string>(() => {
            signal.addEventListener('abort', () => {
              told = signal.reason
            })
          }),
        evaluators: [() => 1],
      },
    )
    expect(result.items[0]?.error).toBe('the task took longer than 5 ms')
    expect(told).toBeInstanceOf(Error)
    const judged = await evaluate(dataset, {
      timeoutMillis: 5,
      evaluators: { slow: () => new Promise<number>(() => {}) },
    })
    expect(judged.items[0]?.scores).toMatchObject([{ name: 'slow', error: 'the evaluator took longer than 5 ms' }])
  })

  it('evaluate() ends when the signal fires, and when onProgress throws', async () => {
    const stop = new AbortController()
    const run = evaluate(dataset, {
      signal: stop.signal,
      task: (item) => {
        if (item.id === 'b') stop.abort()
        return new Promise<string>(() => {})
      },
      evaluators: [() => 1],
    })
    await expect(run).rejects.toMatchObject({ code: 'aborted', message: expect.stringContaining('after 0 of 2 items') })
    const problem = new Error('stop')
    const onProgress = (): never => {
      throw problem
    }
    await expect(evaluate(dataset, { evaluators: [() => 1], onProgress })).rejects.toBe(problem)
  })

  it.each<[string, object, string]>([
    ['no evaluators', {}, 'evaluators: it is undefined'],
    ['an empty list', { evaluators: [] }, 'evaluators: it is empty'],
    ['an empty record', { evaluators: {} }, 'evaluators: it is empty'],
    ['something that is no function', { evaluators: { e: 5 } }, 'evaluators: e is a number'],
    ['a hole', { evaluators: [undefined] }, 'evaluators: evaluator_1 is a undefined'],
    ['a task that is none', { evaluators: [() => 1], task: 'x' }, 'task: it is a string'],
    ['no concurrency', { evaluators: [() => 1], concurrency: 0 }, 'concurrency: it is 0'],
    ['no time', { evaluators: [() => 1], timeoutMillis: 0 }, 'timeoutMillis: it is 0'],
    ['an option that is none', { evaluators: [() => 1], concurency: 2 }, 'concurency: it does not exist'],
    ['a signal that is none', { evaluators: [() => 1], signal: {} }, 'signal: it is no AbortSignal'],
    ['a listener that is none', { evaluators: [() => 1], onProgress: 1 }, 'onProgress: it is of type number'],
  ])('evaluate() refuses %s before anything is run', async (_, options, message) => {
    const run = evaluate(dataset, options as never)
    await expect(run).rejects.toBeInstanceOf(LoaderError)
    await expect(run).rejects.toThrow(message)
  })
})

describe('evaluate() of what is no dataset', () => {
  it.each([[[{ query: 'a' }]], [undefined], [{ items: 5 }]])('evaluate() refuses %j', async (notADataset) => {
    const options = { evaluators: [() => 1] }
    await expect(evaluate(notADataset as never, options)).rejects.toMatchObject({ code: 'invalid_options' })
  })
})

describe('summary()', () => {
  it('summary() tells of each metric how its scores are spread', async () => {
    const values = [0, 1, 0.5]
    const rows = values.map((_, index) => ({ id: `${index}`, query: 'q', actualOutput: 'x' }))
    const result = await evaluate(Dataset.fromRecords(rows), {
      evaluators: {
        number: ({ id }) => values[Number(id)],
        passed: ({ id }) => id !== '0',
        label: ({ id }) => (id === '0' ? 'bad' : 'good'),
        flaky: ({ id }) => {
          if (id === '0') throw new Error('x')
          return id === '1' ? null : 1
        },
      },
    })
    expect(result.metricNames).toEqual(['number', 'passed', 'label', 'flaky'])
    expect(result.summary()).toMatchObject({
      number: { scored: 3, unscored: 0, errors: 0, numbers: { mean: 0.5, median: 0.5 }, labels: {} },
      passed: { numbers: { mean: expect.closeTo(2 / 3) } },
      label: { numbers: null, labels: { good: 2, bad: 1 } },
      flaky: { scored: 1, unscored: 1, errors: 1 },
    })
    expect([...result]).toEqual(result.items)
    expect(result.length).toBe(3)
  })
})

function score(name: string, value: unknown): object {
  return { name, score: value, reason: null, error: null, metadata: {} }
}
