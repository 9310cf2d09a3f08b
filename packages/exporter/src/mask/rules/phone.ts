import type { TextRule } from './text-rule.js'
import { continuesBefore, isDigitCode } from './word-edge.js'

const MARK = '<phone>'

const GAP = '[ .()/\\u00a0\\u2009\\u202f\\u2010-\\u2015-]'
const TAIL = `(?:${GAP}{0,2}\\d)`

// ITU-T E.164, list of assigned country codes: those of two digits, and those of three.
const LONG_PLAN = '(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])'
const SHORT_PLAN = '(?:2[1-689]|3[578]|42|50|59|6[789]|80|85|87|88|9[679])\\d'

// The plans of North America and of Russia have ten digits after the code; others seven to twelve, small countries from five.
const WITH_COUNTRY = `(?:${[
  `1${GAP}{0,2}[2-9]${TAIL}{9}`,
  `7${TAIL}{10}`,
  `${LONG_PLAN}${TAIL}{7,12}`,
  `${SHORT_PLAN}${TAIL}{5,11}`,
].join('|')})`

// What a number begins with decides which of these it is.
const NUMBER = new RegExp(
  `(?:${[
    // +49 170 1234567, +1 (415) 555-2671, +44 (0)20 7946 0958
    `\\+${WITH_COUNTRY}`,
    // 0049 170 1234567
    `00[ -]?${WITH_COUNTRY}`,
    // 0612345678, 07700900123, 01711234567: mobile numbers of countries where nobody puts a gap into them.
    '0(?:[67]\\d{8}|7\\d{9}|1[567]\\d{8,9})',
    // 030 12345678, (030) 123456, 0171/1234567, 01 23 45 67 89, 020 7946 0958
    '\\(?0[1-9]\\d{0,4}\\)?(?:[ ./\\u00a0\\u202f-]\\d{2,8}){1,4}',
    // (415) 555-2671, 415-555-2671, 1.415.555.2671, 415 555 2671: area codes as the North American Numbering Plan has them.
    '(?:1[ .-])?(?:\\([2-9][0-8]\\d\\)[ .-]?|[2-9][0-8]\\d[ .-])[2-9]\\d{2}[ .-]\\d{4}',
    // Inside of the pattern, so that a number gives back the digits of another one that follows.
  ].join('|')})(?![\\dA-Za-z_])`,
  'g',
)

const LEAST_LENGTH = 8

/** Phone numbers: international ones, and national ones in the usual spellings. */
export const phoneRule: TextRule = {
  mask(text) {
    if (text.length < LEAST_LENGTH) return text
    return text.replace(NUMBER, (number: string, at: number) =>
      isNumber(number) && standsAlone(text, at, at + number.length) ? MARK : number,
    )
  },
}

function isNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  // `+50 000 000` is a difference.
  if (text.startsWith('+')) return !digits.includes('000000')
  // In one piece only as long as mobile numbers are: ids are filled up with zeros too.
  if (text.startsWith('00')) return text !== digits || digits.length >= 12
  return /^\(?0/.test(text) && text !== digits ? isTrunkNumber(text, digits.length) : true
}

/** Nine to twelve digits, with one kind of gap after the area code: `01.02.2026` is a date. */
function isTrunkNumber(text: string, digits: number): boolean {
  if (digits < 9 || digits > 12) return false
  const [area = '', ...gaps] = text.replace(/[()]/g, '').split(/\d+/).slice(1, -1)
  return gaps.every((gap) => gap === (area === '/' || text.startsWith('(') ? gaps[0] : area))
}

/** Not part of a word, of a longer row of numbers, of a date or of a sum. */
function standsAlone(text: string, start: number, end: number): boolean {
  const [first, before] = [text.charAt(start), text.charAt(start - 1)]
  if (before === '+' || (first !== '(' && continuesBefore(text, start))) return false
  if (first === '+') return true
  const joins = ' .,:/-'
  const isJoinedBefore = joins.includes(before) && isDigitCode(text.charCodeAt(start - 2))
  const isGluedBefore = '.-/'.includes(before) && continuesBefore(text, start - 1)
  const isJoinedAfter = joins.includes(text.charAt(end)) && isDigitCode(text.charCodeAt(end + 1))
  return !isJoinedBefore && !isGluedBefore && !isJoinedAfter
}
