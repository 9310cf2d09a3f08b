import type { RefObject, VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { cost, count, counted, duration, scoreValue } from '../../format/numbers.js'
import { fullTime, shortTime } from '../../format/times.js'
import { firstLine, visibleText } from '../../format/visible-text.js'
import { isNarrow } from '../../is-narrow.js'
import { useVirtualRows } from '../../use-virtual-rows.js'
import { traceAddress } from './filter-params.js'
import { hasMore, loadMore, rows, status } from './trace-list.js'
import type { TraceRow } from './trace-row.js'

/** Of the row with the names of the columns, in pixels, as in the style sheet. */
export const HEAD_HEIGHT = 30

/**
 * The height of a row, as in the style sheet.
 *
 * @param narrow Whether the window is a phone's, where a row is a card.
 * @returns Pixels.
 */
export function rowHeight(narrow: boolean): number {
  return narrow ? 88 : 36
}

/** Rows before the end at which the next page is read. */
const AHEAD = 40

/** What the table is given. */
export interface TraceTableProps {
  readonly scroller: RefObject<HTMLDivElement | null>
  /** The row the keyboard is at; -1 for none. */
  readonly selected: number
  readonly params: URLSearchParams
}

/** The traces, as many as are seen. */
export function TraceTable({ scroller, selected, params }: TraceTableProps): VNode {
  const height = rowHeight(isNarrow.value)
  const all = rows.value
  const { start, end } = useVirtualRows(scroller, all.length, height)
  useEffect(() => {
    if (end > all.length - AHEAD) void loadMore(params)
  }, [end, all.length])
  const now = Date.now()
  return (
    <section
      class="trace-scroller"
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="List of traces"
      aria-busy={status.value === 'loading'}
    >
      <table aria-rowcount={hasMore.value ? -1 : all.length + 1}>
        <thead class="trace-head">
          <tr class="trace-row">
            {['Name', 'Started', 'Latency', 'Tokens', 'Cost', 'Input', 'Output', 'Tags and scores'].map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="trace-rows" style={{ height: `${all.length * height}px` }}>
          {all.slice(start, end).map((row, index) => (
            <Row
              key={row.traceId}
              row={row}
              index={start + index}
              top={(start + index) * height}
              isSelected={start + index === selected}
              address={traceAddress(row.traceId, params)}
              now={now}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface RowProps {
  readonly row: TraceRow
  readonly index: number
  readonly top: number
  readonly isSelected: boolean
  readonly address: string
  readonly now: number
}

function Row({ row, index, top, isSelected, address, now }: RowProps): VNode {
  const level = row.errorCount > 0 ? 'error' : row.warningCount > 0 ? 'warning' : undefined
  return (
    <tr
      class="trace-row"
      aria-rowindex={index + 2}
      data-selected={isSelected}
      style={{ transform: `translateY(${top}px)` }}
    >
      <td class="trace-name">
        <i class="type-dot" data-type={row.type} data-level={level} />
        <a href={address}>{visibleText(row.name) || 'unnamed'}</a>
        {level !== undefined && <b class={`badge ${level}`}>{counted(row.errorCount || row.warningCount, level)}</b>}
      </td>
      <td>
        <time dateTime={new Date(row.startMillis).toISOString()} title={fullTime(row.startMillis)}>
          {shortTime(row.startMillis, now)}
        </time>
      </td>
      <td class="number" title={counted(row.observationCount, 'span')}>
        {duration(row.durationMillis)}
      </td>
      <td class="number">{count(row.totalTokens)}</td>
      <td class="number">{cost(row.totalCost)}</td>
      <td class="payload-line">{firstLine(row.inputStart)}</td>
      <td class="payload-line">{firstLine(row.outputStart)}</td>
      <td class="labels">
        {row.scores.map(({ name, value }, place) => (
          <span key={place} class="label score" title={`${name}: ${value}`}>
            {visibleText(name)} <b>{scoreValue(value)}</b>
          </span>
        ))}
        {row.tags.map((tag) => (
          <span key={tag} class="label">
            {visibleText(tag)}
          </span>
        ))}
      </td>
    </tr>
  )
}
