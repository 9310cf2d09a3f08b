// Comments, strings and regular expressions may hold any bracket or comma. A slash is taken for a regular expression only where a value may
// begin, and for a division elsewhere.
const OPAQUE =
  /\/\*[\s\S]*?\*\/|\/\/.*|(['"`])(?:\\.|(?!\1)[^\\])*\1|(?<=[=(,:?[{]\s*)\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+\//g

/**
 * A function's parameters, as far as its source says them.
 *
 * Reads the whole source: callers keep the answer.
 *
 * @param fn - A function, method or arrow function.
 * @returns Their names, `...` in front of one that takes all the arguments that are left, `arg0` for a destructured one in the first place; none for
 *   native and bound functions, whose source does not say them.
 */
export function parametersOf(fn: (...args: never[]) => unknown): readonly string[] {
  const source = Function.prototype.toString.call(fn)
  const list = /^(?:async\s+)?([^\s(=]+)\s*=>/.exec(source)?.[1] ?? listOf(source)
  const names = list.split(',').map((text) => text.replace(/\s|=.*/gs, ''))
  return names.filter(Boolean).map((name, index) => name.replace(/^(\.*)0$/, `$1arg${index}`))
}

/** What stands in the first parentheses, with a digit, which begins no name, for whatever is in brackets of its own. */
function listOf(source: string): string {
  let text = source.replace(OPAQUE, ' ')
  for (let before = ''; before !== text; text = text.replace(/[([{][^()[\]{}]*[)\]}]/, '0')) {
    // A computed method name (`['a'](b)`) opens before the parameters do.
    const list = /^[^([{]*\(([^()[\]{}]*)\)/.exec(text)?.[1]
    if (list !== undefined) return list
    before = text
  }
  return ''
}
