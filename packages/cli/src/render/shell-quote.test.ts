import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { shellQuote } from './shell-quote.js'

describe('shellQuote()', () => {
  it.each([
    ['pk-lf-0123abc', 'pk-lf-0123abc'],
    ['http://127.0.0.1:4800', 'http://127.0.0.1:4800'],
    ['http://[::1]:4800', "'http://[::1]:4800'"],
    ['a b', "'a b'"],
    ['', "''"],
    ["it's", "'it'\\''s'"],
    ['$(touch x);`id`&|<>', "'$(touch x);`id`&|<>'"],
  ])('quotes %j where a shell needs it', (word, quoted) => {
    expect(shellQuote(word)).toBe(quoted)
    expect(execFileSync('sh', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' })).toBe(word)
  })
})
