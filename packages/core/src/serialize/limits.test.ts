import { describe, expect, it } from 'vitest'
import { resolveLimits } from './limits.js'

describe('resolveLimits()', () => {
  it('resolveLimits() fills in what is missing or undefined', () => {
    const defaults = { maxBytes: 1_048_576, maxDepth: 32, maxItems: 10_000 }
    expect(resolveLimits()).toEqual(defaults)
    expect(resolveLimits({ maxBytes: undefined })).toEqual(defaults)
    expect(resolveLimits({ maxBytes: 0, maxDepth: 1000, maxItems: 1 })).toEqual({
      maxBytes: 0,
      maxDepth: 1000,
      maxItems: 1,
    })
  })

  it.each([
    [{ maxBytes: -1 }, 'maxBytes to -1: expected a whole number from 0 to 9007199254740991'],
    [{ maxItems: 0.5 }, 'maxItems to 0.5: expected a whole number from 0 to 9007199254740991'],
    [{ maxDepth: 1001 }, 'maxDepth to 1001: expected a whole number from 0 to 1000'],
    [{ maxDepth: Number.NaN }, 'maxDepth to NaN: expected a whole number from 0 to 1000'],
    [{ maxBytes: '5' as unknown as number }, 'maxBytes to 5: expected a whole number from 0 to 9007199254740991'],
  ])('resolveLimits(%o) throws', (given, message) => {
    expect(() => resolveLimits(given)).toThrow(new RangeError(`Cannot limit ${message}`))
  })
})
