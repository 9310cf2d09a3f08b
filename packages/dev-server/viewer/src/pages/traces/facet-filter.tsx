import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Popover } from '../../controls/popover.js'
import { visibleText } from '../../format/visible-text.js'
import { go, place, withParams } from '../../router/location.js'
import { type Facets, facets, loadFacets } from './facets.js'

/** What a filter by values is given. */
export interface FacetFilterProps {
  readonly label: string
  /** The query parameter. */
  readonly param: string
  readonly facet: keyof Facets
}

/** A filter by values: those that were seen lately, and any other that is typed. */
export function FacetFilter({ label, param, facet }: FacetFilterProps): VNode {
  const chosen = place.value.params.getAll(param)
  return (
    <Popover label={chosen.length === 0 ? label : `${label} · ${chosen.length}`} isActive={chosen.length > 0}>
      {() => <Values label={label} param={param} facet={facet} chosen={chosen} />}
    </Popover>
  )
}

function Values({ label, param, facet, chosen }: FacetFilterProps & { readonly chosen: readonly string[] }): VNode {
  const [typed, setTyped] = useState('')
  useEffect(() => void loadFacets(), [])
  const set = (values: readonly string[]): void => go(withParams(place.value, { [param]: values }))
  const toggle = (value: string): void =>
    set(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value])
  const offered = [...new Set([...chosen, ...facets.value[facet]])]
  const matching = offered.filter((value) => value.toLowerCase().includes(typed.trim().toLowerCase()))
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim() === '') return
          const [only] = matching
          set([...new Set([...chosen, matching.length === 1 && only !== undefined ? only : typed.trim()])])
          setTyped('')
        }}
      >
        <input
          type="text"
          value={typed}
          placeholder={`${label}…`}
          aria-label={`${label} to filter by`}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </form>
      <ul class="choices">
        {matching.map((value) => (
          <li key={value}>
            <label>
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
              <span>{visibleText(value)}</span>
            </label>
          </li>
        ))}
        {matching.length === 0 && <li class="quiet">{typed === '' ? 'None yet' : 'Enter filters by this'}</li>}
      </ul>
    </>
  )
}
