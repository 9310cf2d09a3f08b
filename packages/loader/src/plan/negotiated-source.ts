import { LoaderError } from '../loader-error.js'
import { abortedError } from '../rest/aborted-error.js'
import type { LoadContext } from './load-context.js'
import type { TraceSource } from './trace-source.js'

/**
 * Puts two generations of the read API behind one: the first request finds out which one the server has, the others know.
 *
 * @param observations - Langfuse 4: `v2/observations`.
 * @param traces - Langfuse 3: `traces`.
 * @returns The source.
 */
export function negotiatedSource(observations: TraceSource, traces: TraceSource): TraceSource {
  const choose = <Item>(
    context: LoadContext,
    read: (source: TraceSource) => AsyncGenerator<Item>,
  ): AsyncGenerator<Item> =>
    readEither(
      context,
      () => read(observations),
      () => read(traces),
    )
  return {
    traces: (context, fetch) => choose(context, (source) => source.traces(context, fetch)),
    tracesById: (context, ids, scores) => choose(context, (source) => source.tracesById(context, ids, scores)),
    sessionTraces: (context, ids) => choose(context, (source) => source.sessionTraces(context, ids)),
    sessions: (context, fetch) => choose(context, (source) => source.sessions(context, fetch)),
    count: (context, fetch) => choose(context, (source) => source.count(context, fetch)),
    scores: (context, fetch) => choose(context, (source) => source.scores(context, fetch)),
  }
}

type Api = 'observations' | 'traces'

async function* readEither<Item>(
  context: LoadContext,
  readObservations: () => AsyncGenerator<Item>,
  readTraces: () => AsyncGenerator<Item>,
): AsyncGenerator<Item> {
  const { traits } = context
  // A server that was upgraded while this process ran answers as one without the API that is remembered; then the other is tried.
  const first: Api = traits.api === 'traces' ? 'traces' : 'observations'
  const second: Api = first === 'traces' ? 'observations' : 'traces'
  const readers = { observations: readObservations, traces: readTraces }
  const refusal = yield* readOne(context, first, readers[first])
  if (refusal === undefined) return
  const other = yield* readOne(context, second, readers[second])
  if (other === undefined) return
  traits.api = 'unknown'
  // Neither: what the newer API said is of more use.
  throw first === 'observations' ? refusal : other
}

/** Returns why the server does not have this API, if it does not. */
async function* readOne<Item>(
  { traits, call }: LoadContext,
  api: Api,
  read: () => AsyncGenerator<Item>,
): AsyncGenerator<Item, LoaderError | undefined> {
  let begun = false
  try {
    for await (const item of read()) {
      begun = true
      traits.api = api
      yield item
      // What was read ahead is not handed out any more.
      if (call.signal?.aborted) throw abortedError('load traces', call.signal.reason)
    }
  } catch (error) {
    if (begun || !isMissingEndpoint(error)) throw error
    return error
  }
  traits.api = api
  return undefined
}

// A trace that does not exist is no error of a source, so a 404 that comes out of one is the endpoint's.
function isMissingEndpoint(error: unknown): error is LoaderError {
  return (
    error instanceof LoaderError &&
    error.status === 404 &&
    (error.code === 'unsupported_server' || error.code === 'not_found')
  )
}
