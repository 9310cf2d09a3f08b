import { describe, expect, it } from 'vitest'
import { isSafePattern } from './safe-pattern.js'

describe('isSafePattern()', () => {
  it.each([
    ['', true],
    ['input', true],
    ['^(input|prompt)_.*$', true],
    ['(ab)+c*', true],
    ['(?:a|b){2,}(?=c)', true],
    ['[(+*]+\\(\\)+', true],
    ['(a[)+]b)*', true],
    ['a*'.repeat(25), true],
    ['a*'.repeat(26), false],
    ['(a+)+', false],
    ['(a+){2}', false],
    ['((a|b*))*', false],
    ['(?:(?:x)(a?))+$', false],
    ['(a{2,3})*', false],
    ['([()]+)*', false],
    ['(\\(+)*', false],
    [')'.repeat(10), true],
  ])('isSafePattern(%.30j) is %s', (pattern, isSafe) => {
    expect(isSafePattern(pattern)).toBe(isSafe)
  })
})
