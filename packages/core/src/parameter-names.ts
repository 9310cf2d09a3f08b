/**
 * Names of a function's parameters, as far as its source says them.
 *
 * @param fn - A function, method or arrow function.
 * @returns One name for each parameter, `undefined` for a destructured one; `undefined` for native and bound functions.
 */
export function parameterNames(fn: (...args: never[]) => unknown): readonly (string | undefined)[] | undefined {
  const source = Function.prototype.toString.call(fn)
  if (source.endsWith('{ [native code] }')) return undefined
  const single = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(source)
  if (single) return [single[1]]
  return splitTopLevel(source).map(
    (parameter) => /^(?:\.\.\.)?\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(parameter)?.[1],
  )
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** The texts between the commas of the first parentheses, default values and nested brackets passed over. */
function splitTopLevel(source: string): string[] {
  const parameters: string[] = []
  const open: string[] = []
  let current = ''
  // Comments and strings may hold any bracket or comma.
  const tokens =
    source.match(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|[\s\S]/g) ?? []
  for (const token of tokens) {
    if (token.startsWith('/*') || token.startsWith('//')) continue
    const depth = open.length
    const closer = CLOSERS[token]
    if (closer) {
      open.push(closer)
      // A computed method name (`['a'](b)`) opens before the parameters do.
      if (depth === 0) current = token === '(' ? '' : current
      else current += token
      if (depth === 0 && token !== '(') parameters.length = 0
    } else if (token === open.at(-1)) {
      open.pop()
      if (open.length === 0 && token === ')') break
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
