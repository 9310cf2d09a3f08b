import type { VNode } from 'preact'
import { cost, duration, scoreValue } from '../../format/numbers.js'
import { fullTime } from '../../format/times.js'
import { visibleText } from '../../format/visible-text.js'
import { comparisonAddress, type ExperimentRow } from '../experiments/experiment-row.js'
import { ChangeBadge } from './change-badge.js'

/** A figure of an experiment. */
interface Figure {
  readonly label: string
  readonly of: (run: ExperimentRow) => number | undefined
  readonly format: (value: number) => string
  readonly isMoreBetter?: boolean
}

/** What the table is given. */
export interface RunTableProps {
  readonly runs: readonly ExperimentRow[]
  readonly scoreNames: readonly string[]
}

/** Experiments side by side, all in all: each is compared with the first. */
export function RunTable({ runs, scoreNames }: RunTableProps): VNode {
  const figures: readonly Figure[] = [
    ...scoreNames.map(
      (name): Figure => ({
        label: visibleText(name),
        of: (run) => run.totals.scores.find((score) => score.name === name)?.mean,
        format: scoreValue,
        isMoreBetter: true,
      }),
    ),
    { label: 'Latency, mean', of: ({ totals }) => totals.meanLatencyMillis, format: duration, isMoreBetter: false },
    { label: 'Cost', of: ({ totals }) => totals.totalCost, format: (value) => cost(value) || '–', isMoreBetter: false },
    { label: 'Items', of: ({ totals }) => totals.itemCount, format: String },
    { label: 'Errors', of: ({ totals }) => totals.errorCount, format: String, isMoreBetter: false },
  ]
  const ids = runs.map(({ id }) => id)
  return (
    <section
      class="run-table"
      aria-label="Experiments"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">Figure</span>
            </th>
            {runs.map((run, place) => (
              <th key={run.id} scope="col">
                <i class="run-mark" data-run={place} />
                <span title={`${fullTime(run.startMillis)} ${visibleText(run.description)}`}>
                  {visibleText(run.name)}
                </span>
                {runs.length > 1 && (
                  <a
                    class="remove"
                    href={comparisonAddress(ids.filter((id) => id !== run.id))}
                    aria-label={`Take ${visibleText(run.name)} out`}
                  >
                    ✕
                  </a>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.map(({ label, of, format, isMoreBetter }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {runs.map((run, place) => {
                const [value, first] = [of(run), runs[0] === undefined ? undefined : of(runs[0])]
                const change = place === 0 || value === undefined || first === undefined ? undefined : value - first
                return (
                  <td key={run.id} class="number">
                    {value === undefined ? '–' : format(value)}{' '}
                    <ChangeBadge
                      change={change}
                      format={format}
                      {...(isMoreBetter !== undefined && { isMoreBetter })}
                    />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
