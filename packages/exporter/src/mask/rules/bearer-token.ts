import type { TextRule } from './text-rule.js'

const MARK = '<bearer_token>'

const HINT = /bearer|basic|authorization|eyJ/i

// JSON Web Tokens, signed and encrypted (RFC 7519): a header in base64url, which begins with `{"`, and two or four more parts.
const JWT = /eyJ(?<=(?:^|[^\w-]|\\[nrtbf])eyJ)[\w-]{8,}(?:\.[\w-]*){2,4}/g

// RFC 6750, 2.1, and as it stands in a URL. The scheme stays: it says what was there.
const BEARER = /(bearer(?<=(?:^|[^a-z\d]|\\[nrtbf])bearer)(?:(?:[ \t]|\\t){1,8}|%20|\+))([\w.~+/=-]{8,})/gi

// RFC 7617: the base64 of a user, a colon and a password.
const BASIC = /(basic(?<=(?:^|[^a-z\d]|\\[nrtbf])basic)[ \t]{1,8})([A-Za-z\d+/=_-]{4,})/gi

// A header, an entry of a record in any notation, an assignment: in quotes whatever its value is, without them what is no English.
const QUOTED_HEADER =
  /(authorization\\{0,4}["']?\s{0,4}(?:[:=]|=>)\s{0,4}\\{0,4}["'](?:[a-z][a-z-]{1,20}[ \t]{1,8})?)(?!<|\S{1,20}[ \t]{1,8}<)[^\s"'\\,;]+/gi
const HEADER =
  /(authorization\\{0,4}["']?\s{0,4}(?:[:=]|=>)\s{0,4}\\{0,4}["']?(?:[a-z][a-z-]{1,20}[ \t]{1,8})?)(?=[^\s"'\\,;<]{0,200}\d)[^\s"'\\,;<]{6,}/gi

const CREDENTIAL_NAME = /(?:^|[._/-])(?:proxy-)?authorization$/i

/** Tokens of `Authorization` headers (Bearer, Basic and any other scheme) and JSON Web Tokens. */
export const bearerTokenRule: TextRule = {
  mask(text) {
    if (!HINT.test(text)) return text
    return text
      .replace(JWT, MARK)
      .replace(BEARER, (hit, scheme: string, token: string) => (isToken(token) ? scheme + MARK : hit))
      .replace(BASIC, (hit, scheme: string, token: string) => (isUserAndPassword(token) ? scheme + MARK : hit))
      .replace(QUOTED_HEADER, `$1${MARK}`)
      .replace(HEADER, `$1${MARK}`)
  },
  markForName: (name) => (CREDENTIAL_NAME.test(name) ? MARK : undefined),
}

/** `the bearer certificate` is English. */
function isToken(text: string): boolean {
  return text.length >= 24 || /\d/.test(text.slice(0, 24))
}

/** `basic Understanding` is English, and no base64 of readable text with a colon in it. */
function isUserAndPassword(text: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(text.slice(0, 4096), 'base64').toString('latin1'))
}
