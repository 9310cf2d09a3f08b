import { cutBatch } from '../encode/cut-batch.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { splitBatch, splitToFit } from '../encode/split-batch.js'
import type { Division, Parcel, PartsTurn, RefusalSearch } from '../queue/parcel.js'
import type { SendOutcome } from './batch-sender.js'
import { RejectedSpans } from './delivery-errors.js'

/** What is to be done with a parcel after a request. */
export type Verdict =
  /** Its spans came to their end, this many each way; `error` says why some failed. */
  | { readonly kind: 'settled'; readonly exported: number; readonly failed: number; readonly error: unknown }
  /** It is sent in parts. */
  | ({ readonly kind: 'divided' } & Division)
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
  /** Whether no other batch will come to compare with, and what is not sent is lost. */
  readonly isLastChance: boolean
}

/** Tries of a batch that the server answers with an error of its own, before its spans are suspected; and tries of a part of one that was. */
const DOUBTFUL_ATTEMPTS = 3
const DOUBTFUL_PART_ATTEMPTS = 2

/** Errors in a row that one bad span causes at most, while the halves of a batch are tried in turn. */
const DOUBTS_OF_ONE_SPAN = 2

/**
 * What the search for refused spans may cost, and what each part that is accepted adds. One span among 100,000 takes 34 requests; many are
 * found as long as there is one to accept for every seven to refuse, also while the requests of several sides run beside each other.
 */
const SEARCH_REQUESTS = 256
const REQUESTS_PER_ACCEPTANCE = 16

/** After this many spans that are refused alone, without one acceptance, it may not be the spans that the server refuses. */
const HOPELESS_SPANS = 4

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
    parcel.search.requestsLeft += REQUESTS_PER_ACCEPTANCE
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
// alone as when it is away. When no other is to come, a half that is taken is the other.
function doubt(parcel: Parcel, error: unknown, { nowMillis, sentMillis, accepted, isLastChance }: Moment): Verdict {
  const { search: known, spanCount } = parcel
  parcel.doubt ??= { attempts: 0, sentMillis, sinceMillis: nowMillis }
  parcel.doubt.attempts++
  if (known) known.doubtsInRow++
  const enough = known ? DOUBTFUL_PART_ATTEMPTS : DOUBTFUL_ATTEMPTS
  const isSuspect = parcel.doubt.attempts >= enough && accepted.answeredMillis >= parcel.doubt.sentMillis
  const isProven = isSuspect && accepted.sentMillis >= parcel.doubt.sinceMillis
  const search = known ?? newSearch()
  const isWorthHalving = isSuspect || (known ? known.doubtsInRow <= DOUBTS_OF_ONE_SPAN : isLastChance)
  if (spanCount > 1 && search.requestsLeft >= 2 && isWorthHalving) {
    search.requestsLeft -= 2
    // Both halves are tried before a quarter is: an outage shows in few requests, and what one half is given up for, the other must prove.
    const verdict = divide(parcel, splitBatch(parcel), search, error, 'after_siblings')
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
  return smaller ? { kind: 'divided', parts: [smaller], search: parcel.search, turn: 'next' } : lost(parcel, error)
}

// Halves until a span is alone, one side first: so it is soon known whether any is accepted. When four were refused alone and none was, the
// other sides are still tried, as they are; only when nothing of them is accepted either, the rest is given up.
function search(parcel: Parcel, error: unknown): Verdict {
  const known = parcel.search ?? newSearch()
  if (parcel.spanCount === 1) known.refusedSpans++
  if (!known.accepted && known.refusedSpans >= HOPELESS_SPANS) {
    known.triesLeft = (known.triesLeft ?? known.parts) - 1
    if (known.triesLeft <= 0) known.givenUp = { error }
  }
  if (parcel.spanCount === 1 || known.givenUp || known.requestsLeft < 2) return lost(parcel, error)
  known.requestsLeft -= 2
  return divide(
    parcel,
    splitBatch(parcel),
    known,
    error,
    known.accepted || known.triesLeft === undefined ? 'next' : 'after_siblings',
  )
}

function newSearch(): RefusalSearch {
  return {
    requestsLeft: SEARCH_REQUESTS,
    parts: 0,
    refusedSpans: 0,
    triesLeft: undefined,
    givenUp: undefined,
    accepted: false,
    doubtsInRow: 0,
  }
}

// What cannot be divided is damaged: it comes from a disk.
function divide(
  parcel: Parcel,
  parts: readonly EncodedBatch[],
  search: RefusalSearch | undefined,
  error: unknown,
  turn: PartsTurn = 'next',
): Verdict {
  return parts.length > 1 ? { kind: 'divided', parts, search, turn } : lost(parcel, error)
}
