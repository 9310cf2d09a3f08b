import { describe, expect, it } from 'vitest'
import { cutBinary, cutText } from './cut-text.js'

function cut(text: string, maxBytes: number): string | undefined {
  const bytes = Buffer.from(text)
  const found = cutText(bytes, maxBytes)
  if (!found) return undefined
  const result = bytes.toString('utf8', 0, found.keptBytes) + found.mark
  expect(Buffer.byteLength(result)).toBe(found.bytes)
  expect(found.bytes).toBeLessThanOrEqual(maxBytes)
  return result
}

describe('cutText()', () => {
  it.each([
    ['', 64],
    ['x'.repeat(64), 64],
    ['語'.repeat(33), 99],
  ])('cutText() leaves %j as it is in %i bytes', (text, maxBytes) => {
    expect(cut(text, maxBytes)).toBeUndefined()
  })

  it.each([
    ['ASCII', 'x'.repeat(100), 64, `${'x'.repeat(38)}…[cut: 62 bytes]`],
    ['a megabyte', 'x'.repeat(1_048_576), 1000, `${'x'.repeat(974)}…[cut: 1047602 bytes]`],
    ['two bytes a character', `x${'é'.repeat(60)}`, 64, `x${'é'.repeat(18)}…[cut: 84 bytes]`],
    ['three bytes a character', '語'.repeat(60), 64, `${'語'.repeat(12)}…[cut: 144 bytes]`],
    ['four bytes a character', '🦊'.repeat(60), 64, `${'🦊'.repeat(9)}…[cut: 204 bytes]`],
  ])('cutText() cuts %s between two characters', (_what, text, maxBytes, expected) => {
    expect(cut(text, maxBytes)).toBe(expected)
  })

  it('cutText() ends in bytes that are no text, too', () => {
    expect(cutText(Buffer.alloc(10_000_000, 0x80), 64)).toMatchObject({ keptBytes: 35 })
  })
})

describe('cutBinary()', () => {
  it('cutBinary() keeps all bytes or none', () => {
    expect(cutBinary(Buffer.alloc(64), 64)).toBeUndefined()
    expect(cutBinary(Buffer.alloc(65), 64)).toEqual({ keptBytes: 0, mark: '…[cut: 65 bytes]', bytes: 18 })
  })
})
