import { expect, it } from 'vitest'
import { describeLoss, type LossSummary } from './describe-loss.js'
import type { Drainable } from './drainable.js'
import type { LastSendOutcome } from './send-synchronously.js'

type Described = Pick<Drainable, 'destination' | 'spool'>
const langfuse: Described = { destination: { name: 'Langfuse', origin: 'https://lf.example:3000' }, spool: undefined }

const answered = (status: number): LastSendOutcome => ({
  status: 'answered',
  answer: { status, contentType: 'text/html', retryAfter: undefined, body: Buffer.from('a prompt') },
})

const summary = (outcomes: readonly [LastSendOutcome, number][]): LossSummary => ({
  lost: 7,
  taken: 9,
  losses: outcomes.map(([outcome, spans]) => ({ outcome, spans })),
  limit: 'within 5000 ms',
})

it.each<[string, readonly [LastSendOutcome, number][], string]>([
  ['nothing was sent', [], 'did not take them within 5000 ms'],
  ['it refused', [[answered(401), 7]], 'answered 401'],
  ['it took the request and rejected spans', [[answered(200), 7]], 'answered 200 and did not take them'],
  ['the connection failed', [[{ status: 'failed', code: 'ECONNRESET' }, 7]], 'could not be reached (ECONNRESET)'],
  ['the time was up', [[{ status: 'unanswered' }, 7]], 'did not answer within 5000 ms'],
  ['there was no thread', [[{ status: 'unsent', code: 'E' }, 7]], 'was not asked, for want of a thread (E)'],
  [
    'there are several causes',
    [
      [{ status: 'unanswered' }, 3],
      [answered(503), 2],
      [answered(503), 2],
    ],
    'answered 503',
  ],
])('describeLoss() names the cause that cost most, and nothing that was answered, when %s', (_, outcomes, cause) => {
  expect(describeLoss(langfuse, summary(outcomes))).toBe(
    `Lost 7 of the 9 spans held when the process ended: Langfuse at https://lf.example:3000 ${cause}. ` +
      'Set AXION_SPOOL_DIR to keep on disk what cannot be sent.',
  )
})

it('describeLoss() does not advise a spool to whom has one, nor an address to what has none', () => {
  const lines: Described = {
    destination: { name: 'Standard error', origin: undefined },
    spool: { append: () => 'full' },
  }
  expect(describeLoss(lines, summary([]))).toBe(
    'Lost 7 of the 9 spans held when the process ended: Standard error did not take them within 5000 ms. The spool did not take them either.',
  )
})
