import { isIPv4, isIPv6 } from 'node:net'
import type { TextRule } from './text-rule.js'
import { continuesAfter, continuesBefore, isDigitCode } from './word-edge.js'

const MARK = '<ip>'

const V4 = /\d{1,3}(?:\.\d{1,3}){3}/g

// Up to eight groups and as many colons, perhaps with an IPv4 address at the end, and a zone (RFC 4007, 11).
const V6 = /(?:[\da-f]{0,4}:){2,8}(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4})/gi
const ZONE = /%(?:25)?[\w.-]{1,32}/y

// Found by their signs first, which are rarer than digits.
const MAY_BE_V4 = /\.\d{1,3}\.\d{1,3}\.\d/
const MAY_BE_V6 = /::|:[\da-f]{1,4}:[\da-f]{1,4}:[\da-f]{1,4}:/i

// Public, unique-local, link-local and multicast addresses all begin with four digits (RFC 4291, RFC 4193), and only they are
// cut short with `::` in practice. `a::b`, `Feed::add` and `x[1::2]` are code.
const CUT_SHORT = /^(?:[\da-f]{4}:|64:ff9b:|::ffff:|::1$)/i

/** IP addresses of both versions. */
export const ipRule: TextRule = {
  mask(text) {
    const masked = MAY_BE_V6.test(text) ? maskV6(text) : text
    return MAY_BE_V4.test(masked) ? maskV4(masked) : masked
  },
}

function maskV4(text: string): string {
  return text.replace(V4, (address: string, at: number) =>
    isIPv4(address) && !isPartOfVersion(text, at, at + address.length) ? MARK : address,
  )
}

/** A longer dotted number (an object identifier), a word, or the version of a product: `v1.2.3.4`, `1.2.3.4-rc1`, `Chrome/120.0.0.0`. */
function isPartOfVersion(text: string, start: number, end: number): boolean {
  if (continuesBefore(text, start) || continuesAfter(text, end)) return true
  const [before, after] = [text.charAt(start - 1), text.charAt(end)]
  if (before === '.' && isDigitCode(text.charCodeAt(start - 2))) return true
  if (before === '/' && continuesBefore(text, start - 1) && text.slice(start, end).endsWith('.0.0')) return true
  if (after === '.') return isDigitCode(text.charCodeAt(end + 1))
  return (after === '-' || after === '+') && continuesAfter(text, end + 1) && !isDigitCode(text.charCodeAt(end + 1))
}

function maskV6(text: string): string {
  let masked = ''
  let kept = 0
  for (const { index, 0: address } of text.matchAll(V6)) {
    const end = index + address.length
    if (!isAddress(address) || isPartOfName(text, index, end)) continue
    ZONE.lastIndex = end
    masked += text.slice(kept, index) + MARK
    kept = ZONE.test(text) ? ZONE.lastIndex : end
  }
  return kept === 0 ? text : masked + text.slice(kept)
}

function isAddress(text: string): boolean {
  return isIPv6(text) && (!text.includes('::') || (CUT_SHORT.test(text) && /\d/.test(text)))
}

/** A name of C++, a fingerprint with more pairs, or the slice of a list. */
function isPartOfName(text: string, start: number, end: number): boolean {
  if (continuesBefore(text, start) || continuesAfter(text, end)) return true
  const [before, after] = [text.charAt(start - 1), text.charAt(end)]
  if (before === ':' || before === '.') return true
  if (after === ':' || (after === '.' && continuesAfter(text, end + 1))) return true
  return before === '[' && text.charAt(start - 2) !== '/' && text.slice(start, end) === '::1'
}
