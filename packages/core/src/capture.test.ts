import { describe, expect, it } from 'vitest'
import { captureArguments, redacted } from './capture.js'
import { collectDiag } from './collect-diag.fixture.js'
// For the names of parameters.
import './node.js'
import { parametersOf } from './node/parameters-of.js'

type AnyFunction = (...args: never[]) => unknown

const capture = (fn: AnyFunction, args: readonly unknown[], which: true | readonly string[] = true): unknown =>
  captureArguments(fn, args, which)

describe('captureArguments()', () => {
  const plain = (question: string, context?: string[]): unknown => [question, context]
  const rest = (first: string, ...others: string[]): unknown => [first, others]
  const defaults = (a: number, b = 1, { c } = { c: 2 }): unknown => [a, b, c]
  const destructured = ({ q }: { q: string }, [x]: string[], last: number): unknown => [q, x, last]

  it.each<[string, AnyFunction, unknown[], true | string[], unknown]>([
    ['by name', plain, ['q', ['c']], true, { question: 'q', context: ['c'] }],
    ['only those given', plain, ['q'], true, { question: 'q' }],
    ['none', plain, [], true, {}],
    ['more than there are', plain, ['q', [], 'extra'], true, { question: 'q', context: [], arg2: 'extra' }],
    ['a list that picks', plain, ['q', ['c']], ['context'], { context: ['c'] }],
    ['a list with other names', plain, ['q'], ['nobody', '__proto__', 'constructor'], {}],
    ['an empty list', plain, ['q'], [], {}],
    ['rest of many', rest, ['a', 'b', 'c'], true, { first: 'a', others: ['b', 'c'] }],
    ['rest of one', rest, ['a', 'b'], true, { first: 'a', others: ['b'] }],
    ['rest of none', rest, ['a'], true, { first: 'a', others: [] }],
    ['rest picked', rest, ['a', 'b'], ['others'], { others: ['b'] }],
    ['defaults that are given', defaults, [1, 2, { c: 3 }], true, { a: 1, b: 2, arg2: { c: 3 } }],
    ['more than defaults', defaults, [1, 2, {}, 4], true, { a: 1, b: 2, arg2: {}, arg3: 4 }],
    ['destructured', destructured, [{ q: 'x' }, ['y'], 1], true, { arg0: { q: 'x' }, arg1: ['y'], last: 1 }],
    ['destructured, picked', destructured, [{ q: 'x' }, ['y'], 1], ['arg0'], { arg0: { q: 'x' } }],
    ['a native function', Math.max, [1, 2], true, { arg0: 1, arg1: 2 }],
    ['a bound function', plain.bind(null), ['q'], true, { arg0: 'q' }],
    ['a function of no parameters', () => 1, ['a'], true, { arg0: 'a' }],
    // What was not picked must not leave, however little is known of the names.
    ['a native function, picked', Math.max, [1, 2], ['value'], {}],
    ['a function of no parameters, picked', () => 1, ['secret'], ['question'], {}],
  ])('captureArguments() of %s', (_, fn, args, which, expected) => {
    expect(capture(fn, args, which)).toEqual(expected)
  })
})

describe('parametersOf()', () => {
  const evaluated = (source: string): AnyFunction => new Function(`return (${source})`)() as AnyFunction

  it.each<[string, string[]]>([
    ['a => a', ['a']],
    ['async a => a', ['a']],
    ['async => async', ['async']],
    ['$ => $', ['$']],
    ['größe => größe', ['größe']],
    ['() => 1', []],
    ['(a, b) => a', ['a', 'b']],
    ['async (a, b) => a', ['a', 'b']],
    ['function (a, b) {}', ['a', 'b']],
    ['function named(a) { return (b, c) => 1 }', ['a']],
    ['async function* named(a, b) {}', ['a', 'b']],
    ['({ method(a) {} }).method', ['a']],
    ['({ async *method(a) {} }).method', ['a']],
    ["({ ['x' + (1, 2)](a, b) {} })['x2']", ['a', 'b']],
    ['({ "quoted (name"(a) {} })["quoted (name"]', ['a']],
    ['function /* (x, y) */ f(/* first, */ a, // second )\n b) {}', ['a', 'b']],
    ['(a = ")", b = `,(`, c = \'(\') => 1', ['a', 'b', 'c']],
    ['(a = (1, 2), b = [1, 2], c = { d: 1, e: 2 }) => 1', ['a', 'b', 'c']],
    ['(a = /[,)(]/, b = /\\//g, c = 4 / 2 / 1, d) => 1', ['a', 'b', 'c', 'd']],
    ['(a = (x, y) => x, b) => 1', ['a', 'b']],
    ['({ a, b }, [c, d], e) => 1', ['arg0', 'arg1', 'e']],
    ['({ a } = {}, ...rest) => 1', ['arg0', '...rest']],
    ['(...{ length }) => 1', ['...arg0']],
    ['(a, b,) => 1', ['a', 'b']],
  ])('parametersOf(%s)', (source, names) => {
    expect(parametersOf(evaluated(source))).toEqual(names)
  })

  it('parametersOf() knows a rest parameter', () => {
    expect(parametersOf((a: number, ...b: number[]) => [a, b])).toEqual(['a', '...b'])
  })

  it('parametersOf() knows nothing of native and bound functions', () => {
    expect(parametersOf(Math.max)).toEqual([])
    expect(parametersOf((() => 1).bind(null))).toEqual([])
    expect(parametersOf(new Proxy(() => 1, {}))).toEqual([])
  })
})

describe('redacted()', () => {
  it('redacted() applies the function, and leaves a value without one', () => {
    expect(redacted('v', 'input', undefined)).toBe('v')
    expect(redacted('v', 'input', (value, of) => `${of} ${value}`)).toBe('input v')
    expect(redacted('v', 'output', () => undefined)).toBeUndefined()
  })

  it('redacted() hides the whole value when the function throws', async () => {
    const lines = await collectDiag(() => {
      const value = redacted('secret', 'output', () => {
        throw new Error('no pattern')
      })
      expect(value).toBe('[redaction failed]')
    })
    expect(lines).toEqual(['error: Cannot redact a value'])
  })
})
