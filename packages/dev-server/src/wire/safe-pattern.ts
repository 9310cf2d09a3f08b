/** How many repetitions a pattern may have. */
const MAX_REPETITIONS = 25

/**
 * Whether Langfuse takes a pattern for harmless: it repeats nothing that repeats something itself, as in `(a+)+`, and has few
 * repetitions.
 *
 * @param pattern A pattern of JavaScript.
 * @returns False for one whose time may grow exponentially with the text.
 */
export function isSafePattern(pattern: string): boolean {
  // What repeats, in each group that is open; the first stands for the pattern as a whole.
  const groups = [false]
  let repetitions = 0
  for (const [, isOpened, isClosed, quantifier] of pattern.matchAll(TOKENS)) {
    if (isOpened !== undefined) groups.push(false)
    const isRepeating = isClosed !== undefined && groups.length > 1 ? groups.pop() === true : false
    if (quantifier !== undefined) {
      if (isRepeating) return false
      repetitions += 1
    }
    const last = groups.length - 1
    groups[last] = groups[last] === true || isRepeating || quantifier !== undefined
  }
  return repetitions <= MAX_REPETITIONS
}

// An atom with its quantifier, if it has one: an escape or a class, the start of a group, the end of one, any other character.
const TOKENS =
  /(?:\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|(\((?:\?(?:[:=!]|<[=!]|<\w+>))?)|(\))|[\s\S])([*+?]\??|\{\d+(?:,\d*)?\}\??)?/g
