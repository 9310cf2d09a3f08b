import type { Drainable } from './drainable.js'
import type { LastSendOutcome } from './send-synchronously.js'

/** Spans that one last request did not bring over. */
export interface Loss {
  readonly outcome: LastSendOutcome
  readonly spans: number
}

/** What a pipeline has lost at the end of the process. */
export interface LossSummary {
  /** Spans that are gone. */
  readonly lost: number
  /** Spans that were held. */
  readonly taken: number
  /** Which last requests failed; none when there was no time for any. */
  readonly losses: readonly Loss[]
  /** What ended the wait: `within 5000 ms`. */
  readonly limit: string
}

/**
 * Says in one line what is lost, why, and what would have kept it. Without anything from a span, a request or an answer.
 *
 * @param drainable - Whose spans.
 * @param summary - How many, and why.
 */
export function describeLoss(
  { destination, spool }: Pick<Drainable, 'destination' | 'spool'>,
  { lost, taken, losses, limit }: LossSummary,
): string {
  const { name, origin } = destination
  const place = origin === undefined ? name : `${name} at ${origin}`
  const advice = spool
    ? 'The spool did not take them either.'
    : 'Set AXION_SPOOL_DIR to keep on disk what cannot be sent.'
  return `Lost ${lost} of the ${taken} spans held when the process ended: ${place} ${mainCause(losses, limit)}. ${advice}`
}

// One line: the cause that has cost the most.
function mainCause(losses: readonly Loss[], limit: string): string {
  const spansByCause = new Map<string, number>()
  for (const { outcome, spans } of losses) {
    const cause = causeOf(outcome, limit)
    spansByCause.set(cause, (spansByCause.get(cause) ?? 0) + spans)
  }
  const [most] = [...spansByCause].sort(([, spans], [, others]) => others - spans)
  return most?.[0] ?? `did not take them ${limit}`
}

function causeOf(outcome: LastSendOutcome, limit: string): string {
  switch (outcome.status) {
    case 'answered':
      return outcome.answer.status < 300
        ? `answered ${outcome.answer.status} and did not take them`
        : `answered ${outcome.answer.status}`
    case 'failed':
      return `could not be reached (${outcome.code})`
    case 'unanswered':
      return `did not answer ${limit}`
    case 'unsent':
      return `was not asked, for want of a thread (${outcome.code})`
  }
}
