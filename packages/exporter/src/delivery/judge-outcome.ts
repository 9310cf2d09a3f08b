import { cutBatch } from '../encode/cut-batch.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { splitBatch, splitToFit } from '../encode/split-batch.js'
import type { Parcel, RefusalSearch } from '../queue/parcel.js'
import type { SendOutcome } from './batch-sender.js'
import { RejectedSpans } from './delivery-errors.js'

/** What is to be done with a parcel after a request. */
export type Verdict =
  /** Its spans came to their end, this many each way; `error` says why some failed. */
  | { readonly kind: 'settled'; readonly exported: number; readonly failed: number; readonly error: unknown }
  /** It is sent in parts. */
  | { readonly kind: 'divided'; readonly parts: readonly EncodedBatch[]; readonly search: RefusalSearch | undefined }
  /** It is sent again later; `mayMove` says whether its attempts need not be remembered. */
  | { readonly kind: 'postponed'; readonly error: unknown; readonly afterMillis?: number; readonly mayMove: boolean }

/** Tries of a batch that the server answers with an error of its own, before its spans are suspected. */
const DOUBTFUL_ATTEMPTS = 3

/** What the search for a refused span may cost: one among 100,000 takes 34 requests. */
const SEARCH_REQUESTS = 64

/** After this many refusals of parts without one acceptance, it is not the spans that the server refuses. */
const HOPELESS_REFUSALS = 8

/** No span is cut below this: what is left is what names it. */
const SMALLEST_BODY_BYTES = 2048

/**
 * Decides what an outcome means for a parcel. Knows nothing of time and network; counts in the parcel and in the search it is part of.
 *
 * @param parcel - What was sent.
 * @param outcome - What came of it.
 */
export function judgeOutcome(parcel: Parcel, outcome: SendOutcome): Verdict {
  switch (outcome.status) {
    case 'sent':
      return sent(parcel, outcome.rejectedSpans)
    case 'retryable': {
      const { error, afterMillis } = outcome
      return { kind: 'postponed', error, ...(afterMillis !== undefined && { afterMillis }), mayMove: true }
    }
    case 'doubtful':
      parcel.attempts++
      if (parcel.attempts < DOUBTFUL_ATTEMPTS && !parcel.search) {
        return { kind: 'postponed', error: outcome.error, mayMove: false }
      }
      return search(parcel, outcome.error)
    case 'too_large':
      return reduce(parcel, outcome.error)
    case 'refused':
      return search(parcel, outcome.error)
    case 'failed':
      return lost(parcel, outcome.error)
  }
}

function sent(parcel: Parcel, rejectedSpans: number): Verdict {
  if (parcel.search) parcel.search.accepted = true
  const error = rejectedSpans > 0 ? new RejectedSpans() : undefined
  return { kind: 'settled', exported: parcel.spanCount - rejectedSpans, failed: rejectedSpans, error }
}

function lost({ spanCount }: Parcel, error: unknown): Verdict {
  return { kind: 'settled', exported: 0, failed: spanCount, error }
}

// Halves what has several spans, cuts one that is alone.
function reduce(parcel: Parcel, error: unknown): Verdict {
  const half = Math.floor(parcel.body.byteLength / 2)
  if (parcel.spanCount > 1) return divide(parcel, splitToFit(parcel, half), parcel.search, error)
  const smaller = half < SMALLEST_BODY_BYTES ? undefined : cutBatch(parcel, half)
  return smaller ? { kind: 'divided', parts: [smaller], search: parcel.search } : lost(parcel, error)
}

// Halves until the spans that are refused are alone, unless all of them seem to be.
function search(parcel: Parcel, error: unknown): Verdict {
  const known = parcel.search ?? { requestsLeft: SEARCH_REQUESTS, accepted: false }
  const refusals = SEARCH_REQUESTS - known.requestsLeft
  const isHopeless = known.requestsLeft < 2 || (!known.accepted && refusals >= HOPELESS_REFUSALS)
  if (parcel.spanCount === 1 || isHopeless) return lost(parcel, error)
  known.requestsLeft -= 2
  return divide(parcel, splitBatch(parcel), known, error)
}

// What cannot be divided is damaged: it comes from a disk.
function divide(
  parcel: Parcel,
  parts: readonly EncodedBatch[],
  search: RefusalSearch | undefined,
  error: unknown,
): Verdict {
  return parts.length > 1 ? { kind: 'divided', parts, search } : lost(parcel, error)
}
