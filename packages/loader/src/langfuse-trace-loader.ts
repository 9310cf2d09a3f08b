import { LoaderError } from './loader-error.js'
import type { Trace } from './model/trace.js'
import type { FetchTracesOptions } from './options/fetch-traces-options.js'
import {
  type LangfuseTraceLoaderOptions,
  LOADER_DEFAULTS,
  type ResolvedLoaderOptions,
} from './options/loader-options.js'
import { loaderOptionsFromEnvironment } from './options/loader-options-from-environment.js'
import { readId } from './options/read-id.js'
import { readTraceIds, resolveFetchOptions } from './options/resolve-fetch-options.js'
import { resolveLoaderOptions } from './options/resolve-loader-options.js'
import { discoverSession } from './plan/discover-session.js'
import { createLoadContext, type LoadContext } from './plan/load-context.js'
import { loadTraces, loadTracesById } from './plan/load-traces.js'
import { readScores } from './plan/read-scores.js'
import { type ServerTraits, unknownServer } from './plan/server-traits.js'
import { type LoaderPorts, SYSTEM_PORTS } from './rest/ports.js'
import { createRestClient, type RestClient } from './rest/rest-client.js'
import { Session } from './session.js'
import { TraceCollection } from './trace-collection.js'
import type { Score } from './wire/score-v3.js'

/** What goes with a fetch of something by its id. */
export interface FetchByIdOptions {
  /** Also reads the scores of the traces and of their observations. @default false */
  fetchScores?: boolean
  /** Ends the fetch with a `LoaderError` of code `aborted`. */
  signal?: AbortSignal
}

/** Whose scores to fetch. */
export interface FetchScoresOptions {
  /** The traces; scores of their observations come too. */
  traceIds: readonly string[]
  /** Ends the fetch with a `LoaderError` of code `aborted`. */
  signal?: AbortSignal
}

/**
 * Fetches traces from Langfuse 4 (or anything that speaks its public API).
 *
 * @example
 * ```ts
 * const loader = new LangfuseTraceLoader()
 * const traces = await loader.fetchTraces({ name: 'rag-query', tags: ['production'], daysBack: 7 })
 * await traces.toDataset({ name: 'my-eval' }).toJsonl('my-eval.jsonl')
 * ```
 */
export class LangfuseTraceLoader {
  readonly #options: ResolvedLoaderOptions
  readonly #ports: LoaderPorts
  readonly #rest: RestClient
  readonly #traits: ServerTraits = unknownServer()

  /**
   * @param options - Where and who; what is left out comes from the environment, then from the defaults.
   * @param ports - Clock, randomness and timer, for tests.
   * @throws {LoaderError} `invalid_options` if a key is missing or an option is malformed. No request is made here.
   */
  constructor(options: LangfuseTraceLoaderOptions = {}, ports: LoaderPorts = SYSTEM_PORTS) {
    this.#options = resolveLoaderOptions(options, loaderOptionsFromEnvironment(), LOADER_DEFAULTS)
    this.#ports = ports
    this.#rest = createRestClient(this.#options, ports)
  }

  /**
   * Fetches the traces that fit, newest first, each complete.
   *
   * @param options - Which ones, and how much of each.
   * @returns The traces; an empty collection if none fits.
   * @throws {LoaderError} `invalid_options` before any request; else whatever went wrong. A part is never passed off as the whole.
   */
  async fetchTraces(options: FetchTracesOptions = {}): Promise<TraceCollection> {
    const traces: Trace[] = []
    for await (const trace of this.streamTraces(options)) traces.push(trace)
    return new TraceCollection(traces)
  }

  /**
   * Like {@link LangfuseTraceLoader.fetchTraces}, one trace at a time in bounded memory. Leaving the loop ends the requests.
   *
   * @param options - Which ones, and how much of each. `limit: Infinity` for all.
   * @returns The traces, newest first.
   * @throws {LoaderError} `invalid_options` at once; else, from the loop, whatever went wrong.
   */
  streamTraces(options: FetchTracesOptions = {}): AsyncGenerator<Trace> {
    // Not a generator itself: bad options shall throw here and not at the first step of a loop elsewhere.
    const fetch = resolveFetchOptions(options, this.#options.defaultTags, this.#ports.now())
    return loadTraces(this.#context(fetch.signal, fetch.onProgress), fetch)
  }

  /**
   * Fetches one trace, whenever it was, with all observations.
   *
   * @param id - The trace's id.
   * @param options - Whether to read the scores too.
   * @returns The trace.
   * @throws {LoaderError} `not_found` if there is none of that id (yet: a span is readable some seconds after it was sent).
   */
  async fetchTrace(id: string, options: FetchByIdOptions = {}): Promise<Trace> {
    const traceId = readId(id, 'id')
    const [trace] = await loadTracesById(this.#context(options.signal), [traceId], options.fetchScores ?? false)
    if (trace === undefined) {
      const whole = /^[0-9a-f]{1,31}$/i.test(traceId) ? ` (it has ${traceId.length} digits, a whole one 32)` : ''
      const message = `Cannot load trace ${traceId}: the project has no observation of it: check the id${whole}, or flush and wait some seconds`
      throw new LoaderError('not_found', message, { traceId })
    }
    return trace
  }

  /**
   * Fetches the traces of a session, whenever they were: every trace of which any observation carries the session's id.
   *
   * @param id - The session's id.
   * @param options - Whether to read the scores too.
   * @returns The session, its traces in the order in which they happened.
   * @throws {LoaderError} `not_found` if no observation carries that id.
   */
  async fetchSession(id: string, options: FetchByIdOptions = {}): Promise<Session> {
    const sessionId = readId(id, 'id')
    const context = this.#context(options.signal)
    const traceIds = await discoverSession(context, sessionId)
    const traces = await loadTracesById(context, traceIds, options.fetchScores ?? false)
    if (traces.length === 0) {
      const message = `Cannot load session ${JSON.stringify(sessionId)}: no observation carries its id: check the id, or flush and wait`
      throw new LoaderError('not_found', message)
    }
    return new Session(sessionId, traces)
  }

  /**
   * Fetches the scores of traces and of their observations.
   *
   * @param options - Whose.
   * @returns The scores.
   * @throws {LoaderError} Whatever went wrong.
   */
  async fetchScores(options: FetchScoresOptions): Promise<readonly Score[]> {
    const traceIds = readTraceIds(options.traceIds)
    const context = this.#context(options.signal)
    return readScores(context, traceIds, context.call)
  }

  /** Closes the connections. Not needed before the process ends: idle ones do not keep it alive. */
  async close(): Promise<void> {
    await this.#rest.close()
  }

  #context(signal: AbortSignal | undefined, onProgress?: FetchTracesOptions['onProgress']): LoadContext {
    return createLoadContext(this.#rest, this.#traits, signal, onProgress)
  }
}
