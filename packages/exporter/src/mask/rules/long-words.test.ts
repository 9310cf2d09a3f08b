import { describe, expect, it } from 'vitest'
import { replaceLongWords } from './long-words.js'

const word = 'abcdefghij-123456'

describe('replaceLongWords()', () => {
  it('replaceLongWords() finds a word of sixteen characters and more at every offset', () => {
    for (let offset = 0; offset < 40; offset++) {
      for (const long of [word.slice(0, 16), word, word.repeat(5)]) {
        const text = `${' '.repeat(offset)}${long} é`
        const found: [string, number][] = []
        replaceLongWords(text, (hit, start) => {
          found.push([hit, start])
          return hit
        })
        expect(found).toEqual([[long, offset]])
      }
    }
  })

  it.each([
    ['', ''],
    ['short words only, however many there are of them', 'short words only, however many there are of them'],
    [word.slice(0, 15), word.slice(0, 15)],
    [`${word} ${word}`, '- -'],
    [`${word}"${word}`, '-"-'],
    [`short ${word} short ${word}é`, 'short - short -é'],
    [`中${word}中`, '中-中'],
  ])('replaceLongWords() of %j is %j', (text, masked) => {
    expect(replaceLongWords(text, () => '-')).toBe(masked)
  })
})
