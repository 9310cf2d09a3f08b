import { describe, expect, it } from 'vitest'
import { createPaint } from './paint.js'
import { type Cell, renderTable } from './table.js'

const COLUMNS = [{ title: 'NAME', shrinks: true }, { title: 'N', align: 'right' }, { title: 'ID' }] as const
const plain = (...texts: string[]): Cell[] => texts.map((text) => ({ text, style: 'plain' }))
const none = createPaint(false)

describe('renderTable()', () => {
  it('renderTable() aligns columns by what a terminal shows', () => {
    const rows = [plain('short', '1', 'x'), plain('日本語です', '1000', 'y')]
    expect(renderTable(COLUMNS, rows, none, undefined)).toEqual([
      'NAME           N  ID',
      'short          1  x',
      '日本語です  1000  y',
    ])
  })

  it('renderTable() cuts only what may shrink when the terminal is narrow', () => {
    const rows = [plain('a rather long name', '1', '0123456789')]
    expect(renderTable(COLUMNS, rows, none, 24)).toEqual(['NAME       N  ID', 'a rather…  1  0123456789'])
    // Narrower than it can become: the id stays whole.
    expect(renderTable(COLUMNS, rows, none, 5)).toEqual(['NAME    N  ID', 'a rat…  1  0123456789'])
  })

  it('renderTable() leaves columns out, the least important first, when shrinking is not enough', () => {
    const columns = [
      { title: 'TIME', leaves: 2 },
      { title: 'USER', shrinks: true, leaves: 1 },
      { title: 'ID' },
    ] as const
    const rows = [plain('12:00:00', 'ada lovelace', '0123456789')]
    const at = (width: number | undefined): string | undefined => renderTable(columns, rows, none, width)[1]
    expect(at(undefined)).toBe('12:00:00  ada lovelace  0123456789')
    expect(at(28)).toBe('12:00:00  ada l…  0123456789')
    expect(at(27)).toBe('12:00:00  0123456789')
    expect(at(19)).toBe('0123456789')
    expect(at(5)).toBe('0123456789')
  })

  it('renderTable() paints without moving columns', () => {
    const rows = [[{ text: 'x', style: 'bad' } as const, ...plain('1', 'y')]]
    expect(renderTable(COLUMNS, rows, createPaint(true), undefined)[1]).toBe('\u001b[31mx\u001b[39m     1  y')
  })

  it('renderTable() shows its titles when there are no rows', () => {
    expect(renderTable(COLUMNS, [], none, undefined)).toEqual(['NAME  N  ID'])
  })
})
