import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '../cli-error.js'
import type { Get, LangfuseClient, Outcome, Post } from './langfuse-client.js'

/** How a request is sent until the server has taken it. */
export interface Delivery {
  readonly client: LangfuseClient
  /** What is sent, for messages: `spans`. */
  readonly subject: string
  /** Ends the waiting. */
  readonly signal: AbortSignal
  /**
   * Asked before a request is sent again of which nobody knows whether the server took it.
   *
   * @returns What is left to send; `undefined` for nothing.
   */
  readonly whatIsLeft?: () => Promise<Post | undefined>
}

const MAX_ATTEMPTS = 5
// Of a server that was never there: nobody likes to wait for a slip in a URL.
const MAX_FIRST_ATTEMPTS = 2
const FIRST_PAUSE_MILLIS = 500
// A span is readable up to two seconds after Langfuse has taken it; before that, asking for it tells nothing.
const SETTLE_MILLIS = 3000
// What Langfuse Cloud says at most: its windows are a minute.
const MAX_PAUSE_MILLIS = 90_000

/**
 * Sends a request, again and after a pause where that may help.
 *
 * @param request - The request. One that writes, without `whatIsLeft`, must be one that may be done twice.
 * @param delivery - Where to, and what to do in doubt.
 * @returns The body of the answer; `undefined` when it turned out that the server had taken everything.
 * @throws {CliError} `send_refused` if the server does not want what is in it, `send_failed` if it takes nothing, `stopped` if the signal fires.
 */
export async function deliver(request: Post | Get, delivery: Delivery): Promise<unknown> {
  const { client, signal, whatIsLeft } = delivery
  let left: Post | Get | undefined = request
  const send = (one: Post | Get): Promise<Outcome> =>
    'json' in one ? client.post(one, signal) : client.get(one.path, signal)
  for (let attempt = 1; left !== undefined; attempt++) {
    const outcome = await stoppable(signal, send(left))
    if (outcome.kind === 'accepted') return outcome.body
    const isLast = attempt >= (client.hasAnswered() ? MAX_ATTEMPTS : MAX_FIRST_ATTEMPTS)
    if (outcome.kind === 'refused' || isLast) throw failure('json' in left ? 'send' : 'read', delivery, outcome)
    const mustAsk = outcome.kind === 'in_doubt' && whatIsLeft !== undefined
    const pauseMillis = Math.max(pauseAfter(attempt, outcome), mustAsk ? SETTLE_MILLIS : 0)
    await stoppable(signal, sleep(pauseMillis, undefined, { signal }))
    if (mustAsk) left = await whatIsLeft()
  }
  return undefined
}

function pauseAfter(attempt: number, outcome: Outcome): number {
  const wanted = outcome.kind === 'postponed' ? outcome.retryAfterMillis : undefined
  return Math.min(wanted ?? FIRST_PAUSE_MILLIS * 2 ** (attempt - 1), MAX_PAUSE_MILLIS)
}

function failure(
  verb: 'send' | 'read',
  { client: { origin }, subject }: Delivery,
  outcome: Exclude<Outcome, { kind: 'accepted' }>,
): CliError {
  const isRefused = outcome.kind === 'refused' && outcome.isAboutContent
  const message = `Cannot ${verb} ${subject} ${verb === 'send' ? 'to' : 'from'} ${origin}: ${outcome.reason}`
  return new CliError(isRefused ? 'send_refused' : 'send_failed', message, { cause: outcome })
}

async function stoppable<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (cause) {
    if (!signal.aborted) throw cause
    throw new CliError('stopped', 'Stopped while sending', { cause })
  }
}
