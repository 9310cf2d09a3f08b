import { describe, expect, it } from 'vitest'
import { createPatternTimer } from './timed-pattern.js'

const HOSTILE = `${'a'.repeat(60)}!`

describe('createPatternTimer()', () => {
  it('createPatternTimer() says of texts what their patterns say, again and again', () => {
    const timed = createPatternTimer()
    const [a, digit] = [timed(/^a/), timed(/\d/g)]
    for (let round = 0; round < 3; round++) {
      expect(['a', 'b', '1', ''].map((text) => [a.test(text), digit.test(text)])).toEqual([
        [true, false],
        [false, false],
        [false, true],
        [false, false],
      ])
    }
  })

  it('createPatternTimer() gives up a pattern that takes forever, and no other', () => {
    const timed = createPatternTimer()
    const [slow, other] = [timed(/^(a+)+$/), timed(/^a/)]
    expect(slow.test('aaa')).toBe(true)
    expect(slow.test(HOSTILE)).toBe(false)
    // It would take forever again, so it is not tried: it fits nothing now, not even what it did.
    expect([slow.test('aaa'), slow.test('aa')]).toEqual([false, false])
    expect(other.test(HOSTILE)).toBe(true)
  })

  it('createPatternTimer() forgets texts, and not what they are', () => {
    const pattern = createPatternTimer()(/^(\d*)7$/)
    const fitting = Array.from({ length: 2500 }, (_, index) => String(index)).filter((text) => pattern.test(text))
    expect(fitting).toHaveLength(250)
  })
})
