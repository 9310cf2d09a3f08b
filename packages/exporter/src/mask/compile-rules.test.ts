import { describe, expect, it } from 'vitest'
import { compileRules } from './compile-rules.js'
import type { MaskRule } from './mask-rule.js'

const AT = { key: 'key', spanName: 'span' }

function apply(text: string, ...rules: MaskRule[]): string {
  return compileRules(rules, () => {}).all.reduce((masked, mask) => mask(masked, AT), text)
}

describe('compileRules()', () => {
  it.each([
    [/secret/, 'a secret secret', 'a <masked> <masked>'],
    [/secret/g, 'a secret secret', 'a <masked> <masked>'],
    [/secret/y, 'a secret secret', 'a <masked> <masked>'],
    [/secret/gy, 'a secret secret', 'a <masked> <masked>'],
    [/SECRET/i, 'a secret', 'a <masked>'],
    [/^b$/m, 'a\nb\nc', 'a\n<masked>\nc'],
    [/a.b/s, 'a\nb', '<masked>'],
    [/\p{L}+/u, '12 é', '12 <masked>'],
    [/(?<name>s)(ecret)/d, 'a secret', 'a <masked>'],
    [/(x)?secret/, 'a secret', 'a <masked>'],
    // Nothing cannot be masked, and what matches it does not loop.
    [/x*/, 'abc', 'abc'],
    [/x*/, 'axxb', 'a<masked>b'],
    [/(?:)/g, 'abc', 'abc'],
    [/$/, 'abc', 'abc'],
    [/\b/, 'a b', 'a b'],
    // Text, not a pattern of what replaces it.
    [/secret/, '$& secret $1', '$& <masked> $1'],
  ])('compileRules() lets %s mask %j', (rule, text, masked) => {
    expect(apply(text, rule)).toBe(masked)
    expect(apply(text, rule)).toBe(masked)
  })

  it('compileRules() neither reads nor writes the position of an expression', () => {
    const rule = /secret/g
    rule.lastIndex = 5
    const { all } = compileRules([rule], () => {})
    expect(all[0]?.('secret secret', AT)).toBe('<masked> <masked>')
    rule.lastIndex = 3
    expect(all[0]?.('secret', AT)).toBe('<masked>')
    expect(rule.lastIndex).toBe(3)
  })

  it.each([
    [[/secret/, /mask/], 'a secret mask', 'a <masked> <masked>'],
    [[/secret/, /masked/, /[a-z]+ed/], 'secret', '<masked>'],
    [['email', /email|mail/] as MaskRule[], 'a@b.co mail', '<email> <masked>'],
    // A mark among other things is part of them.
    [[/secret/, /a.*z/], 'a secret z', '<masked>'],
    [[/</], '<b>', '<masked>b>'],
  ])('compileRules() does not let %s mask the marks of another rule', (rules, text, masked) => {
    expect(apply(text, ...rules)).toBe(masked)
  })

  it('compileRules() says which rule of the application runs', () => {
    const entered: number[] = []
    const { all, own, builtIns } = compileRules(['email', /x/, 'ip', (text) => text], (index) => entered.push(index))
    for (const mask of all) mask('x', AT)
    expect(entered).toEqual([1, 3])
    expect([all.length, own.length, builtIns.all.length, builtIns.own.length]).toEqual([4, 2, 2, 0])
  })

  it.each([
    [['api_key'], 'password', '<api_key>'],
    [['bearer_token', 'api_key'], 'authorization', '<bearer_token>'],
    [['email', 'ip', /x/, (text: string) => text], 'password', undefined],
    [[], 'password', undefined],
  ] as [MaskRule[], string, string | undefined][])(
    'compileRules() of %j marks %j by name as %j',
    (rules, name, mark) => {
      expect(compileRules(rules, () => {}).markForName(name)).toBe(mark)
    },
  )
})
