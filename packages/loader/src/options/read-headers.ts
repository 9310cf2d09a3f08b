import { invalidOption } from './invalid-option.js'

// Headers that speak of one connection, or of how a message is cut out of it (RFC 9110, sections 6.6.2, 7.6.1, 7.8, 8.6 and 10.1.1;
// RFC 9112, section 6.1). They are the HTTP client's to set: undici refuses some and would send others, to the server's confusion.
const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * Checks extra request headers.
 *
 * @param value - What the caller passed.
 * @returns The headers by lower-case name.
 * @throws {LoaderError} `invalid_options` if one cannot be sent or belongs to the connection. Values are never repeated: they
 *   may be credentials.
 */
export function readHeaders(value: unknown): Readonly<Record<string, string>> {
  // A `Headers` or a `Map` has no entries that `Object.entries` sees: the caller's headers would be dropped without a word.
  if (!isRecordOfHeaders(value))
    throw invalidOption('headers', 'it is no plain object', "expected { 'x-name': 'value' }")
  const result: Record<string, string> = {}
  for (const [name, content] of Object.entries(value)) {
    if (!isToken(name) || !isFieldValue(content)) {
      const found = `'${name}' is not a header that can be sent`
      throw invalidOption('headers', found, 'expected printable names and values')
    }
    if (CONNECTION_HEADERS.has(name.toLowerCase())) {
      throw invalidOption('headers', `'${name}' belongs to the connection`, 'leave it out: the HTTP client sets it')
    }
    result[name.toLowerCase()] = content
  }
  return result
}

function isRecordOfHeaders(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value)
}

function isToken(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)
}

function isFieldValue(value: unknown): value is string {
  return typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
}
