import type { VNode } from 'preact'

/** What a change is given. */
export interface ChangeBadgeProps {
  /** Undefined when there is nothing to compare. */
  readonly change: number | undefined
  /** How the size of the change is written. */
  readonly format: (size: number) => string
  /** Whether more is better. Absent: neither is. */
  readonly isMoreBetter?: boolean
}

/** A difference, with its sign; green where it is one for the better. */
export function ChangeBadge({ change, format, isMoreBetter }: ChangeBadgeProps): VNode | null {
  if (change === undefined || Math.abs(change) < 1e-9) return null
  const isGood = isMoreBetter === undefined ? undefined : change > 0 === isMoreBetter
  const kind = isGood === undefined ? 'neutral' : isGood ? 'better' : 'worse'
  return (
    <i class="change" data-kind={kind}>
      {change > 0 ? '+' : '−'}
      {format(Math.abs(change))}
    </i>
  )
}
