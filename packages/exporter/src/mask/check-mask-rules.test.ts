import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { checkMaskRules } from './check-mask-rules.js'
import { BUILT_IN_RULES } from './mask-rule.js'

describe('checkMaskRules()', () => {
  it.each<[string, unknown]>([
    ['no rules', []],
    ['every built-in rule', [...BUILT_IN_RULES]],
    ['expressions and functions', [/x/, /y/giu, (text: string) => text, async () => '', class {}]],
    ['an expression of another realm', [runInNewContext('/x/')]],
  ])('checkMaskRules() has nothing to say about %s', (_what, rules) => {
    expect(checkMaskRules(rules)).toBeUndefined()
  })

  it.each<[unknown, string]>([
    [undefined, 'undefined, expected an array of '],
    [null, 'null, expected an array of '],
    ['email', 'a string, expected an array of '],
    [/x/, 'an object, expected an array of '],
    [{ length: 0 }, 'an object, expected an array of '],
    [['mail'], '"mail" at 0, expected '],
    [['email', 'Email'], '"Email" at 1, expected '],
    [['email', ''], '"" at 1, expected '],
    [['email', undefined], 'undefined at 1, expected '],
    // A hole.
    [new Array(1), 'undefined at 0, expected '],
    [['toString'], '"toString" at 0, expected '],
    [[['email']], 'an array at 0, expected '],
    [[{ pattern: 'x' }], 'an object at 0, expected '],
    [[42], 'a number at 0, expected '],
    [['a password that somebody wants to hide'], '"a pass…" at 0, expected '],
  ])('checkMaskRules() says of %j what was found and what is expected', (rules, problem) => {
    const said = checkMaskRules(rules)
    expect(said?.startsWith(problem)).toBe(true)
    expect(said).toMatch(
      /expected (an array of )?regular expressions, functions or 'bearer_token', 'api_key', 'email', 'credit_card', 'iban', 'phone', 'ip'$/,
    )
  })
})
