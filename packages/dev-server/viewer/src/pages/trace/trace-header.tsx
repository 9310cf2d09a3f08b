import type { VNode } from 'preact'
import { CopyButton } from '../../controls/copy-button.js'
import { cost, count, counted, duration, scoreValue } from '../../format/numbers.js'
import { fullTime } from '../../format/times.js'
import { visibleText } from '../../format/visible-text.js'
import { place } from '../../router/location.js'
import { traceAddress } from '../traces/filter-params.js'
import { AddScore } from './add-score.js'
import { AddToDataset } from './add-to-dataset.js'
import type { OpenTrace } from './open-trace.js'

/** Errors named at the top; the others are in the tree. */
const SHOWN_ERRORS = 3

/** What the head of a trace is given. */
export interface TraceHeaderProps {
  readonly trace: OpenTrace
  /** The address of the list. */
  readonly list: string
  readonly onSelect: (index: number) => void
  /** After a score was added. */
  readonly onChange: () => Promise<void>
}

/** What a trace is, all in all, and what went wrong in it. */
export function TraceHeader({ trace: open, list, onSelect, onChange }: TraceHeaderProps): VNode {
  const { trace, errors, neighbours, scores, columns } = open
  const { params } = place.value
  const facts = [
    fullTime(trace.startMillis),
    duration(trace.durationMillis),
    counted(trace.observationCount, 'span'),
    trace.totalTokens > 0 && `${count(trace.totalTokens)} tokens`,
    cost(trace.totalCost),
  ].filter((fact) => fact !== false && fact !== '')
  return (
    <header class="trace-header">
      <div class="trace-title">
        <a class="back" href={list} aria-label="Back to the list">
          ←
        </a>
        <h1>{visibleText(trace.name) || 'unnamed'}</h1>
        <span class="spacer" />
        <AddScore traceId={trace.traceId} onAdded={onChange} />
        <AddToDataset
          traceId={trace.traceId}
          observationId={columns.ids[open.layout.order[0] ?? 0] ?? ''}
          isWholeTrace
        />
        <span class="neighbours">
          <Neighbour id={neighbours.newer} label="Newer trace" sign="↑" params={params} />
          <Neighbour id={neighbours.older} label="Older trace" sign="↓" params={params} />
        </span>
      </div>
      <p class="trace-facts number">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {trace.sessionId !== '' && (
          <a
            class="label"
            href={`/sessions/${encodeURIComponent(trace.sessionId)}`}
            title="The conversation it belongs to"
          >
            session {visibleText(trace.sessionId)}
          </a>
        )}
        {trace.userId !== '' && <FilterLink param="user" label="user" value={trace.userId} />}
        {trace.environment !== 'default' && <FilterLink param="env" label="" value={trace.environment} />}
        {trace.tags.map((tag) => (
          <FilterLink key={tag} param="tag" label="" value={tag} />
        ))}
        {scores
          .filter(({ observationId }) => observationId === null)
          .map(({ id, name, value, comment }) => (
            <span key={id} class="label score" title={comment ?? ''}>
              {visibleText(name)} <b>{scoreValue(value)}</b>
            </span>
          ))}
        <CopyButton label={`id ${trace.traceId.slice(0, 8)}…`} text={() => trace.traceId} />
      </p>
      {errors.length > 0 && (
        <ul class="trace-errors" aria-label="Errors">
          {errors.slice(0, SHOWN_ERRORS).map(({ id, name, message }) => (
            <li key={id}>
              <button type="button" onClick={() => onSelect(columns.ids.indexOf(id))}>
                <b>{visibleText(name)}</b> <span>{visibleText(message) || 'failed without a message'}</span>
              </button>
            </li>
          ))}
          {trace.errorCount > SHOWN_ERRORS && (
            <li class="more">and {counted(trace.errorCount - SHOWN_ERRORS, 'more error')}</li>
          )}
        </ul>
      )}
    </header>
  )
}

interface NeighbourProps {
  readonly id: string | undefined
  readonly label: string
  readonly sign: string
  readonly params: URLSearchParams
}

function Neighbour({ id, label, sign, params }: NeighbourProps): VNode {
  if (id === undefined)
    return (
      <span class="neighbour" aria-hidden="true">
        {sign}
      </span>
    )
  return (
    <a class="neighbour" href={traceAddress(id, params)} aria-label={label} title={label}>
      {sign}
    </a>
  )
}

function FilterLink({
  param,
  label,
  value,
}: {
  readonly param: string
  readonly label: string
  readonly value: string
}): VNode {
  return (
    <a
      class="label"
      href={`/?${new URLSearchParams({ [param]: value })}`}
      title={`All traces with ${label || param} ${value}`}
    >
      {label} {visibleText(value)}
    </a>
  )
}
