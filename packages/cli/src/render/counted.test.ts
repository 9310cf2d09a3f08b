import { describe, expect, it } from 'vitest'
import { counted } from './counted.js'

describe('counted()', () => {
  it.each([
    [0, 'trace', '0 traces'],
    [1, 'dataset item', '1 dataset item'],
    [2, 'media file', '2 media files'],
  ])('counted() says %i of %s', (count, thing, text) => {
    expect(counted(count, thing)).toBe(text)
  })
})
