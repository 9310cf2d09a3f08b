import { describe, expect, it } from 'vitest'
import { TypesByName } from './types-by-name.js'

describe('TypesByName', () => {
  it('of() gives the same type the second time, and the right one when there are more names than it remembers', () => {
    const types = new TypesByName('base')
    for (let i = 0; i < 1500; i++) expect(types.of(`retrieval-${i}`)).toBe('retriever')
    expect(types.of('retrieval-0')).toBe('retriever')
    expect(types.of('retrieval-1499')).toBe('retriever')
    expect(types.of('plain')).toBe('span')
    expect(new TypesByName('evaluation').of('plain')).toBe('evaluator')
  })
})
