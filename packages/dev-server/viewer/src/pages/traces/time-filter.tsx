import type { VNode } from 'preact'
import { Popover } from '../../controls/popover.js'
import { shortTime } from '../../format/times.js'
import { go, place, withParams } from '../../router/location.js'
import { RANGES } from './filter-params.js'

/** A filter by time: some span up to now, or from and to. */
export function TimeFilter(): VNode {
  const { params } = place.value
  const [range, from, to] = [params.get('range') ?? '', params.get('from') ?? '', params.get('to') ?? '']
  const isActive = range !== '' || from !== '' || to !== ''
  const set = (changes: Readonly<Record<string, string>>): void => {
    const entries = Object.entries({ range: '', from, to, ...changes })
    go(withParams(place.value, Object.fromEntries(entries.map(([name, value]) => [name, value === '' ? [] : [value]]))))
  }
  return (
    <Popover label={labelOf(range, from, to)} isActive={isActive}>
      {(close) => (
        <div class="stack">
          <ul class="choices">
            {[
              ['', 'Any time'] as const,
              ...Object.entries(RANGES).map(([key, { label }]) => [key, label] as const),
            ].map(([key, label]) => (
              <li key={key}>
                <label>
                  <input
                    type="radio"
                    name="range"
                    checked={key === '' ? !isActive : range === key}
                    onChange={() => {
                      set({ range: key, from: '', to: '' })
                      close()
                    }}
                  />
                  <span>{label}</span>
                </label>
              </li>
            ))}
          </ul>
          <label class="field">
            From
            <input
              type="datetime-local"
              value={localTime(from)}
              onChange={(event) => set({ from: millisOf(event.currentTarget.value) })}
            />
          </label>
          <label class="field">
            To
            <input
              type="datetime-local"
              value={localTime(to)}
              onChange={(event) => set({ to: millisOf(event.currentTarget.value) })}
            />
          </label>
        </div>
      )}
    </Popover>
  )
}

function labelOf(range: string, from: string, to: string): string {
  const known = RANGES[range]
  if (known !== undefined) return known.label
  const show = (millis: string): string =>
    Number.isFinite(Number(millis)) ? shortTime(Number(millis), Date.now()) : '?'
  if (from !== '' && to !== '') return `${show(from)} – ${show(to)}`
  if (from !== '') return `Since ${show(from)}`
  return to === '' ? 'Any time' : `Until ${show(to)}`
}

/** As the field takes it: the clock of the reader, without a zone. */
function localTime(millis: string): string {
  const date = new Date(Number(millis))
  if (millis === '' || Number.isNaN(date.getTime())) return ''
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function millisOf(local: string): string {
  const millis = new Date(local).getTime()
  return Number.isNaN(millis) ? '' : String(millis)
}
