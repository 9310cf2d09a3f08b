import { describe, expect, it } from 'vitest'
import { LoaderError } from '../loader-error.js'
import { childRow, rootRow } from '../testing/rows.fixture.js'
import { traceOf } from '../testing/traces.fixture.js'
import { createExtractionPattern } from './create-extraction-pattern.js'
import { PromptPatterns } from './prompt-patterns.js'

const generation = (id: string, parent: string, millis: number, name: string, input: unknown) =>
  childRow('t', id, parent, millis, { type: 'GENERATION', name, input: JSON.stringify(input) })
const chat = (text: string) => [
  { role: 'system', content: 'You are kind.' },
  { role: 'user', content: text },
]

describe('createExtractionPattern()', () => {
  it.each<[string, string | RegExp | undefined, string, string | undefined]>([
    ['Context:', 'Question:', 'Context: a\nb Question: c', ' a\nb '],
    ['Context:', /\n\s*question:/i, 'Context: a\n  Question: c', ' a'],
    ['Context:', 'Question:', 'Context: no end', ' no end'],
    ['Context:', undefined, 'Context: all\nthe rest', ' all\nthe rest'],
    ['a.(b)*[', '?+', 'a.(b)*[x?+y', 'x'],
    ['Context:', /^Q$|one|two/m, 'Context: a two b', ' a '],
    ['Context:', 'x', 'context: a', undefined],
    ['A', 'A', 'A1A2A', '1'],
    ['', '.', 'before.after', 'before'],
  ])('createExtractionPattern(%j, %s) reads %j', (start, end, text, expected) => {
    expect(createExtractionPattern(start, end).exec(text)?.[1]).toBe(expected)
  })

  it.each([[undefined], [/Context:/], ['Context:', 5]])(
    'createExtractionPattern(%j, %j) refuses what is none',
    (...given) => {
      // What JavaScript callers may pass.
      const create = (): RegExp => createExtractionPattern(...(given as unknown as [string]))
      expect(create).toThrow(expect.objectContaining({ code: 'invalid_options' }))
    },
  )

  it('createExtractionPattern() goes over a hostile text once', () => {
    const pattern = createExtractionPattern('Context:', 'Question:')
    const text = `${'Context: '.repeat(50_000)}${' '.repeat(500_000)}`
    const trace = traceOf(rootRow('t', 0), generation('g', 't-root', 1, 'answer', text))
    const { answer } = new PromptPatterns({ answer: { context: pattern } }).extract(trace)
    expect(answer?.context?.length).toBe(text.trim().length - 'Context: '.length)
  })
})

describe('PromptPatterns', () => {
  const trace = traceOf(
    rootRow('t', 0),
    childRow('t', 's', 't-root', 1, { name: 'play_analysis' }),
    generation('g1', 's', 2, 'first', chat('Context: docs\nQuestion: Why?')),
    generation('g2', 's', 3, 'second', chat('Question: late')),
    generation('plain', 't-root', 4, 'plain', 'Name=Ada'),
    childRow('t', 'tool', 't-root', 5, { name: 'lookup', type: 'TOOL', input: 'Question: no' }),
  )

  it('extract() reads variables out of the generations of a step and below it', () => {
    const patterns = new PromptPatterns({
      playAnalysis: {
        context: createExtractionPattern('Context:', 'Question:'),
        question: /Question: (?<question>.+)/g,
        persona: /You are (kind|rude)/,
        whole: /late/,
        missing: /absent (.*)/,
      },
      plain: { name: /Name=(?:(\d+)|(\w+))/ },
      lookup: { question: /Question: (.*)/ },
      unknown: { x: /x/ },
    })
    const expected = {
      playAnalysis: { context: 'docs', question: 'Why?', persona: 'kind', whole: 'late', missing: null },
      plain: { name: 'Ada' },
      lookup: { question: null },
    }
    expect(patterns.extract(trace)).toEqual(expected)
    // A pattern with the g flag remembers nothing.
    expect(patterns.extract(trace)).toEqual(expected)
  })

  it('extract() stops a pattern whose time grows exponentially', () => {
    const hostile = traceOf(rootRow('t', 0), generation('g', 't-root', 1, 'answer', `${'a'.repeat(60)}!`))
    const act = () => new PromptPatterns({ answer: { x: /^(a+)+$/ } }, { timeoutMillis: 20 }).extract(hostile)
    expect(act).toThrow(LoaderError)
    expect(act).toThrow(expect.objectContaining({ code: 'slow_pattern', path: 'answer.x' }))
  })

  it('PromptPatterns() refuses what is no pattern', () => {
    // What JavaScript callers can do.
    const act = () => new PromptPatterns({ answer: { x: 'text' as unknown as RegExp } })
    expect(act).toThrow('Invalid option answer.x: it is no pattern')
    expect(() => new PromptPatterns({}, { timeoutMillis: 0 })).toThrow('Invalid option timeoutMillis')
  })
})
