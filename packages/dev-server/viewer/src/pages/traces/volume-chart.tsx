import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { counted } from '../../format/numbers.js'
import { fullTime, shortTime } from '../../format/times.js'
import { go, place, withParams } from '../../router/location.js'
import { getJson } from '../../server/get-json.js'
import { serverParams } from './filter-params.js'

/** As `GET /viewer/api/volume` gives it. */
interface Volume {
  readonly fromMillis: number
  readonly bucketMillis: number
  readonly counts: readonly number[]
  readonly errorCounts: readonly number[]
}

const HEIGHT = 44

/** What the chart is given. */
export interface VolumeChartProps {
  readonly filter: string
  /** Rises when there is something new. */
  readonly change: number
  /** The list comes first. */
  readonly isWaiting: boolean
}

/** How many traces there were, and how many of them failed. A bar narrows the list to its time. */
export function VolumeChart({ filter, change, isWaiting }: VolumeChartProps): VNode {
  const [volume, setVolume] = useState<Volume>()
  useEffect(() => {
    if (isWaiting) return
    const request = new AbortController()
    getJson<Volume>(`/volume?${serverParams(place.peek().params, Date.now())}`, request.signal)
      .then(setVolume)
      // The list says what is wrong; a missing chart says nothing more.
      .catch(() => undefined)
    return () => request.abort()
  }, [filter, change, isWaiting])
  const size = volume?.counts.length ?? 0
  if (volume === undefined || size === 0) return <div class="volume" />
  const highest = Math.max(1, ...volume.counts)
  const traces = volume.counts.reduce((sum, each) => sum + each, 0)
  const errors = volume.errorCounts.reduce((sum, each) => sum + each, 0)
  const end = volume.fromMillis + size * volume.bucketMillis
  const now = Date.now()
  return (
    <figure class="volume">
      <figcaption>
        <span>
          <b>{counted(traces, 'trace')}</b>
          {errors > 0 && <b class="error"> {errors.toLocaleString('en')} with errors</b>}
        </span>
        <span class="axis">
          {shortTime(volume.fromMillis, now)} – {shortTime(end, now)}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${Math.max(size, 30)} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {volume.counts.map((value, index) => {
          const top = (value / highest) * HEIGHT
          const failed = ((volume.errorCounts[index] ?? 0) / highest) * HEIGHT
          const from = volume.fromMillis + index * volume.bucketMillis
          const title = `${fullTime(from)}: ${counted(value, 'trace')}, ${volume.errorCounts[index]} with errors`
          const zoom = (): void =>
            go(withParams(place.peek(), { from: [String(from)], to: [String(from + volume.bucketMillis)], range: [] }))
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the time filter does the same for the keyboard
            <g key={from} onClick={zoom}>
              <title>{title}</title>
              <rect class="hit" x={index} y={0} width={1} height={HEIGHT} />
              {value > 0 && (
                <rect x={index + 0.1} y={HEIGHT - Math.max(1.5, top)} width={0.8} height={Math.max(1.5, top)} />
              )}
              {failed > 0 && (
                <rect
                  class="failed"
                  x={index + 0.1}
                  y={HEIGHT - Math.max(1.5, failed)}
                  width={0.8}
                  height={Math.max(1.5, failed)}
                />
              )}
            </g>
          )
        })}
      </svg>
    </figure>
  )
}
