import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { SearchBox } from '../../controls/search-box.js'
import { cost, count, counted, duration, scoreValue } from '../../format/numbers.js'
import { fullTime, shortTime } from '../../format/times.js'
import { firstLine, visibleText } from '../../format/visible-text.js'
import { go, place } from '../../router/location.js'
import { getJson } from '../../server/get-json.js'
import { useAnswer } from '../../server/use-answer.js'
import { useRowKeys } from '../../use-row-keys.js'
import { filterParams, serverParams } from '../traces/filter-params.js'
import { TimeFilter } from '../traces/time-filter.js'
import { NoSessions } from './no-sessions.js'
import type { SessionRow, SessionRows } from './session-row.js'
import '../../styles/lists.css'

/** The sessions, the one with the newest trace first. */
export function SessionsPage(): VNode {
  const { params } = place.value
  const filter = filterParams(params).toString()
  const { answer, failure } = useAnswer<SessionRows>(
    () => `/sessions?${serverParams(place.peek().params, Date.now())}`,
    filter,
  )
  const [older, setOlder] = useState<SessionRows>()
  useEffect(() => {
    document.title = 'Sessions · Axion'
    setOlder(undefined)
  }, [filter])
  const rows = joined(answer?.sessions ?? [], older?.sessions ?? [])
  const selected = useRowKeys({
    count: rows.length,
    open: (index) => go(sessionAddress(rows[index]?.sessionId ?? '')),
    leave: () => {
      if (filter !== '') go('/sessions')
    },
  })
  const loadMore = async (): Promise<void> => {
    const last = rows.at(-1)
    if (last === undefined) return
    const query = serverParams(params, Date.now())
    query.set('after', String(last.newestMillis))
    query.set('afterSession', last.sessionId)
    const page = await getJson<SessionRows>(`/sessions?${query}`).catch(() => undefined)
    if (page !== undefined) setOlder({ ...page, sessions: [...(older?.sessions ?? []), ...page.sessions] })
  }
  if (answer !== undefined && rows.length === 0 && filter === '') return <NoSessions />
  const hasMore = older?.hasMore ?? answer?.hasMore ?? false
  return (
    <div class="list-page">
      <header class="page-head">
        <h1>Sessions</h1>
        <SearchBox placeholder="Search session and user ids" />
        <TimeFilter />
      </header>
      {failure !== '' && (
        <p class="note error" role="alert">
          {failure}
        </p>
      )}
      {answer !== undefined && rows.length === 0 ? (
        <section class="message">
          <h2>No session matches</h2>
          <p>
            <a href="/sessions">Clear search and time</a>
          </p>
        </section>
      ) : (
        <section
          class="list-scroller"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="List of sessions"
          aria-busy={answer === undefined}
        >
          <table class="list sessions">
            <thead>
              <tr>
                <th scope="col">Session</th>
                <th scope="col">First message</th>
                <th scope="col">Users</th>
                <th scope="col">Last active</th>
                <th scope="col" class="number">
                  Turns
                </th>
                <th scope="col" class="number">
                  Over
                </th>
                <th scope="col" class="number">
                  Tokens
                </th>
                <th scope="col" class="number">
                  Cost
                </th>
                <th scope="col">Scores</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <Row key={row.sessionId} row={row} isSelected={index === selected} />
              ))}
            </tbody>
          </table>
          {hasMore && (
            <p class="more">
              <button type="button" onClick={() => void loadMore()}>
                Show more sessions
              </button>
            </p>
          )}
        </section>
      )}
    </div>
  )
}

function Row({ row, isSelected }: { readonly row: SessionRow; readonly isSelected: boolean }): VNode {
  return (
    <tr data-selected={isSelected}>
      <td class="main">
        <a href={sessionAddress(row.sessionId)}>{visibleText(row.sessionId)}</a>{' '}
        {row.errorCount > 0 && <b class="badge error">{counted(row.errorCount, 'error')}</b>}
      </td>
      <td class="wide payload-line">{firstLine(row.inputStart)}</td>
      <td>{row.userIds.map(visibleText).join(', ')}</td>
      <td>
        <time dateTime={new Date(row.newestMillis).toISOString()} title={fullTime(row.newestMillis)}>
          {shortTime(row.newestMillis, Date.now())}
        </time>
      </td>
      <td class="number" data-label="turns">
        {row.traceCount.toLocaleString('en')}
      </td>
      <td class="number">{duration(row.endMillis - row.startMillis)}</td>
      <td class="number" data-label={row.totalTokens > 0 ? 'tokens' : undefined}>
        {count(row.totalTokens)}
      </td>
      <td class="number">{cost(row.totalCost)}</td>
      <td class="labels">
        {row.scores.map(({ name, value }, place) => (
          <span key={place} class="label score" title={`${name}: ${value}`}>
            {visibleText(name)} <b>{scoreValue(value)}</b>
          </span>
        ))}
      </td>
    </tr>
  )
}

function sessionAddress(sessionId: string): string {
  return `/sessions/${encodeURIComponent(sessionId)}`
}

/** A session that became active again is in the first page and in what was read before. */
function joined(first: readonly SessionRow[], older: readonly SessionRow[]): readonly SessionRow[] {
  const known = new Set(first.map(({ sessionId }) => sessionId))
  return [...first, ...older.filter(({ sessionId }) => !known.has(sessionId))]
}
