import type { VNode } from 'preact'
import { cost, count, duration, scoreValue } from '../../format/numbers.js'
import { visibleText } from '../../format/visible-text.js'
import { type ChartsAnswer, PERCENTILES } from './chart-data.js'
import { colorOf, labelOf } from './series-color.js'

/** What the table is given. */
export interface SeriesTableProps {
  readonly answer: ChartsAnswer
  /** What is counted, in the plural. */
  readonly noun: string
}

/** The charts in numbers. */
export function SeriesTable({ answer: { series, scores }, noun }: SeriesTableProps): VNode {
  return (
    <section
      class="series-table"
      aria-label="In numbers"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">Name</span>
            </th>
            {[noun, 'Errors', ...PERCENTILES, 'Tokens', 'Cost', ...scores.map(({ name }) => visibleText(name))].map(
              (label) => (
                <th key={label} scope="col" class="number">
                  {label}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {series.map(({ name, totals }, index) => (
            <tr key={name}>
              <th scope="row">
                <i class="series-mark" data-series={colorOf(name, index)} />
                {visibleText(labelOf(name))}
              </th>
              <td class="number">{totals.count.toLocaleString('en')}</td>
              <td class="number">{totals.errorCount === 0 ? '–' : errorShare(totals.errorCount, totals.count)}</td>
              {PERCENTILES.map((percentile) => {
                const millis = totals.latency[percentile]
                return (
                  <td key={percentile} class="number">
                    {millis === null ? '–' : duration(millis)}
                  </td>
                )
              })}
              <td class="number">{count(totals.tokens) || '–'}</td>
              <td class="number">{cost(totals.cost) || '–'}</td>
              {scores.map((score) => {
                const mean = score.series.find((line) => line.name === name)?.mean
                return (
                  <td key={score.name} class="number">
                    {mean === undefined ? '–' : scoreValue(mean)}
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

function errorShare(errors: number, of: number): string {
  const percent = (errors / of) * 100
  return `${errors.toLocaleString('en')} (${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %)`
}
