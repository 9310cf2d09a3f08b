import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Popover } from '../../controls/popover.js'
import { go, place, withParams } from '../../router/location.js'
import { facets, loadFacets } from './facets.js'

/** A filter by scores: that there is one, or how high it is. */
export function ScoreFilter(): VNode {
  const chosen = place.value.params.getAll('score')
  return (
    <Popover label={chosen.length === 0 ? 'Score' : `Score · ${chosen.length}`} isActive={chosen.length > 0}>
      {(close) => <Condition chosen={chosen} close={close} />}
    </Popover>
  )
}

function Condition({ chosen, close }: { readonly chosen: readonly string[]; readonly close: () => void }): VNode {
  const [name, setName] = useState('')
  const [operator, setOperator] = useState('>=')
  const [value, setValue] = useState('')
  useEffect(() => void loadFacets(), [])
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') return
        const condition = value.trim() === '' ? name.trim() : `${name.trim()}${operator}${value.trim()}`
        go(withParams(place.value, { score: [...new Set([...chosen, condition])] }))
        close()
      }}
    >
      <input
        type="text"
        list="score-names"
        value={name}
        placeholder="Name…"
        aria-label="Name of the score"
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <datalist id="score-names">
        {facets.value.scoreNames.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <div class="row">
        <select aria-label="Comparison" value={operator} onChange={(event) => setOperator(event.currentTarget.value)}>
          <option value=">=">at least</option>
          <option value="<=">at most</option>
          <option value="=">is</option>
        </select>
        <input
          type="text"
          value={value}
          placeholder="any value"
          aria-label="Value of the score"
          onInput={(event) => setValue(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="primary">
        Filter
      </button>
    </form>
  )
}
