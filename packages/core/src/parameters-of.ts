/** One parameter as the source has it. */
export interface Parameter {
  /** `undefined` for a destructured one. */
  readonly name: string | undefined
  /** Whether it takes all the arguments that are left. */
  readonly isRest: boolean
}

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
 * @returns `undefined` for native and bound functions, which have no source.
 */
export function parametersOf(fn: (...args: never[]) => unknown): readonly Parameter[] | undefined {
  const source = Function.prototype.toString.call(fn)
  if (/\[native code\]\s*\}$/.test(source)) return undefined
  const list = /^(?:async\s+)?([^\s(=]+)\s*=>/.exec(source)?.[1] ?? listOf(source)
  const parameters = list.split(',').filter((text) => text.trim() !== '')
  return parameters.map((text) => {
    const [, dots, name] = /^\s*(\.{3})?\s*([^\d\s=][^\s=]*)?/.exec(text) ?? []
    return { name, isRest: dots !== undefined }
  })
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
