/**
 * How a finding stands.
 *
 * - `ok`: as it should be.
 * - `note`: good to know; nothing is wrong.
 * - `warning`: works now, or cannot be told; worth a look.
 * - `problem`: spans are lost, or there are none.
 */
export type FindingStatus = 'ok' | 'note' | 'warning' | 'problem'

/** One thing that was looked at. */
export interface Finding {
  /** What: `node`, `hooks`, the name of a library, `credentials` … */
  readonly check: string
  readonly status: FindingStatus
  /** What was found, on one line. */
  readonly text: string
  /** What to do, on one line; every problem and warning has one. */
  readonly fix?: string
  /** The same for programs. */
  readonly details?: Readonly<Record<string, unknown>>
}
