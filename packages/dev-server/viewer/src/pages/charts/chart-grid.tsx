import type { Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { cost, count, duration, scoreValue } from '../../format/numbers.js'
import { visibleText } from '../../format/visible-text.js'
import { go, place, withParams } from '../../router/location.js'
import { type ChartSeries, type ChartsAnswer, PERCENTILES } from './chart-data.js'
import { colorOf, labelOf } from './series-color.js'
import { type DrawnSeries, TimeChart } from './time-chart.js'

/** What the charts are given. */
export interface ChartGridProps {
  readonly answer: ChartsAnswer
  /** What is counted, in the plural. */
  readonly noun: string
  /** The part of the time under the pointer. */
  readonly pointed: Signal<number>
}

/** The charts; all have the same time, the same colours and the same part of the time marked. */
export function ChartGrid({ answer, noun, pointed }: ChartGridProps): VNode {
  const { series, scores, fromMillis, bucketMillis, bucketCount } = answer
  const percentile = PERCENTILES.find((each) => each === place.value.params.get('p')) ?? 'p95'
  const drawn = (valuesOf: (each: ChartSeries) => readonly (number | null)[]): DrawnSeries[] =>
    series.map((each, index) => ({
      label: labelOf(each.name),
      color: colorOf(each.name, index),
      values: valuesOf(each),
    }))
  const total = (of: (totals: ChartSeries['totals']) => number): number =>
    series.reduce((sum, { totals }) => sum + of(totals), 0)
  const shared = {
    ...{ fromMillis, bucketMillis, bucketCount, pointed },
    onZoom: (from: number, to: number) =>
      go(withParams(place.peek(), { from: [String(from)], to: [String(to)], range: [] })),
  }
  const errors = total(({ errorCount }) => errorCount)
  return (
    <div class="chart-grid">
      <TimeChart
        {...shared}
        title={noun}
        kind="bars"
        series={drawn(({ counts }) => counts)}
        format={whole}
        aside={<b>{whole(total((totals) => totals.count))}</b>}
      />
      <TimeChart
        {...shared}
        title="Errors"
        kind="bars"
        series={drawn(({ errorCounts }) => errorCounts)}
        format={whole}
        aside={<b class={errors > 0 ? 'error' : ''}>{whole(errors)}</b>}
      />
      <TimeChart
        {...shared}
        title="Latency"
        kind="lines"
        series={drawn(({ latencies }) => latencies[percentile])}
        format={duration}
        aside={
          <fieldset class="segments" aria-label="Percentile">
            {PERCENTILES.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === percentile}
                onClick={() => go(withParams(place.value, { p: each === 'p95' ? [] : [each] }), 'replace')}
              >
                {each}
              </button>
            ))}
          </fieldset>
        }
      />
      <TimeChart
        {...shared}
        title="Cost"
        kind="bars"
        series={drawn(({ costs }) => costs)}
        format={(value) => cost(value) || '$0'}
        aside={<b>{cost(total((totals) => totals.cost)) || '$0'}</b>}
      />
      <TimeChart
        {...shared}
        title="Tokens"
        kind="bars"
        series={drawn(({ tokens }) => tokens)}
        format={(value) => count(value) || '0'}
        aside={<b>{count(total((totals) => totals.tokens)) || '0'}</b>}
      />
      {scores.map((score) => (
        <TimeChart
          key={score.name}
          {...shared}
          title={`Score: ${visibleText(score.name)}`}
          kind="lines"
          series={series.flatMap((each, index) => {
            const line = score.series.find(({ name }) => name === each.name)
            return line === undefined
              ? []
              : [{ label: labelOf(each.name), color: colorOf(each.name, index), values: line.means }]
          })}
          format={scoreValue}
          aside={<span class="quiet">mean</span>}
        />
      ))}
    </div>
  )
}

function whole(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : ''
}
