import type { Observation } from '../../model/observation.js'
import { compareText } from '../compare-values.js'
import { ascending } from './row-order.js'

/**
 * The root of a trace: the earliest observation that says it is one, or the earliest of all.
 *
 * @param observations Those of one trace, at least one.
 * @returns The root.
 * @throws {RangeError} If there are none.
 */
export function traceRoot(observations: readonly Observation[]): Observation {
  const [root] = observations.toSorted(ROOTS_FIRST)
  if (root === undefined) throw new RangeError('Cannot find the root of a trace: found no observations, expected some')
  return root
}

const ROOTS_FIRST = ascending<Observation>(
  ({ isRoot }) => (isRoot ? 0 : 1),
  ({ startTimeMillis }) => startTimeMillis,
  ({ id }) => id,
)

/**
 * What the root of a trace says of it counts; what another observation says counts where the root says nothing.
 *
 * @param observations Those of one trace.
 * @param root The root of them.
 * @returns The name, user and session of the trace, and its tags without repetition.
 */
export function traceFields(
  observations: readonly Observation[],
  root: Observation,
): { readonly name: string; readonly userId: string; readonly sessionId: string; readonly tags: readonly string[] } {
  return {
    name: root.traceName ?? greatest(observations.map(({ traceName }) => traceName)) ?? root.name,
    userId: root.userId || (greatest(observations.map(({ userId }) => userId)) ?? ''),
    sessionId: root.sessionId || (greatest(observations.map(({ sessionId }) => sessionId)) ?? ''),
    tags: [...new Set(observations.flatMap(({ tags }) => tags))],
  }
}

/** Of several that observations give, one and always the same. */
function greatest(texts: readonly (string | null)[]): string | undefined {
  return texts
    .filter((text) => text !== null)
    .toSorted(compareText)
    .at(-1)
}
