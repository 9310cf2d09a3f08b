import type { TextRule } from './text-rule.js'
import { continuesAfter, continuesBefore } from './word-edge.js'

const MARK = '<iban>'

// The country, the check digits, and no fewer characters after them than the shortest number has.
const START = /[A-Za-z]{2}\d{2}(?=(?:[ \u00a0\u202f-]?[A-Za-z\d]){11})/g
const LEAST_LENGTH = 15

// How many characters an account number has after the country and the check digits: SWIFT IBAN registry, release 99,
// https://www.swift.com/standards/data-standards/iban-international-bank-account-number.
const LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    15: 'NO',
    16: 'BE',
    18: 'DK FK FO FI GL NL SD',
    19: 'MK SI',
    20: 'AT BA EE KZ LT LU MN XK',
    21: 'CH HR LI LV',
    22: 'BG BH CR DE GB GE IE ME RS VA',
    23: 'AE GI IL IQ OM SO TL',
    24: 'AD CZ ES MD PK RO SA SE SK TN VG',
    25: 'LY PT ST',
    26: 'IS TR',
    27: 'BI DJ FR GR IT MC MR SM',
    28: 'AL AZ BY CY DO GT HN HU LB NI PL SV',
    29: 'BR EG PS QA UA',
    30: 'JO KW MU YE',
    31: 'MT SC',
    32: 'LC',
    33: 'RU',
  }).flatMap(([length, countries]) => countries.split(' ').map((country) => [country, Number(length)])),
)

/** International bank account numbers whose check digits are right, in one piece or in groups. */
export const ibanRule: TextRule = {
  mask(text) {
    if (text.length < LEAST_LENGTH || text.search(START) === -1) return text
    let masked = ''
    let kept = 0
    for (const { index, 0: start } of text.matchAll(START)) {
      const length = LENGTHS.get(start.slice(0, 2).toUpperCase())
      if (length === undefined || index < kept || continuesBefore(text, index)) continue
      const end = accountEnd(text, index, length)
      if (end === undefined) continue
      masked += text.slice(kept, index) + MARK
      kept = end
    }
    return kept === 0 ? text : masked + text.slice(kept)
  },
}

/** Where an account number of this length ends, when it is one: what follows may be the next word of a sentence. */
function accountEnd(text: string, start: number, length: number): number | undefined {
  let account = ''
  let at = start
  for (; account.length < length; at++) {
    const char = text.charAt(at)
    if (continuesAfter(text, at) && char !== '_') account += char
    // One separator between two characters, as people and forms write it.
    else if (!/[ \u00a0\u202f-]/.test(char) || !continuesAfter(text, at + 1)) return undefined
  }
  return !continuesAfter(text, at) && hasRightCheckDigits(account) ? at : undefined
}

/** ISO 7064, MOD 97-10, over the number with its first four characters last and letters as 10 to 35. */
function hasRightCheckDigits(account: string): boolean {
  let rest = 0
  for (const char of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(char, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
