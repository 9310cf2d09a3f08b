import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { usePaced } from '../use-paced.js'
import { getJson } from './get-json.js'
import { onTracesChange } from './live.js'

/** Changes are shown together, at this pace … */
const REFRESH_MILLIS = 1000
/** … but what takes long to answer is asked for seldom: following must not be all that the server does. */
const REST_FACTOR = 10

/** What a page knows of what it asked for. */
export interface AnswerState<T> {
  /** The answer; the former one until the next is there, so that nothing flickers. */
  readonly answer: T | undefined
  /** Why there is none; empty when nothing went wrong. */
  readonly failure: string
}

/**
 * Reads JSON for a component, again when its address changes, and again when traces change.
 *
 * @param address Gives the path below `/viewer/api`, when it is asked: a span of time up to now moves on.
 * @param key What the answer depends on.
 * @returns The answer.
 */
export function useAnswer<T>(address: () => string, key: string): AnswerState<T> {
  const [state, setState] = useState<{ answer: T | undefined; failure: string }>({ answer: undefined, failure: '' })
  const request = useRef<AbortController>(undefined)
  const latest = useRef(address)
  latest.current = address
  const tookMillis = useRef(0)
  const load = (): void => {
    const start = performance.now()
    request.current?.abort()
    const current = new AbortController()
    request.current = current
    getJson<T>(latest.current(), current.signal).then(
      (answer) => {
        tookMillis.current = performance.now() - start
        setState({ answer, failure: '' })
      },
      (error: unknown) => {
        if (current.signal.aborted) return
        setState({ answer: undefined, failure: error instanceof Error ? error.message : String(error) })
      },
    )
  }
  // Before the first paint: the request should not wait for it.
  useLayoutEffect(() => {
    load()
    return () => request.current?.abort()
  }, [key])
  const follow = usePaced(load, () => Math.max(REFRESH_MILLIS, tookMillis.current * REST_FACTOR))
  useLayoutEffect(() => onTracesChange(follow), [])
  return state
}
