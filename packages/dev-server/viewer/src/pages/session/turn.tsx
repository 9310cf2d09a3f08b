import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { cost, count, counted, duration, scoreValue } from '../../format/numbers.js'
import { clockTime, dayOf, fullTime } from '../../format/times.js'
import { visibleText } from '../../format/visible-text.js'
import { PartView } from '../../payload/chat-view.js'
import type { MessagePart } from '../../payload/read-messages.js'
import type { SessionTurn } from './session-data.js'
import { answerParts, questionParts } from './turn-content.js'

/** A silence worth a line. */
const GAP_MILLIS = 30 * 60_000

/** What a turn is given. */
export interface TurnProps {
  readonly turn: SessionTurn
  /** When the turn before began. */
  readonly previousMillis: number | undefined
  readonly sessionId: string
  readonly isSelected: boolean
}

/** One turn: what was asked, what was answered, and the way to the trace. */
export function Turn({ turn, previousMillis, sessionId, isSelected }: TurnProps): VNode {
  const question = useMemo(() => questionParts(turn.input), [turn.input])
  const answer = useMemo(() => answerParts(turn.output), [turn.output])
  const address = `/traces/${encodeURIComponent(turn.traceId)}?${new URLSearchParams({ session: sessionId })}`
  const facts = [
    duration(turn.durationMillis),
    turn.totalTokens > 0 && `${count(turn.totalTokens)} tokens`,
    cost(turn.totalCost),
  ].filter((fact) => fact !== false && fact !== '')
  return (
    <>
      <Pause from={previousMillis} to={turn.startMillis} />
      <li class="turn" data-selected={isSelected}>
        <div class="said" data-role="user">
          <h2 class="visually-hidden">{visibleText(turn.userId) || 'User'}</h2>
          <Parts parts={question} nothing="No input was traced" />
        </div>
        <div class="said" data-role="assistant">
          <h2 class="visually-hidden">Answer</h2>
          {turn.errorCount > 0 && (
            <p class="turn-error">{visibleText(turn.statusMessage) || `${counted(turn.errorCount, 'step')} failed`}</p>
          )}
          {(answer.length > 0 || turn.errorCount === 0) && <Parts parts={answer} nothing="No output was traced" />}
        </div>
        <p class="turn-facts number">
          <a href={address}>{visibleText(turn.name) || 'unnamed'}</a>
          <time dateTime={new Date(turn.startMillis).toISOString()} title={fullTime(turn.startMillis)}>
            {clockTime(turn.startMillis)}
          </time>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          {turn.scores.map(({ name, value }, place) => (
            <span key={place} class="label score">
              {visibleText(name)} <b>{scoreValue(value)}</b>
            </span>
          ))}
        </p>
      </li>
    </>
  )
}

function Parts({ parts, nothing }: { readonly parts: readonly MessagePart[]; readonly nothing: string }): VNode {
  if (parts.length === 0) return <p class="quiet">{nothing}</p>
  return (
    <>
      {parts.map((part, index) => (
        <PartView key={index} part={part} />
      ))}
    </>
  )
}

/** A new day, or a long silence. */
function Pause({ from, to }: { readonly from: number | undefined; readonly to: number }): VNode | null {
  if (from === undefined || dayOf(from) !== dayOf(to)) return <li class="pause">{dayOf(to)}</li>
  return to - from < GAP_MILLIS ? null : <li class="pause">{duration(to - from)} later</li>
}
