import type { Terminal } from '../terminal.js'

/** Shows how far a command is. */
export interface Progress {
  /** @param done - How much is done. @param total - Of how much, once that is known. */
  update(done: number, total?: number): Promise<void>
  /** Takes the bar away. To be called also when the command fails, before its error is printed. */
  end(): Promise<void>
}

const BAR_MILLIS = 100
const LINE_MILLIS = 5000
const MAX_BAR_WIDTH = 30
const CLEAR_LINE = '\r\u001b[K'

/**
 * Shows progress on standard error: a bar on a terminal, else a line now and then, so that logs stay readable and a short run says nothing.
 *
 * @param terminal - Where.
 * @param what - What is counted: `traces pushed`.
 * @param clock - The present in milliseconds.
 * @returns The display.
 */
export function createProgress(
  terminal: Pick<Terminal, 'errorColumns' | 'writeError'>,
  what: string,
  clock: () => number = Date.now,
): Progress {
  const columns = terminal.errorColumns
  const pauseMillis = columns === undefined ? LINE_MILLIS : BAR_MILLIS
  // A line that says "0" at the very beginning tells nothing; a bar shows that something happens.
  let shownAt = columns === undefined ? clock() : Number.NEGATIVE_INFINITY
  let isDrawn = false
  return {
    update: async (done, total) => {
      const now = clock()
      const isLast = columns !== undefined && done === total
      if (now - shownAt < pauseMillis && !isLast) return
      shownAt = now
      isDrawn = columns !== undefined
      const text = `${total === undefined ? done : `${done}/${total}`} ${what}`
      await terminal.writeError(columns === undefined ? `${text}\n` : CLEAR_LINE + bar(text, columns, done, total))
    },
    end: async () => {
      if (!isDrawn) return
      isDrawn = false
      await terminal.writeError(CLEAR_LINE)
    },
  }
}

function bar(text: string, columns: number, done: number, total: number | undefined): string {
  // One column stays free: some terminals wrap a line that fills them all.
  const width = Math.min(MAX_BAR_WIDTH, columns - text.length - 6)
  if (total === undefined || total === 0 || width < 5) return text.slice(0, columns - 1)
  const filled = Math.round((Math.min(done, total) / total) * width)
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}  ${text}`
}
