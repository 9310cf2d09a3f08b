import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { fullTime, shortTime } from '../../format/times.js'
import { firstLine } from '../../format/visible-text.js'
import { place, withParams } from '../../router/location.js'
import { type ItemRow, sourceAddress } from './dataset-data.js'

/** What the table is given. */
export interface ItemTableProps {
  readonly items: readonly ItemRow[]
  /** The item beside the table; empty for none. */
  readonly open: string
  readonly hasMore: boolean
  readonly onMore: () => void
}

/** The items of a dataset. */
export function ItemTable({ items, open, hasMore, onMore }: ItemTableProps): VNode {
  useEffect(() => {
    if (open !== '') document.querySelector('[data-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [open])
  return (
    <section
      class="list-scroller"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="Items"
    >
      <table class="list items">
        <thead>
          <tr>
            <th scope="col">Input</th>
            <th scope="col">Expected output</th>
            <th scope="col">Source</th>
            <th scope="col">Written</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.id} item={item} isOpen={item.id === open} />
          ))}
        </tbody>
      </table>
      {hasMore && (
        <p class="more">
          <button type="button" onClick={onMore}>
            Show more items
          </button>
        </p>
      )}
    </section>
  )
}

function Row({ item, isOpen }: { readonly item: ItemRow; readonly isOpen: boolean }): VNode {
  const source = sourceAddress(item)
  return (
    <tr data-selected={isOpen}>
      <td class="main">
        <a href={withParams(place.value, { item: [item.id] })}>{firstLine(item.inputStart) || 'no input'}</a>
      </td>
      <td class="wide payload-line">{firstLine(item.expectedStart)}</td>
      <td class="source">
        {source === undefined ? (
          <span class="quiet">by hand</span>
        ) : (
          <a href={source}>{item.sourceObservationId === null ? 'trace' : 'step'} →</a>
        )}
      </td>
      <td>
        <time dateTime={new Date(item.writtenMillis).toISOString()} title={fullTime(item.writtenMillis)}>
          {shortTime(item.writtenMillis, Date.now())}
        </time>
      </td>
    </tr>
  )
}
