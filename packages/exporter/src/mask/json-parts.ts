/** What becomes of the strings and numbers in a text that looks like JSON. */
export interface PartMasks {
  /**
   * @param content - A string as it was before it became JSON.
   * @param name - The key it stands under, also for the items of an array; empty for keys themselves.
   * @returns What takes its place.
   */
  string(content: string, name: string): string
  /**
   * @param literal - A number as it stands in the text.
   * @param name - The key it stands under.
   * @returns What takes its place: the literal itself, or a string.
   */
  number(literal: string, name: string): string
}

const NUMBER = /-?\d[\d.eE+-]*/g
const BACKSLASH = 0x5c

/**
 * Masks the strings and numbers inside of a text and leaves everything else as it is, to the byte: no number is rounded, no
 * key that stands twice is lost, no depth overflows the stack. The text need not be whole; what is cut off is taken as far as it goes.
 *
 * @param text - Text that begins like JSON.
 * @param masks - What becomes of each part. A number that changes becomes a string, because a mark is no number.
 * @returns The text itself when no part changed.
 */
export function maskJsonParts(text: string, masks: PartMasks): string {
  let masked = ''
  let kept = 0
  let name = ''
  for (let from = 0; from < text.length; ) {
    const quote = text.indexOf('"', from)
    const open = quote === -1 ? text.length : quote
    const between = text.slice(from, open)
    const numbers = maskNumbers(between, name, masks)
    if (numbers !== between) {
      masked += text.slice(kept, from) + numbers
      kept = open
    }
    if (between.includes('}')) name = ''
    if (quote === -1) break
    const close = closingQuote(text, open + 1)
    const raw = text.slice(open + 1, close)
    const content = raw.includes('\\') ? unescapeJson(raw) : raw
    const isKey = isColonNext(text, close + 1)
    const replacement = masks.string(content, isKey ? '' : name)
    if (replacement !== content) {
      masked += text.slice(kept, open + 1) + JSON.stringify(replacement).slice(1, -1)
      kept = close
    }
    if (isKey) name = content
    from = close + 1
  }
  return kept === 0 ? text : masked + text.slice(kept)
}

function maskNumbers(between: string, name: string, masks: PartMasks): string {
  // What stands between strings is mostly a comma or a colon.
  if (between.length < 3) return between
  return between.replace(NUMBER, (literal) => {
    const replacement = masks.number(literal, name)
    return replacement === literal ? literal : JSON.stringify(replacement)
  })
}

/** The position of the quote that ends a string, or the end of the text. */
function closingQuote(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1
    while (before >= from && text.charCodeAt(before) === BACKSLASH) before--
    // An even number of backslashes are characters of their own.
    if ((quote - before) % 2 === 1) return quote
  }
  return text.length
}

function isColonNext(text: string, from: number): boolean {
  let at = from
  while (/\s/.test(text.charAt(at))) at++
  return text.charAt(at) === ':'
}

const ESCAPE = /\\(?:u([\da-fA-F]{4})|([\s\S]))/g
const SHORT_ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

// Not `JSON.parse`: raw line ends and unknown escapes, which stand in what is almost JSON, must not keep a string from being read.
function unescapeJson(raw: string): string {
  return raw.replace(ESCAPE, (_escape, hex: string | undefined, char: string) =>
    hex === undefined ? (SHORT_ESCAPES[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
