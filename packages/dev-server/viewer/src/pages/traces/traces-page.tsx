import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { isNarrow } from '../../is-narrow.js'
import { go, place } from '../../router/location.js'
import { onTracesChange } from '../../server/live.js'
import { usePaced } from '../../use-paced.js'
import { useShortcuts } from '../../use-shortcuts.js'
import { scrollToRow } from '../../use-virtual-rows.js'
import { EmptyState } from './empty-state.js'
import { FilterBar } from './filter-bar.js'
import { filterParams, traceAddress } from './filter-params.js'
import { failure, loadFirst, refresh, rows, status, unindexed, waiting } from './trace-list.js'
import { HEAD_HEIGHT, rowHeight, TraceTable } from './trace-table.js'
import { VolumeChart } from './volume-chart.js'
import '../../styles/traces.css'

/** Changes are shown together, so that a busy program does not make the page flicker. */
const REFRESH_MILLIS = 250

/** The list of traces. */
export function TracesPage(): VNode {
  const { params } = place.value
  const filter = filterParams(params).toString()
  const scroller = useRef<HTMLDivElement>(null)
  // The row the keyboard is at. A signal: keys come faster than pages are drawn.
  const selected = useSignal(-1)
  // Counts changes, for what is read anew with them.
  const [change, setChange] = useState(0)

  // Before the first paint: the request should not wait for it.
  useLayoutEffect(() => {
    document.title = 'Traces · Axion'
    selected.value = -1
    scroller.current?.scrollTo(0, 0)
    void loadFirst(params)
  }, [filter])

  const follow = usePaced(() => {
    setChange((before) => before + 1)
    void refresh(place.peek().params, (scroller.current?.scrollTop ?? 0) < rowHeight(isNarrow.peek()))
  }, REFRESH_MILLIS)
  useEffect(() => onTracesChange(follow), [])

  const select = (row: number): void => {
    const bounded = Math.max(0, Math.min(row, rows.value.length - 1))
    selected.value = bounded
    scrollToRow(scroller.current, bounded, rowHeight(isNarrow.value), isNarrow.value ? 0 : HEAD_HEIGHT)
  }
  useShortcuts({
    j: () => select(selected.value + 1),
    k: () => select(selected.value - 1),
    Enter: () => {
      const row = rows.value[selected.value]
      if (row !== undefined) go(traceAddress(row.traceId, params))
    },
    '/': () => document.getElementById('search')?.focus(),
    Escape: () => {
      if (selected.value >= 0) selected.value = -1
      else if (filter !== '') go('/')
    },
  })

  const isEmpty = status.value === 'ready' && rows.value.length === 0
  if (isEmpty && filter === '') return <EmptyState />
  return (
    <div class="traces-page">
      <h1 class="visually-hidden">Traces</h1>
      <FilterBar />
      <VolumeChart filter={filter} change={change} isWaiting={status.value === 'loading' && rows.value.length === 0} />
      {unindexed.value > 0 && params.has('q') && (
        <p class="note" role="status">
          {unindexed.value.toLocaleString('en')} new spans are still being indexed; the search sees the newest of them.
        </p>
      )}
      {status.value === 'failed' && (
        <p class="note error" role="alert">
          {failure.value}
        </p>
      )}
      {waiting.value.length > 0 && (
        <button
          type="button"
          class="new-rows"
          onClick={() => void loadFirst(params).then(() => scroller.current?.scrollTo(0, 0))}
        >
          {waiting.value.length} new {waiting.value.length === 1 ? 'trace' : 'traces'} ↑
        </button>
      )}
      {isEmpty ? (
        <section class="message">
          <h2>No trace matches</h2>
          <p>
            <a href="/">Clear all filters</a>
          </p>
        </section>
      ) : (
        <TraceTable scroller={scroller} selected={selected.value} params={params} />
      )}
    </div>
  )
}
