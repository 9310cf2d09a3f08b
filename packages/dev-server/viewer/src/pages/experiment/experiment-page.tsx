import type { VNode } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { counted } from '../../format/numbers.js'
import { visibleText } from '../../format/visible-text.js'
import { go, place, withParams } from '../../router/location.js'
import { useAnswer } from '../../server/use-answer.js'
import { useRowKeys } from '../../use-row-keys.js'
import { comparisonAddress, type ExperimentRow } from '../experiments/experiment-row.js'
import type { PageProps } from '../page.js'
import type { ComparedItem, ComparisonAnswer } from './comparison-data.js'
import { ItemCard } from './item-card.js'
import { RunTable } from './run-table.js'
import { isDifferent, largestChange } from './score-change.js'
import '../../styles/lists.css'
import '../../styles/experiment.css'

/** Items that are drawn: hundreds of long answers side by side are more than anyone reads. */
const MAX_SHOWN = 200

/** An experiment, or some side by side, item by item. */
export function ExperimentPage({ id }: PageProps): VNode {
  const { params } = place.value
  const ids = [...new Set([id, ...params.getAll('with')])]
  const query = new URLSearchParams(ids.map((each): [string, string] => ['run', each])).toString()
  const { answer, failure } = useAnswer<ComparisonAnswer>(() => `/comparison?${query}`, query)
  const { answer: all } = useAnswer<{ experiments: readonly ExperimentRow[] }>(() => '/experiments', '')
  const [order, differing] = [params.get('sort') ?? '', params.get('only') === 'differences']
  const items = useMemo(() => arranged(answer, order, differing), [answer, order, differing])
  const shown = items.slice(0, MAX_SHOWN)
  useEffect(() => {
    if (answer !== undefined) document.title = `${answer.runs.map(({ name }) => name).join(' · ')} · Axion`
  }, [answer])
  const selected = useRowKeys({
    count: shown.length,
    open: (index) => {
      const cell = shown[index]?.cells.find((each) => each !== null)
      if (cell) go(`/traces/${encodeURIComponent(cell.traceId)}`)
    },
    leave: () => go('/experiments'),
  })
  if (failure !== '') {
    return (
      <section class="message">
        <h1>Cannot show this experiment</h1>
        <p>{failure}</p>
        <p>
          <a href="/experiments">All experiments</a>
        </p>
      </section>
    )
  }
  if (answer === undefined) return <p class="note">Loading…</p>
  const { runs } = answer
  const others = (all?.experiments ?? []).filter(
    (each) => !runs.some((run) => run.id === each.id) && each.datasetId === runs[0]?.datasetId,
  )
  const isCompared = runs.length > 1
  return (
    <div class="list-page">
      <Head runs={runs} />
      <section
        class="list-scroller"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Items"
      >
        <RunTable runs={runs} scoreNames={scoreNames(answer)} />
        <div class="compare-controls">
          <b>{counted(items.length, 'item')}</b>
          {answer.isCut && <span class="quiet">the first 1,000 of each experiment</span>}
          {items.length > MAX_SHOWN && <span class="quiet">{MAX_SHOWN} of them shown</span>}
          <span class="spacer" />
          {others.length > 0 && runs.length < 5 && (
            <select
              aria-label="Compare with"
              value=""
              onChange={(event) => go(comparisonAddress([...runs.map((run) => run.id), event.currentTarget.value]))}
            >
              <option value="">Compare with…</option>
              {others.map((each) => (
                <option key={each.id} value={each.id}>
                  {visibleText(each.name)}
                </option>
              ))}
            </select>
          )}
          {isCompared && (
            <>
              <select
                aria-label="Order"
                value={order}
                data-active={order !== ''}
                onChange={(event) =>
                  go(withParams(place.value, { sort: [event.currentTarget.value].filter(Boolean) }), 'replace')
                }
              >
                <option value="">As they ran</option>
                <option value="losses">Largest losses first</option>
                <option value="gains">Largest gains first</option>
              </select>
              <button
                type="button"
                aria-pressed={differing}
                data-active={differing}
                onClick={() => go(withParams(place.value, { only: differing ? [] : ['differences'] }), 'replace')}
              >
                Only differences
              </button>
            </>
          )}
        </div>
        {shown.length === 0 && (
          <p class="note">
            {differing ? 'They answered and scored every item alike.' : 'This experiment has no items.'}
          </p>
        )}
        {shown.length > 0 && (
          <div class="compared compared-head" data-runs={runs.length} aria-hidden="true">
            <span>Item</span>
            {runs.map((run, place) => (
              <div key={run.id}>
                <i class="run-mark" data-run={place} />
                <span>{visibleText(run.name)}</span>
              </div>
            ))}
          </div>
        )}
        <ol class="compared" data-runs={runs.length}>
          {shown.map((item, index) => (
            <ItemCard key={item.itemId} item={item} runs={runs} isSelected={index === selected} />
          ))}
        </ol>
      </section>
    </div>
  )
}

function Head({ runs }: { readonly runs: readonly ExperimentRow[] }): VNode {
  const [first] = runs
  return (
    <header class="entity-head">
      <div class="entity-title">
        <a class="back" href="/experiments" aria-label="Back to the experiments">
          ←
        </a>
        <h1>{runs.map(({ name }) => visibleText(name)).join(' · ')}</h1>
      </div>
      <p class="entity-facts">
        {first !== undefined && first.datasetName !== '' && (
          <a class="label" href={`/datasets/${encodeURIComponent(first.datasetName)}`}>
            dataset {visibleText(first.datasetName)}
          </a>
        )}
        {runs.length === 1 && first !== undefined && first.description !== '' && (
          <span>{visibleText(first.description)}</span>
        )}
        {runs.length === 1 &&
          Object.entries(first?.metadata ?? {}).map(([key, value]) => (
            <span key={key} class="label">
              {visibleText(key)} <b>{visibleText(value)}</b>
            </span>
          ))}
        {runs.length > 1 && <span>Differences are to {visibleText(first?.name ?? '')}</span>}
      </p>
    </header>
  )
}

function scoreNames({ runs }: ComparisonAnswer): string[] {
  return [...new Set(runs.flatMap(({ totals }) => totals.scores.map(({ name }) => name)))].sort()
}

function arranged(answer: ComparisonAnswer | undefined, order: string, differing: boolean): readonly ComparedItem[] {
  if (answer === undefined) return []
  const items = differing ? answer.items.filter(isDifferent) : [...answer.items]
  if (order !== 'losses' && order !== 'gains') return items
  const names = scoreNames(answer)
  const size = (item: ComparedItem): number => largestChange(item, names, order === 'gains' ? 1 : -1)
  return items.sort((one, other) => size(other) - size(one))
}
