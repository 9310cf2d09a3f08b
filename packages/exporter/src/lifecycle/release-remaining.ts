import { diag } from '@opentelemetry/api'
import { countSpans } from '../encode/count-spans.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { describeLoss, type Loss } from './describe-loss.js'
import type { Drainable } from './drainable.js'
import { type LastSendOutcome, sendSynchronously } from './send-synchronously.js'

/** How long the process may still be held, and why not longer. */
export interface LastChance {
  /** For requests; none are made when it is too little for any. A spool takes what it takes at once. */
  readonly deadlineMillis: number
  /** What ended the wait, for the message about what is lost: `within 5000 ms`. */
  readonly limit: string
}

/** A thread and a connection take about this long, in milliseconds. */
const LEAST_MILLIS = 50

/**
 * Does what can be done without the event loop for what pipelines still hold: into the spool, where there is one and it takes it; else a
 * last request, for all of them together. Says what is lost. Never throws.
 *
 * @param drainables - Whose.
 * @param chance - How long it may take.
 */
export function releaseRemaining(drainables: Iterable<Drainable>, chance: LastChance): void {
  const remainders = [...drainables].flatMap((drainable) => guard(() => takeAndSpool(drainable)) ?? [])
  send(remainders, chance)
  for (const { drainable, taken, exported, spooled, losses } of remainders) {
    if (taken === 0) continue
    const lost = taken - exported - spooled
    const message = lost > 0 ? describeLoss(drainable, { lost, taken, losses, limit: chance.limit }) : undefined
    guard(() => drainable.settle({ exported, spooled, lost, message }))
  }
}

/** What one pipeline gave up, in spans. */
interface Remainder {
  readonly drainable: Drainable
  readonly taken: number
  readonly spooled: number
  /** What no spool took. */
  readonly left: readonly EncodedBatch[]
  exported: number
  readonly losses: Loss[]
}

function takeAndSpool(drainable: Drainable): Remainder[] {
  if (drainable.isEmpty()) return []
  const batches = drainable.takeRemaining()
  const left = batches.filter((batch) => guard(() => drainable.spool?.append(batch)) !== 'stored')
  const taken = countSpans(batches)
  return [{ drainable, taken, spooled: taken - countSpans(left), left, exported: 0, losses: [] }]
}

function send(remainders: readonly Remainder[], { deadlineMillis }: LastChance): void {
  const sendable = remainders.flatMap((remainder) => {
    const { target } = remainder.drainable
    return target && remainder.left.length > 0 ? [{ remainder, target, batches: remainder.left }] : []
  })
  if (sendable.length === 0 || deadlineMillis < LEAST_MILLIS) return
  const outcomes = sendSynchronously(sendable, deadlineMillis)
  for (const [at, { remainder }] of sendable.entries()) book(remainder, outcomes[at] ?? [])
}

function book(remainder: Remainder, outcomes: readonly LastSendOutcome[]): void {
  const { drainable, left, losses } = remainder
  for (const [at, { spanCount }] of left.entries()) {
    const outcome = outcomes[at] ?? { status: 'unanswered' }
    const accepted =
      outcome.status === 'answered' ? (guard(() => drainable.acceptedSpans(outcome.answer, spanCount)) ?? 0) : 0
    remainder.exported += accepted
    if (accepted < spanCount) losses.push({ outcome, spans: spanCount - accepted })
  }
}

// One pipeline that fails must not take another one's spans with it, and none of them the way the process ends.
function guard<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    diag.error('@axion/exporter: a pipeline failed at the end of the process', error)
    return undefined
  }
}
