import { useEffect, useRef } from 'preact/hooks'

/**
 * Does something at once when it is asked for, but not again before some time has passed: then once for all that was asked meanwhile.
 *
 * @param work What to do.
 * @param paceMillis The time between two, or what gives it when it is asked.
 * @returns Asks for it. What is asked after the component is gone is not done.
 */
export function usePaced(work: () => void, paceMillis: number | (() => number)): () => void {
  const latest = useRef(work)
  latest.current = work
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const lastMillis = useRef(-Infinity)
  useEffect(() => () => clearTimeout(timer.current), [])
  return () => {
    const pace = typeof paceMillis === 'number' ? paceMillis : paceMillis()
    timer.current ??= setTimeout(
      () => {
        timer.current = undefined
        lastMillis.current = performance.now()
        latest.current()
      },
      Math.max(0, lastMillis.current + pace - performance.now()),
    )
  }
}
