import type { Holdings } from '../queue/holdings.js'
import type { BackOff } from './back-off.js'
import type { BatchSender } from './batch-sender.js'

/** What a courier works with. */
export interface CourierParts {
  readonly holdings: Holdings
  readonly sender: BatchSender
  /** The most requests at a time. */
  readonly concurrency: number
  /** The time one request may take, in milliseconds. */
  readonly timeoutMillis: number
  /** Told why spans failed, were delayed, or, without an error, that a server that was away answers again. */
  readonly onFailure: (error: unknown) => void
  readonly onDelay: (error: unknown) => void
  readonly onRecovery: () => void
  readonly backOff?: BackOff
}
