// Texts should be few; where someone puts an id into each, the memory ends here and the work is done anew.
const MAX_TEXTS = 1000

/**
 * Remembers what was found out about a text: names and keys are the same few in every span.
 *
 * @param find - Finds it; always the same for the same text.
 * @returns The same, and each text's answer once for the first thousand of them.
 */
export function remember<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    let found = known.get(text)
    if (found === undefined) {
      found = find(text)
      if (known.size < MAX_TEXTS) known.set(text, found)
    }
    return found
  }
}
