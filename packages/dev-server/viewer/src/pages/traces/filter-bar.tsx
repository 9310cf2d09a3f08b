import type { VNode } from 'preact'
import { SearchBox } from '../../controls/search-box.js'
import { visibleText } from '../../format/visible-text.js'
import { go, place, withParams } from '../../router/location.js'
import { FacetFilter } from './facet-filter.js'
import { FACETS, filterParams } from './filter-params.js'
import { ScoreFilter } from './score-filter.js'
import { TimeFilter } from './time-filter.js'

/** Search and filters. All of them stand in the address, so that a list can be shared, kept and gone back to. */
export function FilterBar(): VNode {
  const { params } = place.value
  const level = params.get('level') ?? ''
  return (
    <div class="filters">
      <SearchBox placeholder="Search inputs, outputs, names, ids" />
      <div class="filter-buttons">
        <TimeFilter />
        <select
          aria-label="Level"
          value={level}
          data-active={level !== ''}
          onChange={(event) => go(withParams(place.value, { level: [event.currentTarget.value].filter(Boolean) }))}
        >
          <option value="">Any level</option>
          <option value="WARNING">Warnings and errors</option>
          <option value="ERROR">Errors</option>
        </select>
        {FACETS.map((facet) => (
          <FacetFilter key={facet.param} {...facet} />
        ))}
        <ScoreFilter />
      </div>
      <Chips />
    </div>
  )
}

function Chips(): VNode | null {
  const { params } = place.value
  const chosen = [
    ...FACETS.map(({ param, label }) => ({ param: param as string, label: label as string })),
    { param: 'score', label: 'Score' },
  ].flatMap(({ param, label }) => params.getAll(param).map((value) => ({ param, label, value })))
  if (filterParams(params).size === 0) return null
  return (
    <ul class="chips" aria-label="Filters that are set">
      {chosen.map(({ param, label, value }) => (
        <li key={`${param}=${value}`}>
          <button
            type="button"
            class="chip"
            aria-label={`Remove the filter ${label} ${visibleText(value)}`}
            onClick={() =>
              go(withParams(place.value, { [param]: params.getAll(param).filter((each) => each !== value) }))
            }
          >
            <span>{label}</span> {visibleText(value)} <i aria-hidden="true">✕</i>
          </button>
        </li>
      ))}
      <li>
        <a href="/">Clear all</a>
      </li>
    </ul>
  )
}
