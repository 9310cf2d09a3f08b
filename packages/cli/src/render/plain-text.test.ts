import { describe, expect, it } from 'vitest'
import { plainText } from './plain-text.js'

describe('plainText()', () => {
  it.each([
    ['', ''],
    ['plain ASCII ~ {"a":1}', 'plain ASCII ~ {"a":1}'],
    ['日本語 naïve Ω', '日本語 naïve Ω'],
    ['👩‍👩‍👧 नमस्ते \u200c', '👩‍👩‍👧 नमस्ते \u200c'],
    ['a\r\n\tb\0', 'a␍␊␉b␀'],
    ['\u001b[31mred\u001b[0m', '␛[31mred␛[0m'],
    ['\u007f\u0085\u009b', '␡<U+0085><U+009B>'],
    ['\u2028\u2029', '<U+2028><U+2029>'],
    ['\u202eevil\u2066\u200f\u061c', '<U+202E>evil<U+2066><U+200F><U+061C>'],
    ['zero\u200bwidth\ufeff', 'zero<U+200B>width<U+FEFF>'],
    ['tag \u{e0041}', 'tag <U+E0041>'],
    ['half \ud83d pair', 'half <U+D83D> pair'],
    ['private \ue000', 'private <U+E000>'],
  ])('shows %j inert when it is printed', (text, shown) => {
    expect(plainText(text)).toBe(shown)
  })
})
