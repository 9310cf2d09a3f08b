import { describe, expect, it } from 'vitest'
import { createProgress } from './progress.js'

function display(errorColumns: number | undefined): {
  progress: ReturnType<typeof createProgress>
  written: string[]
  pass(millis: number): void
} {
  const written: string[] = []
  let now = 1_000_000
  const terminal = {
    errorColumns,
    writeError: async (text: string): Promise<void> => {
      written.push(text)
    },
  }
  const progress = createProgress(terminal, 'traces', () => now)
  return {
    progress,
    written,
    pass: (millis) => {
      now += millis
    },
  }
}

describe('createProgress()', () => {
  it('createProgress() draws a bar over itself on a terminal, ten times a second, and takes it away', async () => {
    const { progress, written, pass } = display(80)
    await progress.update(0, 4)
    await progress.update(1, 4)
    pass(100)
    await progress.update(2, 4)
    await progress.update(4, 4)
    await progress.end()
    await progress.end()
    expect(written).toEqual([
      `\r\u001b[K${'░'.repeat(30)}  0/4 traces`,
      `\r\u001b[K${'█'.repeat(15)}${'░'.repeat(15)}  2/4 traces`,
      `\r\u001b[K${'█'.repeat(30)}  4/4 traces`,
      '\r\u001b[K',
    ])
  })

  it.each([
    [20, 3, 4, '3/4 traces'],
    [8, 3, 4, '3/4 tra'],
    [80, 3, undefined, '3 traces'],
    [80, 0, 0, '0/0 traces'],
    [80, 9, 4, `${'█'.repeat(30)}  9/4 traces`],
  ])('createProgress() fits into %i columns with %s of %s', async (columns, done, total, line) => {
    const { progress, written } = display(columns)
    await progress.update(done, total)
    expect(written).toEqual([`\r\u001b[K${line}`])
  })

  it('createProgress() writes a plain line every five seconds elsewhere, and nothing in a short run', async () => {
    const { progress, written, pass } = display(undefined)
    await progress.update(1, 9)
    await progress.update(9, 9)
    expect(written).toEqual([])
    pass(5000)
    await progress.update(5, 9)
    pass(4999)
    await progress.update(6, 9)
    await progress.end()
    expect(written).toEqual(['5/9 traces\n'])
  })
})
