/** One parameter as the source has it. */
export interface Parameter {
  /** `undefined` for a destructured one. */
  readonly name: string | undefined
  /** Whether it takes all the arguments that are left. */
  readonly isRest: boolean
}

/**
 * A function's parameters, as far as its source says them.
 *
 * Reads the whole head of the source: callers keep the answer.
 *
 * @param fn - A function, method or arrow function.
 * @returns `undefined` for native and bound functions, which have no source.
 */
export function parametersOf(fn: (...args: never[]) => unknown): readonly Parameter[] | undefined {
  const source = Function.prototype.toString.call(fn)
  if (/\{\s*\[native code\]\s*\}$/.test(source)) return undefined
  const single = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(source)
  if (single) return [{ name: single[1], isRest: false }]
  return parameterTexts(source).map((text) => ({
    name: /^(?:\.\.\.)?\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(text)?.[1],
    isRest: text.startsWith('...'),
  }))
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

// Comments, strings and regular expressions may hold any bracket or comma. A slash is taken for a regular expression only where a value may
// begin, and for a division elsewhere.
const TOKEN =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|(?<=[=(,:?[{]\s*)\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+\/|[\s\S]/g

/** The texts between the commas of the first parentheses, default values and nested brackets passed over. */
function parameterTexts(source: string): string[] {
  const parameters: string[] = []
  const open: string[] = []
  let current = ''
  for (const [token] of source.matchAll(TOKEN)) {
    if (token.startsWith('/*') || token.startsWith('//')) continue
    const depth = open.length
    const closer = CLOSERS[token]
    if (closer) {
      open.push(closer)
      // A computed method name (`['a'](b)`) opens before the parameters do.
      current = depth === 0 ? '' : current + token
    } else if (token === open.at(-1)) {
      open.pop()
      if (depth === 1 && token === ')') break
      current += token
    } else if (depth === 1 && open[0] === ')' && token === ',') {
      parameters.push(current.trim())
      current = ''
    } else if (depth > 0) {
      current += token
    }
  }
  return [...parameters, current.trim()].filter((parameter) => parameter !== '')
}
