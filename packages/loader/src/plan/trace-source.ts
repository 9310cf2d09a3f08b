import type { Trace } from '../model/trace.js'
import type { ResolvedScoreFetch } from '../options/fetch-scores-options.js'
import type { ResolvedFetch } from '../options/fetch-traces-options.js'
import type { Score } from '../wire/score-v3.js'
import type { LoadContext } from './load-context.js'

/** A trace that belongs to a session. */
export interface SessionTrace {
  readonly sessionId: string
  readonly traceId: string
}

/** Where traces come from: one generation of Langfuse's read API, each told apart from the others by nothing but its requests. */
export interface TraceSource {
  /** The traces that were asked for, newest first, each as soon as it is complete. */
  traces(context: LoadContext, fetch: ResolvedFetch): AsyncGenerator<Trace>
  /** Traces by id, in the order of the ids; those that do not exist are left out. */
  tracesById(context: LoadContext, traceIds: readonly string[], scores: boolean): AsyncGenerator<Trace>
  /** Which traces belong to sessions; of a session that does not exist, none. A pair may come twice. */
  sessionTraces(context: LoadContext, sessionIds: readonly string[]): AsyncGenerator<SessionTrace>
  /** The ids of the sessions that traces that fit belong to, latest first, at most `limit` of them. */
  sessions(context: LoadContext, fetch: ResolvedFetch): AsyncGenerator<string>
  /** How many traces fit, counted no further than `limit`. Yields once. */
  count(context: LoadContext, fetch: ResolvedFetch): AsyncGenerator<number>
  /** Scores, in the server's order. */
  scores(context: LoadContext, fetch: ResolvedScoreFetch): AsyncGenerator<Score>
}
