import { type Alternative, describeEmpty, type EmptyDiagnosis } from '../empty-diagnosis.js'
import { LoaderError } from '../loader-error.js'
import { conditionsOf, type FetchCriteria } from '../options/fetch-criteria.js'
import type { ResolvedFetch } from '../options/fetch-traces-options.js'

// Enough to tell a few from many, and little to read.
const COUNT_TO = 100
const WIDER = 10

/**
 * Finds out why a fetch found nothing, with at most three small requests: what there is without its tags, without its name or whatever
 * else was asked for, and in a window ten times as wide.
 *
 * @param fetch - What was asked for.
 * @param nowMillis - The present, in milliseconds since the epoch.
 * @param count - Counts the traces that fit, up to the limit.
 * @returns The diagnosis. It tells what it could find out: a request that fails ends it, for the answer itself is known.
 */
export async function diagnoseEmpty(
  fetch: ResolvedFetch,
  nowMillis: number,
  count: (fetch: ResolvedFetch) => Promise<number>,
): Promise<EmptyDiagnosis> {
  const alternatives: Alternative[] = []
  // One list of ids is one request.
  const some = fetch.traceIds === undefined ? fetch : { ...fetch, traceIds: fetch.traceIds.slice(0, COUNT_TO) }
  for (const [without, changed] of loosened(some, nowMillis)) {
    const found = await count({ ...changed, limit: COUNT_TO, onProgress: undefined }).catch((error: unknown) => {
      if (error instanceof LoaderError) return undefined
      throw error
    })
    if (found === undefined) break
    alternatives.push({ without, count: found, isAtLeast: found >= COUNT_TO })
  }
  return describeEmpty(alternatives)
}

// Three at most: tags, the name or whatever else was asked for, and the window.
function loosened(fetch: ResolvedFetch, nowMillis: number): readonly (readonly [readonly string[], ResolvedFetch])[] {
  const { criteria, window } = fetch
  const options: (readonly [readonly string[], ResolvedFetch])[] = []
  const { name, ...nameless } = criteria
  const others = namesOf(nameless)
  if (criteria.tags.length > 0) options.push([['tags'], withCriteria(fetch, { ...criteria, tags: [] })])
  if (name !== undefined) options.push([['name'], withCriteria(fetch, nameless)])
  else if (others.length > 0) options.push([others, withCriteria(fetch, { ...NONE, tags: criteria.tags })])
  if (window !== undefined) {
    const end = window.to?.getTime() ?? nowMillis
    // Langfuse takes no years below 0.
    const from = new Date(Math.max(0, end - WIDER * (end - window.from.getTime())))
    options.push([['window'], { ...fetch, window: { from, to: undefined } }])
  }
  return options
}

const NONE: FetchCriteria = { tags: [], metadata: [], filter: [] }

function withCriteria(fetch: ResolvedFetch, criteria: FetchCriteria): ResolvedFetch {
  return { ...fetch, criteria, conditions: conditionsOf(criteria) }
}

// As the caller spelt them; tags and names have a request of their own.
function namesOf(criteria: Omit<FetchCriteria, 'name'>): readonly string[] {
  const texts = ['userId', 'sessionId', 'environment', 'release', 'version'] as const
  return [
    ...texts.filter((option) => criteria[option] !== undefined),
    ...(criteria.metadata.length > 0 ? ['metadata'] : []),
    ...(criteria.filter.length > 0 ? ['filter'] : []),
  ]
}
