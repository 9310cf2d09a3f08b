import type { VNode } from 'preact'
import { cost, counted, duration, scoreValue } from '../../format/numbers.js'
import { fullTime, shortTime } from '../../format/times.js'
import { visibleText } from '../../format/visible-text.js'
import { comparisonAddress, type ExperimentRow } from './experiment-row.js'

/** What the table is given. */
export interface ExperimentTableProps {
  readonly rows: readonly ExperimentRow[]
  /** Those to compare. */
  readonly chosen: readonly string[]
  readonly selected: number
  readonly isBusy: boolean
  readonly onChoose: (id: string) => void
}

/** The experiments. */
export function ExperimentTable({ rows, chosen, selected, isBusy, onChoose }: ExperimentTableProps): VNode {
  return (
    <section
      class="list-scroller"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="List of experiments"
      aria-busy={isBusy}
    >
      <table class="list experiments">
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">Compare</span>
            </th>
            <th scope="col">Experiment</th>
            <th scope="col">Dataset</th>
            <th scope="col">Started</th>
            <th scope="col" class="number">
              Items
            </th>
            <th scope="col" class="number">
              Latency
            </th>
            <th scope="col" class="number">
              Cost
            </th>
            <th scope="col">Mean scores</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row
              key={row.id}
              row={row}
              isChosen={chosen.includes(row.id)}
              isSelected={index === selected}
              onChoose={onChoose}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface RowProps {
  readonly row: ExperimentRow
  readonly isChosen: boolean
  readonly isSelected: boolean
  readonly onChoose: (id: string) => void
}

function Row({ row, isChosen, isSelected, onChoose }: RowProps): VNode {
  const { totals } = row
  return (
    <tr data-selected={isSelected}>
      <td class="choice">
        <label>
          <input type="checkbox" checked={isChosen} onChange={() => onChoose(row.id)} />
          <span class="visually-hidden">Compare {visibleText(row.name)}</span>
        </label>
      </td>
      <td class="main">
        <a href={comparisonAddress([row.id])} title={visibleText(row.description)}>
          {visibleText(row.name) || row.id}
        </a>{' '}
        {totals.errorCount > 0 && <b class="badge error">{counted(totals.errorCount, 'error')}</b>}
      </td>
      <td class="source">
        {row.datasetName !== '' && (
          <a href={`/datasets/${encodeURIComponent(row.datasetName)}`}>{visibleText(row.datasetName)}</a>
        )}
      </td>
      <td>
        <time dateTime={new Date(row.startMillis).toISOString()} title={fullTime(row.startMillis)}>
          {shortTime(row.startMillis, Date.now())}
        </time>
      </td>
      <td class="number" data-label="items">
        {totals.itemCount.toLocaleString('en')}
      </td>
      <td class="number" title="Mean of the items">
        {duration(totals.meanLatencyMillis)}
      </td>
      <td class="number">{cost(totals.totalCost)}</td>
      <td class="labels">
        {totals.scores.map(({ name, mean, count }) => (
          <span key={name} class="label score" title={`Mean of ${counted(count, 'score')}`}>
            {visibleText(name)} <b>{scoreValue(mean)}</b>
          </span>
        ))}
      </td>
    </tr>
  )
}
