import { describe, expect, it } from 'vitest'
import { maskJsonParts } from './json-parts.js'

function partsOf(text: string): string[] {
  const parts: string[] = []
  maskJsonParts(text, {
    string: (content, name) => {
      parts.push(`${name}:${content}`)
      return content
    },
    number: (literal, name) => {
      parts.push(`${name}#${literal}`)
      return literal
    },
  })
  return parts
}

const hide = (text: string): string =>
  maskJsonParts(text, {
    string: (content) => content.replaceAll('secret', '"-"'),
    number: (literal) => (literal === '42' ? '<n>' : literal),
  })

describe('maskJsonParts()', () => {
  it.each([
    ['{"a":"b"}', [':a', 'a:b']],
    ['{"a" : [ "b", "c", 1 ] , "d":2}', [':a', 'a:b', 'a:c', 'a#1', ':d', 'd#2']],
    ['{"a":{"b":"c"},"d":["e"]}', [':a', ':b', 'b:c', ':d', 'd:e']],
    // What ends with an object has no name any more.
    ['[{"a":"b"},"c"]', [':a', 'a:b', ':c']],
    ['"whole"', [':whole']],
    ['["\\u0061\\n\\"\\\\\\/"]', [':a\n"\\/']],
    ['["\\\\","x"]', [':\\', ':x']],
    ['["\\\\\\"x"]', [':\\"x']],
    ['["\\ud83d\\ude00"]', [':😀']],
    [' [-1.5e+10, 12345678901234567890]', ['#-1.5e+10', '#12345678901234567890']],
    ['[true,false,null]', []],
    ['{"__proto__":"a","a":"1","a":"2"}', [':__proto__', '__proto__:a', ':a', 'a:1', ':a', 'a:2']],
    // Cut, and no JSON at all.
    ['{"a":"b', [':a', 'a:b']],
    ['{"a":"b\\', [':a', 'a:b\\']],
    ['{"a":"b\\u00', [':a', 'a:bu00']],
    ['{"a', [':a']],
    ['["raw\nline", "bad \\x escape"]', [':raw\nline', ':bad x escape']],
    ['[note] "quoted" 42', [':quoted', '#42']],
    ['{', []],
    ['"', [':']],
    ['', []],
  ])('maskJsonParts() finds the parts of %j', (text, parts) => {
    expect(partsOf(text)).toEqual(parts)
  })

  it.each([
    ['{"a":"a secret"}', '{"a":"a \\"-\\""}'],
    ['{"secret":1}', '{"\\"-\\"":1}'],
    ['["\\u0073ecret\\n"]', '["\\"-\\"\\n"]'],
    ['[42, 43]', '["<n>", 43]'],
    ['{"a":42,"b":"secret","c":42}', '{"a":"<n>","b":"\\"-\\"","c":"<n>"}'],
    ['["secret', '["\\"-\\"'],
  ])('maskJsonParts() replaces in %j only what changes', (text, masked) => {
    expect(hide(text)).toBe(masked)
  })

  it.each([
    '{"n":1.0,"big":12345678901234567890, "a":1,"a":2}',
    '["\\u0061", "\\/"]',
    '[\n\t1 ,2]',
    '{"__proto__":{}}',
    '{"a',
  ])('maskJsonParts() returns %j as it is when nothing changes', (text) => {
    expect(hide(text)).toBe(text)
  })

  it('maskJsonParts() is not stopped by depth', () => {
    const deep = '['.repeat(200_000)
    expect(hide(`${deep}"secret"`)).toBe(`${deep}"\\"-\\""`)
  })
})
