import { cutBatch } from '../encode/cut-batch.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { splitBatch, splitToFit } from '../encode/split-batch.js'
import type { Doubt, Parcel, RefusalSearch } from '../queue/parcel.js'
import type { SendOutcome } from './batch-sender.js'
import { RejectedSpans } from './delivery-errors.js'

/** What is to be done with a parcel after a request. */
export type Verdict =
  /** Its spans came to their end, this many each way; `error` says why some failed. */
  | { readonly kind: 'settled'; readonly exported: number; readonly failed: number; readonly error: unknown }
  /** It is sent in parts; `doubt` says that the server's answer was an error of its own. */
  | {
      readonly kind: 'divided'
      readonly parts: readonly EncodedBatch[]
      readonly search: RefusalSearch | undefined
      readonly doubt?: Doubt
    }
  /** It is sent again later. */
  | {
      readonly kind: 'postponed'
      readonly error: unknown
      readonly afterMillis?: number
      /** Whether it may wait on disk, where the search it is part of is forgotten. */
      readonly mayMove: boolean
      /** Whether everything else comes first: it may be the only thing that the server does not take. */
      readonly isLast: boolean
    }

/** What is known of the server beside its answer, in milliseconds from any start. */
export interface Moment {
  /** The present. */
  readonly nowMillis: number
  /** When this request was begun. */
  readonly sentMillis: number
  /** The latest request the server has accepted: when it was begun, and when it was answered. */
  readonly accepted: { readonly sentMillis: number; readonly answeredMillis: number }
}

/** Tries of a batch that the server answers with an error of its own, before its spans are suspected; and tries of a part of one that was. */
const DOUBTFUL_ATTEMPTS = 3
const DOUBTFUL_PART_ATTEMPTS = 2

/** Errors in a row that one bad span causes at most, while the halves of a batch are tried in turn. */
const DOUBTS_OF_ONE_SPAN = 2

/** What the search for a refused span may cost: one among 100,000 takes 34 requests. */
const SEARCH_REQUESTS = 64

/** After this many refusals of parts without one acceptance, it is not the spans that the server refuses. */
const HOPELESS_REFUSALS = 8

/** No span is cut below this: what is left is what names it. */
const SMALLEST_BODY_BYTES = 2048

/**
 * Decides what an outcome means for a parcel. Knows nothing of timers and network; counts in the parcel and in the search it is part of.
 *
 * @param parcel - What was sent.
 * @param outcome - What came of it.
 * @param moment - What is known of the server beside.
 */
export function judgeOutcome(parcel: Parcel, outcome: SendOutcome, moment: Moment): Verdict {
  switch (outcome.status) {
    case 'sent':
      return sent(parcel, outcome.rejectedSpans)
    case 'retryable': {
      const { error, afterMillis } = outcome
      return {
        kind: 'postponed',
        error,
        ...(afterMillis !== undefined && { afterMillis }),
        mayMove: true,
        isLast: false,
      }
    }
    case 'doubtful':
      return doubt(parcel, outcome.error, moment)
    case 'too_large':
      return reduce(parcel, outcome.error)
    case 'refused':
      return search(parcel, outcome.error)
    case 'failed':
      return lost(parcel, outcome.error)
  }
}

function sent(parcel: Parcel, rejectedSpans: number): Verdict {
  if (parcel.search) {
    parcel.search.accepted = true
    parcel.search.doubtsInRow = 0
  }
  const error = rejectedSpans > 0 ? new RejectedSpans() : undefined
  return { kind: 'settled', exported: parcel.spanCount - rejectedSpans, failed: rejectedSpans, error }
}

function lost({ spanCount }: Parcel, error: unknown): Verdict {
  return { kind: 'settled', exported: 0, failed: spanCount, error }
}

// An outage and a span that breaks the server answer alike. The difference is what becomes of others: a batch is divided only when another was
// taken beside it or since, and a span is given up only when another was sent after its first error and taken. Until then the server is left
// alone as when it is away.
function doubt(parcel: Parcel, error: unknown, { nowMillis, sentMillis, accepted }: Moment): Verdict {
  const { search: known, spanCount } = parcel
  parcel.doubt ??= { attempts: 0, sentMillis, sinceMillis: nowMillis }
  parcel.doubt.attempts++
  if (known) known.doubtsInRow++
  const enough = known ? DOUBTFUL_PART_ATTEMPTS : DOUBTFUL_ATTEMPTS
  const isSuspect = parcel.doubt.attempts >= enough && accepted.answeredMillis >= parcel.doubt.sentMillis
  const isProven = isSuspect && accepted.sentMillis >= parcel.doubt.sinceMillis
  const search = known ?? newSearch()
  if (spanCount > 1 && search.requestsLeft >= 2 && (isSuspect || (known && known.doubtsInRow <= DOUBTS_OF_ONE_SPAN))) {
    search.requestsLeft -= 2
    const verdict = divide(parcel, splitBatch(parcel), search, error)
    return verdict.kind === 'divided'
      ? { ...verdict, doubt: { attempts: 0, sentMillis: nowMillis, sinceMillis: nowMillis } }
      : verdict
  }
  return isProven ? lost(parcel, error) : { kind: 'postponed', error, mayMove: !known, isLast: true }
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
  const known = parcel.search ?? newSearch()
  const refusals = SEARCH_REQUESTS - known.requestsLeft
  const isHopeless = known.requestsLeft < 2 || (!known.accepted && refusals >= HOPELESS_REFUSALS)
  if (parcel.spanCount === 1 || isHopeless) return lost(parcel, error)
  known.requestsLeft -= 2
  return divide(parcel, splitBatch(parcel), known, error)
}

function newSearch(): RefusalSearch {
  return { requestsLeft: SEARCH_REQUESTS, accepted: false, doubtsInRow: 0 }
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
