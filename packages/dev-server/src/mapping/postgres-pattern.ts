/**
 * Reads a regular expression of PostgreSQL, in which Langfuse's models say which names they stand for, such as `(?i)^(gpt-4o)$`.
 *
 * @param pattern The pattern. Its options, in `(?…)` at the start, can be `c`, `i`, `m`, `n`, `p`, `s`, `t` and `w`.
 * @returns The same as a pattern of JavaScript; undefined when it is none, or has options or brackets that JavaScript does not have.
 */
export function postgresPattern(pattern: string): RegExp | undefined {
  const [start = '', options = ''] = /^\(\?([a-z]+)\)/.exec(pattern) ?? []
  if (/[^cimnpstw]/.test(options)) return undefined
  const source = translate(pattern.slice(start.length))
  if (source === undefined) return undefined
  try {
    return new RegExp(source, flagsOf(options))
  } catch {
    return undefined
  }
}

/** Of options that contradict each other the last counts; a dot stands for line breaks too unless they say otherwise. */
function flagsOf(options: string): string {
  const newlines = options.replace(/[cit]/g, '').at(-1) ?? 's'
  const isCaseless = options.replace(/[^ci]/g, '').endsWith('i')
  return `${isCaseless ? 'i' : ''}${'mnw'.includes(newlines) ? 'm' : ''}${'sw'.includes(newlines) ? 's' : ''}`
}

// An escape; an expression in brackets, in which a bracket that closes is a character if it comes first; the start of a group that
// PostgreSQL does not have; any other character.
const TOKEN = /\\[\s\S]|\[\^?\]?(?:\[:[a-z]{1,7}:\]|\\[\s\S]|\[(?!:[a-z])|[^\]\\[])*\]|\(\?(?!:|=|!|<[=!])|[\s\S]/y

function translate(body: string): string | undefined {
  const tokens = new RegExp(TOKEN)
  let source = ''
  // One by one, for what no bracket closes must not be looked at twice.
  while (tokens.lastIndex < body.length) {
    const [token = ''] = tokens.exec(body) ?? []
    const translated = token.startsWith('\\') ? escapeOf(token) : token.startsWith('[') ? bracketsOf(token) : token
    if (translated === undefined || token === '(?') return undefined
    source += translated
  }
  return source
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ A: '(?<![\\s\\S])', Z: '(?![\\s\\S])', m: '\\b(?=\\w)', M: '\\b(?<=\\w)', y: '\\b', Y: '\\B' },
  ...{ a: '\\x07', b: '\\x08', B: '\\\\', e: '\\x1b' },
}

function escapeOf(token: string): string | undefined {
  const letter = token.slice(1)
  if (Object.hasOwn(ESCAPES, letter)) return ESCAPES[letter]
  return /^[a-z]$/i.test(letter) && !'cdDfnrsStuvwWx'.includes(letter) ? undefined : token
}

const CLASSES: Readonly<Record<string, string>> = {
  ...{ alpha: 'a-zA-Z', digit: '\\d', alnum: 'a-zA-Z\\d', upper: 'A-Z', lower: 'a-z', space: '\\s', blank: ' \\t' },
  ...{
    punct: '!-\\/:-@\\[-`{-~',
    xdigit: '\\da-fA-F',
    word: '\\w',
    cntrl: '\\x00-\\x1f\\x7f',
    graph: '!-~',
    print: ' -~',
  },
}

function bracketsOf(token: string): string | undefined {
  // A bracket that nothing closes, and what compares letters as a language does.
  if (token === '[' || /\[[.=]/.test(token)) return undefined
  const [, start = '', inside = ''] = /^(\[\^?)([\s\S]*)\]$/.exec(token) ?? []
  const translated = inside.replace(/\[:([a-z]{1,7}):\]|\\[\s\S]|[[\]]/g, (part, name?: string) => {
    if (name !== undefined) return CLASSES[name] ?? part
    return part.length === 1 ? `\\${part}` : part
  })
  return `${start}${translated}]`
}
