import type { VNode } from 'preact'
import { cost, duration, scoreValue } from '../../format/numbers.js'
import { visibleText } from '../../format/visible-text.js'
import { LongText } from '../../payload/long-text.js'
import type { ExperimentRow } from '../experiments/experiment-row.js'
import { ChangeBadge } from './change-badge.js'
import type { ComparedCell, ComparedItem } from './comparison-data.js'
import { scoreChange } from './score-change.js'

/** Characters of a payload shown at first. */
const SHOWN_LENGTH = 400

/** What an item is given. */
export interface ItemCardProps {
  readonly item: ComparedItem
  readonly runs: readonly ExperimentRow[]
  readonly isSelected: boolean
}

/** An item: what was asked, what was expected, and what each experiment made of it, side by side. */
export function ItemCard({ item, runs, isSelected }: ItemCardProps): VNode {
  return (
    <li class="compared-item" data-selected={isSelected}>
      <div class="compared-question">
        <h3 title={visibleText(item.itemId)}>{visibleText(item.itemId)}</h3>
        <Payload label="Input" text={item.input} />
        {item.expectedOutput !== '' && <Payload label="Expected" text={item.expectedOutput} />}
      </div>
      {item.cells.map((cell, place) => (
        <div class="compared-cell" key={runs[place]?.id ?? place}>
          <h3>
            <i class="run-mark" data-run={place} />
            <span>{visibleText(runs[place]?.name ?? '')}</span>
          </h3>
          {cell === null ? <p class="quiet">Did not run</p> : <Cell cell={cell} item={item} place={place} />}
        </div>
      ))}
    </li>
  )
}

function Payload({ label, text }: { readonly label: string; readonly text: string }): VNode {
  return (
    <div class="compared-payload">
      <h4>{label}</h4>
      {text === '' ? <p class="quiet">none</p> : <LongText text={readable(text)} limit={SHOWN_LENGTH} />}
    </div>
  )
}

function Cell({
  cell,
  item,
  place,
}: {
  readonly cell: ComparedCell
  readonly item: ComparedItem
  readonly place: number
}): VNode {
  const address = `/traces/${encodeURIComponent(cell.traceId)}?${new URLSearchParams({ step: cell.observationId })}`
  return (
    <>
      {cell.isError && <p class="turn-error">{visibleText(cell.statusMessage) || 'Failed'}</p>}
      {cell.output !== '' && (
        <div class="compared-payload">
          <LongText text={readable(cell.output)} limit={SHOWN_LENGTH} />
        </div>
      )}
      {cell.output === '' && !cell.isError && <p class="quiet">No output</p>}
      <p class="compared-scores">
        {cell.scores.map(({ name, value, comment }) => (
          <span key={name} class="label score" title={visibleText(comment ?? '')}>
            {visibleText(name)} <b>{scoreValue(value)}</b>
            {place > 0 && <ChangeBadge change={scoreChange(item, place, name)} format={scoreValue} isMoreBetter />}
          </span>
        ))}
      </p>
      <p class="compared-facts number">
        <a href={address}>Trace</a>
        <span>{duration(cell.latencyMillis)}</span>
        <span>{cost(cell.totalCost)}</span>
      </p>
    </>
  )
}

/** JSON of one text is that text, and other JSON is indented. */
function readable(text: string): string {
  if (!/^\s*[[{"]/.test(text)) return text
  try {
    const value = JSON.parse(text) as unknown
    if (typeof value === 'string') return value
    const fields = typeof value === 'object' && value !== null ? Object.values(value) : []
    const [only] = fields
    return fields.length === 1 && typeof only === 'string' ? only : JSON.stringify(value, null, 2)
  } catch {
    return text
  }
}
