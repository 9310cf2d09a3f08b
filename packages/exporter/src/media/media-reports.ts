import { RefusedRequest } from '../delivery/delivery-errors.js'
import type { Reporter } from '../report.js'

/** Why media are not with Langfuse. */
export type MediaProblem =
  /** More were to be uploaded at once than there is room for. */
  | { readonly kind: 'no_room' }
  /** They came when nothing is uploaded any more. */
  | { readonly kind: 'too_late' }
  /** An upload failed. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Uploads were ended before they were done. */
  | { readonly kind: 'given_up'; readonly files: number }

/**
 * Creates what tells of media that are not with Langfuse: each kind of problem once.
 *
 * @param store - What the place is called to which they go.
 * @param reporter - Told.
 */
export function createMediaReports(store: string, reporter: Reporter): (problem: MediaProblem) => void {
  return (problem) => {
    reporter.once({ level: 'warn', code: 'media_skipped', message: describe(problem, store) }, problem.kind)
  }
}

const CONSEQUENCE = 'Spans refer to media that are not there.'

function describe(problem: MediaProblem, store: string): string {
  switch (problem.kind) {
    case 'no_room':
      return 'Left media out of spans: more were to be uploaded at once than there is room for.'
    case 'too_late':
      return 'Left media out of spans: they ended when there was no time left for uploads.'
    case 'failed':
      return `Could not upload media to the store of ${store}: ${causeOf(problem.error)}. ${CONSEQUENCE}`
    case 'given_up':
      return `Gave up ${problem.files} ${problem.files === 1 ? 'upload' : 'uploads'} of media: the store of ${store} did not take them in time. ${CONSEQUENCE}`
  }
}

// Only what is known to hold no secret: the address of an upload is one.
function causeOf(error: unknown): string {
  if (error instanceof RefusedRequest) return `it answered ${error.status}`
  if (!(error instanceof Error)) return 'the upload failed'
  if (error.name === 'AbortError') return 'it did not answer in time'
  return 'code' in error && typeof error.code === 'string' ? `the connection failed (${error.code})` : error.name
}
