import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { cost, count } from '../../format/numbers.js'
import { visibleText } from '../../format/visible-text.js'
import { go, place, withParams } from '../../router/location.js'
import { useAnswer } from '../../server/use-answer.js'
import { useShortcuts } from '../../use-shortcuts.js'
import { EmptyState } from '../traces/empty-state.js'
import { serverParams } from '../traces/filter-params.js'
import { TimeFilter } from '../traces/time-filter.js'
import type { ChartsAnswer } from './chart-data.js'
import { ChartGrid } from './chart-grid.js'
import { colorOf, labelOf } from './series-color.js'
import { SeriesFilter } from './series-filter.js'
import { SeriesTable } from './series-table.js'
import '../../styles/lists.css'
import '../../styles/charts.css'

const DIMENSIONS = [
  { by: 'name', label: 'By name', noun: 'Traces', filter: 'Names' },
  { by: 'model', label: 'By model', noun: 'Calls', filter: 'Models' },
] as const

/** How much there was over time, how long it took, what it cost, how good it was. */
export function ChartsPage(): VNode {
  const { params } = place.value
  const dimension = DIMENSIONS.find(({ by }) => by === params.get('by')) ?? DIMENSIONS[0]
  const only = params.getAll('only')
  const { answer, failure } = useAnswer<ChartsAnswer>(
    () => {
      const query = serverParams(place.peek().params, Date.now())
      query.set('by', dimension.by)
      for (const name of only) query.append('only', name)
      return `/charts?${query}`
    },
    params.toString().replace(/&?p=\w+/, ''),
  )
  const pointed = useSignal(-1)
  useEffect(() => {
    document.title = 'Charts · Axion'
  }, [])
  const isTimed = ['from', 'to', 'range'].some((name) => params.has(name))
  useShortcuts({
    Escape: () => {
      if (only.length > 0) go(withParams(place.value, { only: [] }), 'replace')
      else if (isTimed) go(withParams(place.value, { from: [], to: [], range: [] }))
    },
  })
  const isEmpty = answer !== undefined && answer.series.length === 0
  if (isEmpty && !isTimed && dimension.by === 'name') return <EmptyState />
  return (
    <div class="list-page">
      <header class="page-head">
        <h1>Charts</h1>
        <fieldset class="segments" aria-label="Compare">
          {DIMENSIONS.map(({ by, label }) => (
            <button
              key={by}
              type="button"
              aria-pressed={by === dimension.by}
              onClick={() => go(withParams(place.value, { by: by === 'name' ? [] : [by], only: [] }))}
            >
              {label}
            </button>
          ))}
        </fieldset>
        <TimeFilter />
        <SeriesFilter noun={dimension.filter} offered={answer?.offered ?? []} />
        {answer !== undefined && <Legend answer={answer} only={only} />}
      </header>
      {failure !== '' && (
        <p class="note error" role="alert">
          {failure}
        </p>
      )}
      {answer?.isPartial === true && (
        <p class="note" role="status">
          There is more in this time than can be drawn at once: these are the newest. A shorter time shows all of it.
        </p>
      )}
      {isEmpty ? (
        <section class="message">
          <h2>{dimension.by === 'model' ? 'No calls of models' : 'No traces'} in this time</h2>
          {dimension.by === 'model' && <p>A span counts here when it names its model.</p>}
          <p>
            <a href={dimension.by === 'model' ? '/charts?by=model' : '/charts'}>Any time</a>
          </p>
        </section>
      ) : (
        answer !== undefined && (
          <section
            class="list-scroller charts"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            aria-label="Charts"
          >
            <ChartGrid answer={answer} noun={dimension.noun} pointed={pointed} />
            <SeriesTable answer={answer} noun={dimension.noun} />
          </section>
        )
      )}
    </div>
  )
}

/** Whose colour is whose; a click leaves one alone. */
function Legend({ answer, only }: { readonly answer: ChartsAnswer; readonly only: readonly string[] }): VNode {
  return (
    <ul class="legend" aria-label="Legend">
      {answer.series.map(({ name, totals }, index) => {
        const title = `${totals.count.toLocaleString('en')} in all, ${count(totals.tokens) || 'no'} tokens, ${cost(totals.cost) || 'no cost'}`
        const isAlone = only.length === 1 && only[0] === name
        return (
          <li key={name}>
            <button
              type="button"
              class="quiet"
              title={title}
              aria-pressed={isAlone}
              disabled={name === null || name === ''}
              onClick={() => go(withParams(place.value, { only: isAlone || name === null ? [] : [name] }), 'replace')}
            >
              <i class="series-mark" data-series={colorOf(name, index)} />
              {visibleText(labelOf(name))}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
