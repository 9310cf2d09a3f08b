import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitLines } from './split-lines.js'

async function linesOf(...chunks: string[]): Promise<string[]> {
  const source = async function* (): AsyncGenerator<string> {
    yield* chunks
  }
  const lines: string[] = []
  for await (const line of splitLines(source())) lines.push(line)
  return lines
}

describe('splitLines()', () => {
  it.each<[string, string[], string[]]>([
    ['nothing', [], []],
    ['an empty chunk', [''], []],
    ['a line without an end', ['a'], ['a']],
    ['an empty line', ['\n'], ['']],
    ['a line end cut in two', ['a\r', '\nb'], ['a', 'b']],
    ['a line in many pieces', ['a', 'b', 'c\nd'], ['abc', 'd']],
    ['separators that are no line ends', ['a\u2028b\u2029c\u0085d\re\n'], ['a\u2028b\u2029c\u0085d\re']],
  ])('splitLines() splits %s', async (_, chunks, lines) => {
    expect(await linesOf(...chunks)).toEqual(lines)
  })

  it('splitLines() gives the same lines however the text is cut', async () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n]/g, ''))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1 }), fc.constantFrom('\n', '\r\n'), async (lines, end) => {
        const text = lines.map((content) => content + end).join('')
        expect(await linesOf(...text)).toEqual(lines)
        expect(await linesOf(text)).toEqual(lines)
      }),
    )
  })
})
