/**
 * Splits text into lines at line feeds, with or without a carriage return before them. Unlike `node:readline`, whose later versions also
 * split at U+2028, which JSON allows inside a string.
 *
 * @param chunks - The text, cut anywhere.
 * @yields The lines, without their ends; none after the last line feed.
 */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  // Pieces of a line that is longer than a chunk: joined once, for appending piece by piece would copy it each time.
  let pending: string[] = []
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      pending.push(chunk.slice(start, end))
      yield withoutReturn(pending.join(''))
      pending = []
      start = end + 1
    }
    if (start < chunk.length) pending.push(chunk.slice(start))
  }
  if (pending.length > 0) yield withoutReturn(pending.join(''))
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
