import type { Signal } from '@preact/signals'
import type { ComponentChildren, VNode } from 'preact'
import { useState } from 'preact/hooks'
import { axisTime, fullTime } from '../../format/times.js'
import { visibleText } from '../../format/visible-text.js'
import { linePath } from './line-path.js'
import { type ValueAxis, valueAxis } from './value-axis.js'

const HEIGHT = 100

/** A line or the bars of one colour. */
export interface DrawnSeries {
  readonly label: string
  /** Its colour: a number, or `other`. */
  readonly color: string
  readonly values: readonly (number | null)[]
}

/** What a chart is given. */
export interface TimeChartProps {
  readonly title: string
  /** Beside the title: the figure for all of the time, or a choice. */
  readonly aside?: ComponentChildren
  /** Bars stand on each other: they are parts of a sum. Lines do not. */
  readonly kind: 'bars' | 'lines'
  readonly series: readonly DrawnSeries[]
  readonly format: (value: number) => string
  readonly fromMillis: number
  readonly bucketMillis: number
  readonly bucketCount: number
  /** The part of the time under the pointer, in all charts of a page; -1 for none. */
  readonly pointed: Signal<number>
  readonly onZoom: (fromMillis: number, toMillis: number) => void
}

/** Values over time. Pressing on a part of the time, or drawing over some, narrows the page to it. */
export function TimeChart(props: TimeChartProps): VNode {
  const { title, aside, kind, series, format, fromMillis, bucketMillis, bucketCount, pointed, onZoom } = props
  const [isHere, setHere] = useState(false)
  const [pressed, setPressed] = useState(-1)
  const axis = valueAxis(
    kind === 'bars' ? sums(series, bucketCount) : series.flatMap(({ values }) => values.map((value) => value ?? 0)),
  )
  const yOf = (value: number): number => HEIGHT - ((value - axis.low) / (axis.high - axis.low)) * HEIGHT
  const at = pointed.value
  const [first, last] = pressed === -1 ? [at, at] : [Math.min(pressed, at), Math.max(pressed, at)]
  const bucketAt = (event: PointerEvent): number => {
    const box = (event.currentTarget as Element).getBoundingClientRect()
    const place = Math.floor(((event.clientX - box.left) / box.width) * bucketCount)
    return Math.max(0, Math.min(place, bucketCount - 1))
  }
  const timeOf = (bucket: number): number => fromMillis + bucket * bucketMillis
  const isEmpty = !series.some(({ values }) =>
    values.some((value) => value !== null && (kind === 'lines' || value !== 0)),
  )
  const span = bucketMillis * bucketCount
  return (
    <figure class="chart" aria-label={title}>
      <figcaption>
        <h2>{title}</h2>
        {aside}
      </figcaption>
      <div class="plot">
        <ol class="ticks" aria-hidden="true">
          {axis.ticks.map((tick) => (
            <li key={tick} style={{ top: `${yOf(tick)}%` }}>
              {tick === 0 ? '0' : format(tick).replace(/\.0+(?=\D|$)/, '')}
            </li>
          ))}
        </ol>
        <svg
          viewBox={`0 0 ${bucketCount} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          onPointerMove={(event) => {
            setHere(true)
            pointed.value = bucketAt(event)
          }}
          onPointerLeave={() => {
            setHere(false)
            setPressed(-1)
            pointed.value = -1
          }}
          onPointerDown={(event) => setPressed(bucketAt(event))}
          onPointerUp={(event) => {
            if (pressed === -1) return
            const end = bucketAt(event)
            setPressed(-1)
            onZoom(timeOf(Math.min(pressed, end)), timeOf(Math.max(pressed, end) + 1))
          }}
        >
          {axis.ticks.map((tick) => (
            <path key={tick} class="grid" d={`M0 ${yOf(tick)}H${bucketCount}`} />
          ))}
          {at >= 0 && <rect class="pointed" x={first} y={0} width={last - first + 1} height={HEIGHT} />}
          {kind === 'bars' ? <Bars series={series} axis={axis} bucketCount={bucketCount} /> : null}
          {kind === 'lines' &&
            series.map(({ label, color, values }) => {
              const { line, dots } = linePath(values, yOf)
              return (
                <g key={label}>
                  <path class="line" data-series={color} d={line} />
                  <path class="line dots" data-series={color} d={dots} />
                </g>
              )
            })}
        </svg>
        {isEmpty && <p class="no-values">None</p>}
        {isHere && at >= 0 && (
          <div class="values" data-side={at * 2 < bucketCount ? 'right' : 'left'}>
            <b>{fullTime(timeOf(at))}</b>
            {series.map(({ label, color, values }) => {
              const value = values[at] ?? null
              return value === null || (kind === 'bars' && value === 0) ? null : (
                <span key={label}>
                  <i class="series-mark" data-series={color} />
                  {visibleText(label)} <b>{format(value)}</b>
                </span>
              )
            })}
          </div>
        )}
      </div>
      <p class="times" aria-hidden="true">
        <span>{axisTime(fromMillis, span)}</span>
        <span>{axisTime(timeOf(bucketCount / 2), span)}</span>
        <span>{axisTime(timeOf(bucketCount), span)}</span>
      </p>
    </figure>
  )
}

interface BarsProps {
  readonly series: readonly DrawnSeries[]
  readonly axis: ValueAxis
  readonly bucketCount: number
}

/** One path for each colour: hundreds of bars are a handful of elements. */
function Bars({ series, axis, bucketCount }: BarsProps): VNode {
  const tops = new Array<number>(bucketCount).fill(HEIGHT)
  return (
    <>
      {series.map(({ label, color, values }) => {
        let path = ''
        for (const [index, value] of values.entries()) {
          const height = ((value ?? 0) / (axis.high - axis.low)) * HEIGHT
          if (height <= 0) continue
          const bottom = tops[index] ?? HEIGHT
          tops[index] = bottom - height
          path += `M${index + 0.1} ${bottom.toFixed(2)}v${(-height).toFixed(2)}h.8v${height.toFixed(2)}z`
        }
        return <path key={label} class="bars" data-series={color} d={path} />
      })}
    </>
  )
}

function sums(series: readonly DrawnSeries[], bucketCount: number): number[] {
  return Array.from({ length: bucketCount }, (_, index) =>
    series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0),
  )
}
