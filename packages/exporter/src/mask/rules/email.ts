import type { TextRule } from './text-rule.js'

const MARK = '<email>'

// Found by the sign, which is rare, and not by the address, which could begin at every letter.
const SIGN = /@|%40/g

// RFC 5321, 4.5.3.1.1: at most 64 octets stand before the @.
const MAX_LOCAL = 64

// RFC 5322 atoms, with the letters of RFC 6531, without `=`, `/` and `?`: those come before an address in a URL, hardly ever in one.
const LOCAL = /[\p{L}\p{M}\p{N}.!#$%&'*+^_`{|}~-]+$/u
// Quotes, dots and the like before an address are not part of it.
const BEFORE_LOCAL = /^[^\p{L}\p{N}_+$]+/u

// A host name with at least one dot, whose last part has a letter. Lengths as in RFC 1035, 2.3.4.
const DOMAIN =
  /(?:[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.){1,8}(?:xn--[a-z0-9-]{1,59}|\p{L}[\p{L}\p{M}]{0,62})/iuy

// `lodash@4.17.21-rc.one` is a version, `logo@2x.png` a picture for dense screens.
const NO_DOMAIN = /\d{1,4}(?:\.\d{1,4}){1,2}[-.+_]|\dx\./y

/** E-mail addresses, also with the `@` of a URL (`%40`) and beyond ASCII. */
export const emailRule: TextRule = {
  mask(text) {
    if (!text.includes('@') && !text.includes('%40')) return text
    let masked = ''
    let kept = 0
    for (const { index, 0: sign } of text.matchAll(SIGN)) {
      if (index < kept) continue
      const start = localStart(text, Math.max(kept, index - MAX_LOCAL), index)
      const end = start === undefined ? undefined : domainEnd(text, index + sign.length)
      if (start === undefined || end === undefined) continue
      masked += text.slice(kept, start) + MARK
      kept = end
    }
    return kept === 0 ? text : masked + text.slice(kept)
  },
}

function localStart(text: string, from: number, end: number): number | undefined {
  const local = LOCAL.exec(text.slice(from, end))?.[0].replace(BEFORE_LOCAL, '')
  return local === undefined || local === '' ? undefined : end - local.length
}

function domainEnd(text: string, from: number): number | undefined {
  NO_DOMAIN.lastIndex = from
  if (NO_DOMAIN.test(text)) return undefined
  DOMAIN.lastIndex = from
  return DOMAIN.test(text) ? DOMAIN.lastIndex : undefined
}
