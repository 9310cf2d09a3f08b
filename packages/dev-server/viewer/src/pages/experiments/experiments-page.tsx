import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { SearchBox } from '../../controls/search-box.js'
import { counted } from '../../format/numbers.js'
import { visibleText } from '../../format/visible-text.js'
import { go, place, withParams } from '../../router/location.js'
import { useAnswer } from '../../server/use-answer.js'
import { useRowKeys } from '../../use-row-keys.js'
import { comparisonAddress, type ExperimentRow } from './experiment-row.js'
import { ExperimentTable } from './experiment-table.js'
import { NoExperiments } from './no-experiments.js'
import '../../styles/lists.css'

/** Experiments side by side: as many as the server compares. */
const MAX_CHOSEN = 5

/** The experiments, the newest first; some of them can be chosen and compared. */
export function ExperimentsPage(): VNode {
  const { params } = place.value
  const text = (params.get('q') ?? '').trim().toLowerCase()
  const dataset = params.get('dataset') ?? ''
  const { answer, failure } = useAnswer<{ experiments: readonly ExperimentRow[] }>(() => '/experiments', '')
  // In the order in which they were chosen: the first is what the others are compared with.
  const [chosen, setChosen] = useState<readonly string[]>([])
  useEffect(() => {
    document.title = 'Experiments · Axion'
  }, [])
  const all = answer?.experiments ?? []
  const rows = all.filter(
    ({ name, datasetName, datasetId }) =>
      `${name}\n${datasetName}`.toLowerCase().includes(text) && (dataset === '' || datasetId === dataset),
  )
  const choose = (id: string | undefined): void => {
    if (id === undefined) return
    setChosen((before) => {
      if (before.includes(id)) return before.filter((each) => each !== id)
      return before.length < MAX_CHOSEN ? [...before, id] : before
    })
  }
  const isFiltered = text !== '' || dataset !== ''
  const selected = useRowKeys({
    count: rows.length,
    open: (index) => go(comparisonAddress(chosen.length > 1 ? chosen : [rows[index]?.id ?? ''])),
    leave: () => {
      if (chosen.length > 0) setChosen([])
      else if (isFiltered) go('/experiments')
    },
    more: { x: (index) => choose(rows[index]?.id) },
  })
  if (answer !== undefined && all.length === 0) return <NoExperiments />
  const datasetName = all.find(({ datasetId }) => datasetId === dataset)?.datasetName ?? dataset
  return (
    <div class="list-page">
      <header class="page-head">
        <h1>Experiments</h1>
        <SearchBox placeholder="Search experiments and datasets" />
        {dataset !== '' && (
          <button type="button" class="chip" onClick={() => go(withParams(place.value, { dataset: [] }))}>
            <span>Dataset</span> {visibleText(datasetName)} <i aria-hidden="true">✕</i>
          </button>
        )}
        <span class="spacer" />
        {chosen.length === 0 && rows.length > 1 && <span class="quiet">Choose some to compare them</span>}
        {chosen.length > 0 && (
          <a class="button primary" href={comparisonAddress(chosen)}>
            {chosen.length === 1 ? 'Open' : `Compare ${counted(chosen.length, 'experiment')}`}
          </a>
        )}
      </header>
      {failure !== '' && (
        <p class="note error" role="alert">
          {failure}
        </p>
      )}
      {answer !== undefined && rows.length === 0 ? (
        <section class="message">
          <h2>No experiment matches</h2>
          <p>
            <a href="/experiments">Clear the search</a>
          </p>
        </section>
      ) : (
        <ExperimentTable
          rows={rows}
          chosen={chosen}
          selected={selected}
          isBusy={answer === undefined}
          onChoose={choose}
        />
      )}
    </div>
  )
}
