import { API_KEY } from './api-key-formats.js'
import { replaceLongWords } from './long-words.js'
import type { TextRule } from './text-rule.js'

const MARK = '<api_key>'

// Names of secrets in every spelling: `apiKey`, `API_KEY`, `x-api-key`, `AZURE_OPENAI_API_KEY`, `aws_secret_access_key`.
const NAME =
  'api[_-]?key|api[_-]?secret|secret[_-]?key|secret[_-]?access[_-]?key|account[_-]?key|private[_-]?key|subscription[_-]?key' +
  '|client[_-]?secret|(?:access|refresh|auth|session|security|api|id)[_-]?token|passw(?:or)?d|passphrase'
const CREDENTIAL_NAME = new RegExp(`(?:${NAME})$`, 'i')

const ASSIGNED = `(?:${NAME})\\\\{0,4}["'\`]?\\s{0,4}(?:[:=]|=>)\\s{0,4}`

// `"apiKey": "…"` as JSON, as JavaScript or Python, and as JSON inside of a text, where the quotes have escapes.
const QUOTED = new RegExp(
  `(${ASSIGNED}(?:\\[\\s{0,4})?)(?:${[
    `(")(?!<)(?:\\\\.|[^"\\\\\\r\\n])+`,
    `(')(?!<)(?:\\\\.|[^'\\\\\\r\\n])+`,
    '(`)(?!<)[^`]+',
    `(\\\\{1,4}["'\`])(?!<)[^"'\`\\\\\\r\\n]+`,
  ].join('|')})`,
  'gi',
)
// `api_key=…`, `x-api-key: …`: without quotes it may also be code or a sentence, which have no digit in the next word.
const UNQUOTED_CHAR = '[^\\s"\'`,;&(){}[\\]<>\\\\]'
const BARE = new RegExp(`(${ASSIGNED})(?=${UNQUOTED_CHAR}{0,200}\\d)${UNQUOTED_CHAR}{4,}`, 'gi')

// RFC 3986, 3.2.1; with the escapes of JSON that writes `\\/`.
const PASSWORD_IN_URL = /(:\\{0,2}\/\\{0,2}\/[^\s/?#:@"'<>\\]{0,128}:)[^\s/?#"'<>\\]{1,256}@/g

const PEM_START = /-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
const PEM_END = /-----END [A-Z\d ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
// What is left of a key that was cut: its headers and its lines, whose ends may be escaped.
const PEM_LINES = /(?:(?:\s|\\[nr])*[A-Za-z-]{3,20}: [\w,:-]{1,100})*(?:(?:\s|\\[nr])*[A-Za-z\d+/=]{16,})*/y
/** A 16,384-bit RSA key has 13 kB. Marks further apart do not belong together. */
const MAX_PEM_LENGTH = 32_768

const NAME_HINT = /key|secret|token|passw|passphrase/i

/** Keys of providers by their form, secrets by their names, private keys, and passwords in URLs. */
export const apiKeyRule: TextRule = {
  mask(text) {
    let masked = text.includes('PRIVATE KEY') ? maskPrivateKeys(text) : text
    if (hasUrlWithUser(masked)) masked = masked.replace(PASSWORD_IN_URL, `$1${MARK}@`)
    masked = maskKeys(masked)
    return NAME_HINT.test(masked) ? masked.replace(QUOTED, `$1$2$3$4$5${MARK}`).replace(BARE, `$1${MARK}`) : masked
  },
  markForName: (name) => (CREDENTIAL_NAME.test(name) ? MARK : undefined),
}

function maskKeys(text: string): string {
  return replaceLongWords(text, (word, start) => {
    const masked = word.replace(API_KEY, MARK)
    if (masked !== word || text.charAt(start - 1) !== '\\') return masked
    // A word may begin with the letter of an escaped line end.
    return word.charAt(0) + word.slice(1).replace(API_KEY, MARK)
  })
}

function hasUrlWithUser(text: string): boolean {
  return text.includes('@') && text.includes(':')
}

function maskPrivateKeys(text: string): string {
  let masked = ''
  let kept = 0
  PEM_START.lastIndex = 0
  PEM_END.lastIndex = 0
  let ends = 0
  for (let start = PEM_START.exec(text); start !== null; start = PEM_START.exec(text)) {
    // Each end mark is looked for once, also when there are many starts and no end.
    while (ends < PEM_START.lastIndex) ends = PEM_END.exec(text) === null ? Number.POSITIVE_INFINITY : PEM_END.lastIndex
    masked += text.slice(kept, start.index) + MARK
    kept = ends - start.index <= MAX_PEM_LENGTH ? ends : linesEnd(text, PEM_START.lastIndex)
    PEM_START.lastIndex = kept
  }
  return kept === 0 ? text : masked + text.slice(kept)
}

function linesEnd(text: string, from: number): number {
  PEM_LINES.lastIndex = from
  PEM_LINES.test(text)
  return PEM_LINES.lastIndex
}
