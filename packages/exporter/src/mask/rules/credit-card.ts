import type { TextRule } from './text-rule.js'
import { continuesAfter, continuesBefore, isDigitCode } from './word-edge.js'

const MARK = '<credit_card>'

// At least 13 digits, with at most one space, dash or dot between two of them; the spaces and dashes of typographers too.
const CANDIDATE = /\d(?:[ .\-\u00a0\u2009\u202f\u2010-\u2015]?\d){12,}/g

const LEAST_DIGITS = 13
const MOST_DIGITS = 19
/** Cards are written in groups of four to six; a row of smaller ones is a date or a list. The last group may be shorter. */
const LEAST_GROUP = 3

// Numbers as they are issued, by prefix and length (ISO/IEC 7812; https://en.wikipedia.org/wiki/Payment_card_number#Issuer_identification_number_(IIN)).
// Timestamps of this century begin with 1 or 20 and have no such prefix.
const ISSUED = new RegExp(
  `^(?:${[
    '4(?:\\d{12}|\\d{15}|\\d{18})', // Visa
    '(?:5[1-5]\\d\\d|222[1-9]|22[3-9]\\d|2[3-6]\\d\\d|27[01]\\d|2720)\\d{12}', // Mastercard
    '3[47]\\d{13}', // American Express
    '(?:30[0-5]\\d|3095|3[689]\\d\\d)\\d{10,15}', // Diners Club
    '35(?:2[89]|[3-8]\\d)\\d{12,15}', // JCB
    '220[0-4]\\d{12,15}', // Mir
    '(?:50|5[6-9]|6\\d|8[12])\\d{14,17}', // Maestro, Discover, UnionPay, RuPay
    '(?:50(?:18|20|38)|5893|6304|6759|676[1-3])\\d{9,15}', // Maestro's shorter ones
    '9792\\d{12}', // Troy
  ].join('|')})$`,
)

/** Numbers of payment cards: 13 to 19 digits that an issuer uses and whose check digit is right (Luhn). */
export const creditCardRule: TextRule = {
  mask(text) {
    if (text.length < LEAST_DIGITS) return text
    return text.replace(CANDIDATE, (run: string, at: number) => maskRun(run, at, text))
  },
}

/** A run may hold more than the card: the expiry date or a number before it. So each row of its groups is tried. */
function maskRun(run: string, at: number, text: string): string {
  let masked = ''
  let kept = 0
  for (let start = 0; start < run.length - LEAST_DIGITS + 1; start = nextGroup(run, start)) {
    const end = cardEnd(run, start, at, text)
    if (end === undefined) continue
    masked += run.slice(kept, start) + MARK
    kept = end
    start = end - 1
  }
  return masked + run.slice(kept)
}

function nextGroup(run: string, from: number): number {
  let at = from
  while (at < run.length && isDigitCode(run.charCodeAt(at))) at++
  return at + 1
}

/** Where the longest card ends that begins with the group at a position. */
function cardEnd(run: string, start: number, at: number, text: string): number | undefined {
  // Nothing else is issued, and most runs are times and ids.
  if (!'2345689'.includes(run.charAt(start))) return undefined
  let digits = ''
  let found: number | undefined
  let separator = ''
  for (let group = start; group < run.length && digits.length < MOST_DIGITS; ) {
    const end = nextGroup(run, group) - 1
    digits += run.slice(group, end)
    const isCard = digits.length >= LEAST_DIGITS && ISSUED.test(digits) && passesLuhn(digits)
    if (isCard && standsAlone(text, at + start, at + end, group > start)) found = end
    if (end - group < LEAST_GROUP) break
    if (group > start && run.charAt(end) !== separator) break
    separator = run.charAt(end)
    group = end + 1
  }
  return found
}

/** Not the digits of a longer word, of a decimal fraction or, when it has groups, of a UUID. */
function standsAlone(text: string, start: number, end: number, isGrouped: boolean): boolean {
  if (continuesBefore(text, start) || continuesAfter(text, end)) return false
  const [before, after] = [text.charAt(start - 1), text.charAt(end)]
  const joins = isGrouped ? '-.' : '.'
  if (before !== '' && joins.includes(before) && continuesBefore(text, start - 1)) return false
  return after === '' || !joins.includes(after) || !continuesAfter(text, end + 1)
}

/** The check digit of ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 0x30
    sum += index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return sum % 10 === 0
}
