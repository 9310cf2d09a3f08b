import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { Popover } from '../../controls/popover.js'
import { visibleText } from '../../format/visible-text.js'
import { go, place, withParams } from '../../router/location.js'
import { labelOf } from './series-color.js'

/** Lines that can be told apart. */
const MAX_CHOSEN = 6

/** What the choice is given. */
export interface SeriesFilterProps {
  /** In the plural. */
  readonly noun: string
  readonly offered: readonly string[]
}

/** Which names or models have a line. Without a choice these are the most frequent. */
export function SeriesFilter({ noun, offered }: SeriesFilterProps): VNode {
  const chosen = place.value.params.getAll('only')
  const [typed, setTyped] = useState('')
  const set = (names: readonly string[]): void => go(withParams(place.peek(), { only: names }), 'replace')
  const matching = [...new Set([...chosen, ...offered])].filter((name) =>
    name.toLowerCase().includes(typed.toLowerCase()),
  )
  return (
    <Popover label={chosen.length === 0 ? noun : `${noun} · ${chosen.length}`} isActive={chosen.length > 0}>
      {() => (
        <>
          <input
            type="text"
            value={typed}
            placeholder={`${noun}…`}
            aria-label={`Find among the ${noun.toLowerCase()}`}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <ul class="choices">
            {matching.map((name) => {
              const isChosen = chosen.includes(name)
              return (
                <li key={name}>
                  <label>
                    <input
                      type="checkbox"
                      checked={isChosen}
                      disabled={!isChosen && chosen.length >= MAX_CHOSEN}
                      onChange={() => set(isChosen ? chosen.filter((each) => each !== name) : [...chosen, name])}
                    />
                    <span>{visibleText(labelOf(name))}</span>
                  </label>
                </li>
              )
            })}
          </ul>
          {chosen.length > 0 && (
            <button type="button" onClick={() => set([])}>
              Show the most frequent
            </button>
          )}
        </>
      )}
    </Popover>
  )
}
