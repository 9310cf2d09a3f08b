import { describe, expect, it } from 'vitest'
import { parseAmount, parseCount, parsePort, parseWait } from './parse-number.js'

describe('parsePort()', () => {
  it.each([
    ['0', 0],
    ['4800', 4800],
    ['65535', 65_535],
  ])('reads %j', (text, port) => {
    expect(parsePort(text)).toBe(port)
  })
  it.each(['', ' 1', '-1', '65536', '1e3', '0x10', '80.5', 'http', '９'])('parsePort() rejects %j', (text) => {
    expect(() => parsePort(text)).toThrow('Expected a port from 0 to 65535.')
  })
})

describe('parseCount()', () => {
  it.each([
    ['1', 1],
    ['007', 7],
    ['9007199254740991', 9_007_199_254_740_991],
  ])('reads %j', (text, count) => {
    expect(parseCount(text)).toBe(count)
  })
  it.each(['', '0', '-1', '1.5', 'Infinity', 'NaN', '9007199254740992'])('parseCount() rejects %j', (text) => {
    expect(() => parseCount(text)).toThrow('Expected a whole number above 0.')
  })
})

describe('parseAmount()', () => {
  it.each([
    ['7', 7],
    ['0.5', 0.5],
  ])('reads %j', (text, amount) => {
    expect(parseAmount(text)).toBe(amount)
  })
  it.each(['', '0', '0.0', '-1', '.5', '1.', '1e9', 'Infinity', `1${'0'.repeat(400)}`])(
    'parseAmount() rejects %j',
    (text) => {
      expect(() => parseAmount(text)).toThrow('Expected a number above 0.')
    },
  )
})

describe('parseWait()', () => {
  it.each([
    ['0.05', 0.05],
    ['86400', 86_400],
  ])('parseWait() reads %j', (text, seconds) => {
    expect(parseWait(text)).toBe(seconds)
  })
  it.each(['', '0', '-1', '86400.1', '99999999999', 'NaN', '1e3'])('parseWait() rejects %j', (text) => {
    expect(() => parseWait(text)).toThrow('Expected a number of seconds above 0, at most 86400.')
  })
})
