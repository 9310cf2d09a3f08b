import { LoaderError } from '../loader-error.js'
import { AttemptTimeout } from './request.js'

/** How many rows to ask for at once; it follows what the server can bear. */
export interface PageSize {
  /** Rows to ask for next. */
  readonly rows: () => number
  /** Takes note of an answer: a large one makes pages smaller, a small one lets them grow back. */
  readonly onAnswer: (bytes: number, asked: number) => void
  /** Takes note of a failure. Returns whether pages are smaller now, so that asking again makes sense. */
  readonly onFailure: (error: unknown, asked: number) => boolean
}

/** What Langfuse Cloud gives at most in one answer (November 2026: "about 5 MB"). */
export const LARGE_ANSWER_BYTES = 5_000_000

// A server in trouble is not asked over and over: 1000, 250 and 62 rows, then it is down.
const LEAST_ROWS_IN_TROUBLE = 62
const TROUBLE_DIVISOR = 4

/**
 * Makes a page size.
 *
 * @param most - Where it begins, and the most the server gives.
 * @returns The size.
 */
export function createPageSize(most: number): PageSize {
  let rows = most
  const shrink = (to: number): boolean => {
    const isSmaller = to < rows && to >= 1
    if (isSmaller) rows = to
    return isSmaller
  }
  return {
    rows: () => rows,
    onAnswer: (bytes, asked) => {
      if (bytes > LARGE_ANSWER_BYTES) shrink(Math.max(1, Math.floor((asked * LARGE_ANSWER_BYTES) / bytes)))
      else if (bytes < LARGE_ANSWER_BYTES / 2 && asked === rows) rows = Math.min(most, rows * 2)
    },
    onFailure: (error, asked) => {
      if (!(error instanceof LoaderError)) return false
      // Several requests may have failed at one size: what another one has made of it is tried first.
      if (rows < asked) return error.status === 413 || isTrouble(error)
      if (error.status === 413) return shrink(Math.floor(asked / 2))
      const smaller = Math.floor(asked / TROUBLE_DIVISOR)
      return isTrouble(error) && smaller >= LEAST_ROWS_IN_TROUBLE && shrink(smaller)
    },
  }
}

function isTrouble(error: LoaderError): boolean {
  return (error.status ?? 0) >= 500 || error.cause instanceof AttemptTimeout
}
