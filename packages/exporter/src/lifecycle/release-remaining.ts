import { diag } from '@opentelemetry/api'
import { countSpans } from '../encode/count-spans.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { describeLoss, type Loss } from './describe-loss.js'
import type { Drainable } from './drainable.js'
import { LastBatches, type LastResult } from './last-batches.js'
import { type LastSendTarget, sendSynchronously } from './send-synchronously.js'

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
 * Does what can be done without the event loop for what pipelines still hold: into the spool, where there is one and it takes it; else
 * last requests, for all of them together: what is refused or too large is sent in parts, as long as there is time. Says what is lost. Never throws.
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
  const sends = remainders.flatMap((remainder) => {
    const { target } = remainder.drainable
    return target && remainder.left.length > 0 ? [{ remainder, target, batches: new LastBatches(remainder.left) }] : []
  })
  if (sends.length === 0 || deadlineMillis < LEAST_MILLIS) return
  guard(() => sendInRounds(sends, deadlineMillis))
  for (const { remainder, batches } of sends) book(remainder, batches.results())
}

function sendInRounds(
  sends: readonly { readonly target: LastSendTarget; readonly batches: LastBatches }[],
  deadlineMillis: number,
): void {
  const end = performance.now() + deadlineMillis
  const leftMillis = (): number => end - performance.now()
  for (;;) {
    const waitMillis = Math.min(...sends.map(({ batches }) => batches.waitMillis()))
    if (waitMillis + LEAST_MILLIS > leftMillis()) return
    sleep(waitMillis)
    const round = sends
      .map(({ target, batches }) => ({ target, queue: batches, batches: batches.next() }))
      .filter(({ batches }) => batches.length > 0)
    if (round.length === 0) continue
    const outcomes = sendSynchronously(round, leftMillis())
    for (const [at, { queue }] of round.entries()) queue.settle(outcomes[at] ?? [])
  }
}

function sleep(millis: number): void {
  if (millis > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis)
}

function book(remainder: Remainder, results: readonly LastResult[]): void {
  const { drainable, losses } = remainder
  for (const { outcome, spanCount } of results) {
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
