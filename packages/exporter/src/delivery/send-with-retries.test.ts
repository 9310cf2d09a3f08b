import { expect, it } from 'vitest'
import type { Deadline } from './deadline.js'
import type { AttemptOutcome } from './read-answer.js'
import { sendWithRetries } from './send-with-retries.js'

const SENT: AttemptOutcome = { status: 'sent', rejectedSpans: 0 }
const within = (millis: number): Deadline => ({
  signal: new AbortController().signal,
  remainingMillis: () => millis,
  clear: () => {},
})
const retryable = (error: unknown, afterMillis?: number): AttemptOutcome => ({
  status: 'retryable',
  error,
  afterMillis,
})

// Gives these answers, one after the other.
function answering(...outcomes: AttemptOutcome[]) {
  let attempts = 0
  const attempt = async () => outcomes[attempts++] ?? SENT
  return { attempt, attempts: () => attempts }
}

it('sendWithRetries() tries again until an attempt is final', async () => {
  const { attempt, attempts } = answering(retryable('a', 0), retryable('b', 0), SENT)
  expect(await sendWithRetries(attempt, within(1000))).toEqual(SENT)
  expect(attempts()).toBe(3)
})

it.each<[AttemptOutcome]>([[SENT], [{ status: 'failed', error: 'no' }], [{ status: 'too_large', error: 'no' }]])(
  'sendWithRetries() leaves it at %j',
  async (outcome) => {
    const { attempt, attempts } = answering(outcome)
    expect(await sendWithRetries(attempt, within(1000))).toEqual(outcome)
    expect(attempts()).toBe(1)
  },
)

it.each<[string, number, number | undefined, number]>([
  ['what the server asks for', 4_999, 5_000, 0.5],
  ['the shortest first back-off', 800, undefined, 0],
  ['the longest first back-off', 1_200, undefined, 1],
  ['no time at all', 0, 0, 0.5],
])('sendWithRetries() does not wait beyond the deadline: %s', async (_case, remaining, afterMillis, random) => {
  const { attempt, attempts } = answering(retryable('unavailable', afterMillis))
  expect(await sendWithRetries(attempt, within(remaining), () => random)).toEqual({
    status: 'failed',
    error: 'unavailable',
  })
  expect(attempts()).toBe(1)
})
