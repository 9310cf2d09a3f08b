import { describe, expect, it } from 'vitest'
import { parseBytes, parseDuration } from './parse-quantity.js'

describe('parseDuration() and parseBytes()', () => {
  it.each([
    ['1s', 1000],
    ['90m', 5_400_000],
    ['1.5h', 5_400_000],
    ['7d', 604_800_000],
    ['2 W', 1_209_600_000],
  ])('parseDuration() reads %j as %d milliseconds', (text, millis) => {
    expect(parseDuration(text)).toBe(millis)
  })

  it.each([
    ['1B', 1],
    ['500MB', 500_000_000],
    ['2 gb', 2_000_000_000],
    ['1GiB', 1_073_741_824],
    ['0.5KiB', 512],
  ])('parseBytes() reads %j as %d bytes', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes)
  })

  it.each(['', '7', 'd', '0d', '-1d', '1x', '1e3d', '0x1d', '1dd', '9'.repeat(30).concat('d'), '1 constructor', '٣d'])(
    'parseDuration() refuses %j',
    (text) => {
      expect(() => parseDuration(text)).toThrow('Expected a time such as')
    },
  )

  it.each(['', '500', 'MB', '0MB', '-1MB', '1pound', '1e3MB', '0.0001B', '9'.repeat(30).concat('B'), '1 toString'])(
    'parseBytes() refuses %j',
    (text) => {
      expect(() => parseBytes(text)).toThrow('Expected a size such as')
    },
  )
})
