import type { Dataset } from '@axion/loader'

const COLUMNS = { query: 44, output: 44 }

/**
 * A table of a dataset's items for a terminal.
 *
 * @param dataset - The dataset.
 * @returns Lines: a head and one line an item.
 */
export function itemsTable(dataset: Dataset): string {
  const line = (mark: string, query: string, output: string, trace: string): string =>
    `${mark} ${cell(query, COLUMNS.query)}  ${cell(output, COLUMNS.output)}  ${trace}`
  const lines = [...dataset].map((item) => {
    const mark = item.metadata?.level === 'ERROR' ? '✗' : '✓'
    return line(mark, item.query, item.actualOutput ?? '', item.traceId ?? '')
  })
  return [line(' ', 'query', 'actualOutput', 'trace'), ...lines].join('\n')
}

function cell(text: string, width: number): string {
  const plain = text.replace(/[`*|]/g, '').replace(/\s+/g, ' ').trim()
  return (plain.length > width ? `${plain.slice(0, width - 1)}…` : plain).padEnd(width)
}
