import type { Drainable, SettledRemainder } from './drainable.js'

/** A pipeline of a test. */
export interface HttpDrainable extends Drainable {
  spool: Drainable['spool']
  /** What `settle` was told. */
  readonly settled: readonly SettledRemainder[]
  /** Holds a batch of as many spans as told. */
  hold(text: string, spanCount?: number): void
  /** Resolves when nothing is held. */
  sent(): Promise<void>
}

/**
 * Creates one.
 *
 * @param url - Where batches go.
 * @param spool - Takes what is left.
 */
export function createHttpDrainable(url: string, spool?: Drainable['spool']): HttpDrainable
