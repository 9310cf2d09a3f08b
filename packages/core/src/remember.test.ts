import { describe, expect, it } from 'vitest'
import { remember } from './remember.js'

describe('remember()', () => {
  it('remember() finds each text once, and gives what was found', () => {
    const asked: string[] = []
    const upper = remember((text) => {
      asked.push(text)
      return text.toUpperCase()
    })
    expect(['a', 'b', 'a', '__proto__', '', ''].map(upper)).toEqual(['A', 'B', 'A', '__PROTO__', '', ''])
    expect(asked).toEqual(['a', 'b', '__proto__', ''])
  })

  it('remember() keeps a thousand texts and no more, and answers for all', () => {
    let asked = 0
    const length = remember((text) => {
      asked++
      return text.length
    })
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 1001; i++) expect(length(`key ${i}`)).toBe(4 + String(i).length)
    }
    expect(asked).toBe(1002)
  })
})
