import { describe, expect, it } from 'vitest'
import { postgresPattern } from './postgres-pattern.js'

// What PostgreSQL does stands in its documentation, 9.7.3. POSIX Regular Expressions.
describe('postgresPattern()', () => {
  it.each([
    ['(?i)^(gpt-4o)$', ['gpt-4o', 'GPT-4O'], ['gpt-4o-mini', 'my-gpt-4o']],
    ['^(gpt-4o)$', ['gpt-4o'], ['GPT-4o']],
    ['(?ic)^a$', ['a'], ['A']],
    ['house', ['my-house-model'], ['hous']],
    ['', ['', 'anything'], []],
    ['^a.b$', ['a\nb', 'axb'], ['ab']],
    ['(?n)^a.b$', ['axb', 'x\naxb\ny'], ['a\nb']],
    ['(?w)^a.b$', ['a\nb', 'x\naxb'], ['ab']],
    ['(?p)^a.b$', ['axb'], ['a\nb', 'x\naxb']],
    ['(?ns)^a.b$', ['a\nb'], []],
    ['\\Am\\Z', ['m'], ['m\nm']],
    ['\\mgpt\\M', ['a gpt b', 'gpt'], ['agpt', 'gptb']],
    ['\\yo1\\y', ['openai/o1'], ['foo1']],
    ['a\\Bb', ['a\\b'], ['ab']],
    ['^[[:alpha:]]+-[[:digit:]]+$', ['gpt-4'], ['gpt-x', '4-4']],
    ['^[^[:space:]]+$', ['a'], ['a b']],
    ['^[]a]+$', [']a]'], ['b']],
    ['^[^]a]$', ['b'], [']', 'a']],
    ['^[[]$', ['['], ['a']],
    ['^[\\d.]+$', ['3.5'], ['a']],
    ['^a(?=b)(?!c)(?:b)$', ['ab'], ['a']],
    ['(?<=models/)gemini', ['models/gemini'], ['gemini']],
    ['(a)\\1', ['aa'], ['ab']],
    ['a{', ['a{'], ['a']],
  ])('postgresPattern(%j) fits what it fits in PostgreSQL', (pattern, fitting, others) => {
    const read = postgresPattern(pattern)
    expect(fitting.filter((text) => read?.test(text) !== true)).toEqual([])
    expect(others.filter((text) => read?.test(text) !== false)).toEqual([])
  })

  it.each([
    '(',
    'a)',
    '*a',
    'a**',
    '[a',
    'a\\',
    '\\q',
    '(?<name>a)',
    '(?i:a)',
    '(?x)a b',
    '(?q)a.b',
    '[[.a.]]',
    '[[=a=]]',
    '[z-a]',
    '[[:nonsense:]-a]z{2,1}',
    '['.repeat(1_000_000),
    '[[:alpha:]'.repeat(100_000),
  ])('postgresPattern(%.40j) is none', (pattern) => {
    expect(postgresPattern(pattern)).toBeUndefined()
  })
})
