import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { CopyButton } from '../../controls/copy-button.js'
import { cost, count, counted, duration, scoreValue } from '../../format/numbers.js'
import { fullTime } from '../../format/times.js'
import { visibleText } from '../../format/visible-text.js'
import { go } from '../../router/location.js'
import { getJson } from '../../server/get-json.js'
import { useAnswer } from '../../server/use-answer.js'
import { useRowKeys } from '../../use-row-keys.js'
import type { PageProps } from '../page.js'
import type { SessionAnswer } from './session-data.js'
import { Turn } from './turn.js'
import '../../styles/lists.css'
import '../../styles/session.css'

/** A session as the conversation it was. */
export function SessionPage({ id }: PageProps): VNode {
  const path = `/sessions/${encodeURIComponent(id)}`
  const { answer, failure } = useAnswer<SessionAnswer>(() => path, id)
  const [earlier, setEarlier] = useState<SessionAnswer>()
  useEffect(() => {
    document.title = `${id} · Axion`
    setEarlier(undefined)
  }, [id])
  // What the newest page has is fresh; what was read before it may overlap when new turns came.
  const newest = answer?.turns ?? []
  const known = new Set(newest.map(({ traceId }) => traceId))
  const turns = [...(earlier?.turns ?? []).filter(({ traceId }) => !known.has(traceId)), ...newest]
  const selected = useRowKeys({
    count: turns.length,
    open: (index) =>
      go(`/traces/${encodeURIComponent(turns[index]?.traceId ?? '')}?${new URLSearchParams({ session: id })}`),
    leave: () => go('/sessions'),
  })
  if (failure !== '') {
    return (
      <section class="message">
        <h1>Cannot show this session</h1>
        <p>{failure}</p>
        <p>
          <a href="/sessions">All sessions</a>
        </p>
      </section>
    )
  }
  if (answer === undefined) return <p class="note">Loading…</p>
  const loadEarlier = async (): Promise<void> => {
    const first = turns[0]
    if (first === undefined) return
    const query = new URLSearchParams({ before: String(first.startMillis), beforeTrace: first.traceId })
    const page = await getJson<SessionAnswer>(`${path}?${query}`).catch(() => undefined)
    if (page !== undefined) setEarlier({ ...page, turns: [...page.turns, ...(earlier?.turns ?? [])] })
  }
  return (
    <div class="list-page">
      <SessionHead answer={answer} />
      <section
        class="list-scroller"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Conversation"
      >
        {(earlier ?? answer).hasEarlier && (
          <p class="more">
            <button type="button" onClick={() => void loadEarlier()}>
              Show earlier turns
            </button>
          </p>
        )}
        <ol class="conversation">
          {turns.map((turn, index) => (
            <Turn
              key={turn.traceId}
              turn={turn}
              previousMillis={turns[index - 1]?.startMillis}
              sessionId={id}
              isSelected={index === selected}
            />
          ))}
        </ol>
      </section>
    </div>
  )
}

function SessionHead({ answer: { session, scores } }: { readonly answer: SessionAnswer }): VNode {
  const facts = [
    fullTime(session.startMillis),
    counted(session.traceCount, 'turn'),
    `over ${duration(session.endMillis - session.startMillis)}`,
    session.totalTokens > 0 && `${count(session.totalTokens)} tokens`,
    cost(session.totalCost),
  ].filter((fact) => fact !== false && fact !== '')
  return (
    <header class="entity-head">
      <div class="entity-title">
        <a class="back" href="/sessions" aria-label="Back to the sessions">
          ←
        </a>
        <h1>{visibleText(session.sessionId)}</h1>
        <span class="spacer" />
        <a class="button" href={`/?${new URLSearchParams({ session: session.sessionId })}`}>
          As traces
        </a>
      </div>
      <p class="entity-facts number">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {session.errorCount > 0 && <b class="badge error">{counted(session.errorCount, 'error')}</b>}
        {session.userIds.map((user) => (
          <a key={user} class="label" href={`/?${new URLSearchParams({ user })}`}>
            user {visibleText(user)}
          </a>
        ))}
        {scores.map(({ id, name, value, comment }) => (
          <span key={id} class="label score" title={comment ?? ''}>
            {visibleText(name)} <b>{scoreValue(value)}</b>
          </span>
        ))}
        <CopyButton label="Copy id" text={() => session.sessionId} />
      </p>
    </header>
  )
}
