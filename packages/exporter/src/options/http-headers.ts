import { refuseOption } from './refuse-option.js'

/** Headers as an application has them: a record, or what `fetch` and its relatives make of one. */
export type HeadersOption = Readonly<Record<string, string>> | ReadonlyMap<string, string> | Headers

const EXPECTED = 'an object, a Map or Headers'

/** What describes a request's own body and where it goes: another value makes every request fail, or mean something else. */
const FRAMING: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
])

/**
 * Reads headers.
 *
 * @param given - The argument; JavaScript callers have no compiler.
 * @returns A record of them.
 * @throws {ExporterError} `invalid_options` if they are of another kind, HTTP knows no such header, or the exporter sets it itself. A value is never shown.
 */
export function readHeaders(given: unknown): Readonly<Record<string, string>> {
  const entries = entriesOf(given) ?? refuseOption('headers', kindOf(given), EXPECTED)
  for (const [name, value] of entries) {
    if (!isHttpHeader(name, value)) {
      const place = typeof name === 'string' ? JSON.stringify(name) : `a name that is a ${typeof name}`
      refuseOption('headers', `unusable at ${place}`, 'HTTP header names with one-line string values')
    }
    if (isFramingHeader(String(name))) {
      refuseOption('headers', `unusable at ${JSON.stringify(name)}`, 'none that the body of each request decides')
    }
  }
  // Checked above.
  return Object.fromEntries(entries) as Record<string, string>
}

/**
 * Whether HTTP can carry a header: RFC 9110, 5.1 and 5.5. Anything else makes every request fail later, far from the mistake.
 *
 * @param name - Its name.
 * @param value - Its value.
 */
export function isHttpHeader(name: unknown, value: unknown): boolean {
  if (typeof name !== 'string' || typeof value !== 'string') return false
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(value)
}

/**
 * Whether the body or the address of a request decides a header.
 *
 * @param name - Its name.
 */
export function isFramingHeader(name: string): boolean {
  return FRAMING.has(name.toLowerCase())
}

function entriesOf(given: unknown): readonly (readonly [unknown, unknown])[] | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined
  if (given instanceof Map || isHeaders(given)) return [...given]
  // Not what only has no members by chance: a date, a set, a promise of headers.
  return isRecord(given) ? Object.entries(given) : undefined
}

// By what they can do: there are several classes of this name, undici's and node-fetch's among them.
function isHeaders(given: object): given is Headers {
  return Object.prototype.toString.call(given) === '[object Headers]' && Symbol.iterator in given
}

function isRecord(given: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(given)
  // The second is the `Object.prototype` of any realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function kindOf(given: unknown): string {
  if (Array.isArray(given)) return 'an array'
  if (typeof given !== 'object' || given === null) return `a ${typeof given}`
  return `a ${Object.prototype.toString.call(given).slice('[object '.length, -1)}`
}
