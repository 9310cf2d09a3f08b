import { checkpointCollection, checkpointStream } from './checkpoint/checkpointed-traces.js'
import { type CheckpointKind, type ResumedFetch, resumeFetch } from './checkpoint/resume-fetch.js'
import { resumeTraceLines, writeTraceLines } from './checkpoint/write-trace-lines.js'
import type { WrittenFile } from './dataset/files/write-atomically.js'
import { loadExport } from './export-files/load-export.js'
import { LEGACY_SOURCE } from './legacy/legacy-source.js'
import { loadSessions } from './load-sessions.js'
import { LoaderError } from './loader-error.js'
import { missingSession, missingTrace } from './missing-error.js'
import type { Trace } from './model/trace.js'
import { type FetchByIdOptions, resolveFetchById } from './options/fetch-by-id-options.js'
import { type FetchScoresOptions, resolveScoreFetch } from './options/fetch-scores-options.js'
import type { FetchTracesOptions, ResolvedFetch } from './options/fetch-traces-options.js'
import {
  type LangfuseTraceLoaderOptions,
  LOADER_DEFAULTS,
  type ResolvedLoaderOptions,
} from './options/loader-options.js'
import { loaderOptionsFromEnvironment } from './options/loader-options-from-environment.js'
import { readId } from './options/read-id.js'
import { refusePartial } from './options/refuse-partial.js'
import { type ExportOptions, resolveExportOptions } from './options/resolve-export-options.js'
import { resolveFetchOptions } from './options/resolve-fetch-options.js'
import { resolveLoaderOptions } from './options/resolve-loader-options.js'
import { type ExportTracesOptions, resolveTraceExport } from './options/resolve-trace-export.js'
import { collect } from './plan/collect.js'
import { diagnoseEmpty } from './plan/diagnose-empty.js'
import { createLoadContext, type LoadContext, type LoadScope } from './plan/load-context.js'
import { negotiatedSource } from './plan/negotiated-source.js'
import { OBSERVATION_SOURCE } from './plan/observation-source.js'
import { type ServerTraits, sharedServerTraits } from './plan/server-traits.js'
import type { TraceSource } from './plan/trace-source.js'
import { type LoaderPorts, SYSTEM_PORTS } from './rest/ports.js'
import { createRestClient, type RestClient } from './rest/rest-client.js'
import type { Session } from './session.js'
import { SessionCollection } from './session-collection.js'
import { TraceCollection } from './trace-collection.js'
import type { Score } from './wire/score-v3.js'

const SOURCE: TraceSource = negotiatedSource(OBSERVATION_SOURCE, LEGACY_SOURCE)

/**
 * Fetches traces from Langfuse 4 or 3 (or anything that speaks their public API). Which one it is comes out with the first request.
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
  readonly #traits: ServerTraits

  /**
   * @param options - Where and who; what is left out comes from the environment, then from the defaults.
   * @param ports - Clock, randomness and timer, for tests.
   * @throws {LoaderError} `invalid_options` if a key is missing or an option is malformed. No request is made here.
   */
  constructor(options: LangfuseTraceLoaderOptions = {}, ports: LoaderPorts = SYSTEM_PORTS) {
    this.#options = resolveLoaderOptions(options, loaderOptionsFromEnvironment(), LOADER_DEFAULTS)
    this.#ports = ports
    this.#rest = createRestClient(this.#options, ports)
    this.#traits = sharedServerTraits(this.#options.baseUrl)
  }

  /**
   * Fetches the traces that fit, newest first, each complete.
   *
   * @param options - Which ones, and how much of each.
   * @returns The traces; an empty collection, which says why in its `diagnosis`, if none fits.
   * @throws {LoaderError} `invalid_options` before any request; else whatever went wrong. A part is never passed off as the whole.
   */
  async fetchTraces(options: FetchTracesOptions = {}): Promise<TraceCollection> {
    const fetch = this.#resolve(options)
    const traces: Trace[] = []
    try {
      const reading =
        fetch.checkpoint === undefined
          ? this.#read(fetch)
          : checkpointCollection(this.#resume(fetch.checkpoint, fetch, 'traces'), (rest) =>
              this.#read(rest.fetch, rest.done),
            )
      for await (const trace of reading) traces.push(trace)
    } catch (error) {
      if (fetch.partial === 'throw' || traces.length === 0 || !(error instanceof LoaderError)) throw error
      return new TraceCollection(traces, { failure: error })
    }
    if (traces.length > 0 || fetch.traceIds?.length === 0) return new TraceCollection(traces)
    const diagnosis = await diagnoseEmpty(fetch, this.#ports.now(), (loosened) => this.#count(loosened))
    return new TraceCollection(traces, { diagnosis })
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
    const fetch = this.#resolve(options)
    refusePartial(fetch.partial, 'a stream has handed out its part when it fails: use fetchTraces')
    if (fetch.checkpoint === undefined) return this.#read(fetch)
    return checkpointStream(this.#resume(fetch.checkpoint, fetch, 'ids'), (rest) => this.#read(rest.fetch, rest.done))
  }

  /**
   * Writes the traces that fit to a file of JSON Lines, newest first, in bounded memory. The file appears when all is there. With a
   * `checkpoint`, the same call goes on where it was killed, and the file then holds each trace once.
   *
   * @param options - Which ones, where to, and what of each.
   * @returns Where the file is and how many lines it holds.
   * @throws {LoaderError} `invalid_options` before any request; `write_failed`; else whatever went wrong.
   */
  async exportTraces(options: ExportTracesOptions): Promise<WrittenFile> {
    const { fetch, file } = resolveTraceExport(options, this.#options.defaultTags, this.#ports.now())
    if (fetch.checkpoint === undefined) return writeTraceLines(file, this.#read(fetch))
    const open = this.#resume(fetch.checkpoint, fetch, `file ${file.to}`)
    return resumeTraceLines(file, open, (rest) => this.#read(rest.fetch, rest.done))
  }

  /**
   * Counts the traces that fit, without reading them.
   *
   * @param options - Which ones; `limit` is where counting ends. @default limit: Infinity
   * @returns How many there are.
   * @throws {LoaderError} `invalid_options` before any request; else whatever went wrong.
   */
  async countTraces(options: FetchTracesOptions = {}): Promise<number> {
    return this.#count(this.#resolve({ limit: Number.POSITIVE_INFINITY, ...options }))
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
    const { id: traceId, scores, signal } = resolveFetchById(id, options)
    const [trace] = await collect(SOURCE.tracesById(this.#context({ signal }), [traceId], scores))
    if (trace === undefined) throw missingTrace(traceId)
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
    const { id: sessionId, scores, signal } = resolveFetchById(id, options)
    const [session] = await loadSessions(SOURCE, this.#context({ signal }), [sessionId], scores)
    if (session === undefined) throw missingSession(sessionId)
    return session
  }

  /**
   * Fetches the sessions to which traces that fit belong, each with all its traces, whenever they were.
   *
   * @param options - Which traces to look at; `limit` counts sessions.
   * @returns The sessions, that with the latest trace that fits first.
   * @throws {LoaderError} `invalid_options` before any request; else whatever went wrong.
   */
  async fetchSessions(options: FetchTracesOptions = {}): Promise<SessionCollection> {
    const fetch = this.#resolve(options)
    const context = this.#context({ fetch })
    const ids = await collect(SOURCE.sessions(context, fetch))
    return new SessionCollection(await loadSessions(SOURCE, context, ids, fetch.scores))
  }

  /**
   * Fetches the scores of traces and of their observations, or of sessions.
   *
   * @param options - Whose.
   * @returns The scores.
   * @throws {LoaderError} Whatever went wrong.
   */
  async fetchScores(options: FetchScoresOptions): Promise<readonly Score[]> {
    const fetch = resolveScoreFetch(options)
    // No request: the server would take an empty list for no condition at all.
    if (fetch.ids.length === 0) return []
    return collect(SOURCE.scores(this.#context(options), fetch))
  }

  /**
   * Reads traces out of a copy of the files that Langfuse's blob storage integration writes (`observations_v2/`, as JSON Lines, gzipped
   * or not, or as Parquet). No request is made.
   *
   * @param directory - The folder of the export, of a project in it, or `observations_v2` itself.
   * @param options - Which traces; all of them unless said otherwise.
   * @returns The traces, newest first.
   * @throws {LoaderError} `invalid_options`; `read_failed` or `invalid_file` naming file, row and field.
   */
  async fromExport(directory: string, options: ExportOptions = {}): Promise<TraceCollection> {
    const traces = await collect(this.streamExport(directory, options))
    return new TraceCollection(traces.sort((a, b) => b.timestamp.getTime() - a.timestamp.getTime()))
  }

  /**
   * Like {@link LangfuseTraceLoader.fromExport}, one trace at a time, each as soon as it is complete.
   *
   * @param directory - The folder.
   * @param options - Which traces.
   * @returns The traces, those of the latest files first.
   * @throws {LoaderError} `invalid_options` at once; else, from the loop, whatever went wrong.
   */
  streamExport(directory: string, options: ExportOptions = {}): AsyncGenerator<Trace> {
    const fetch = resolveExportOptions(options, this.#options.defaultTags, this.#ports.now())
    return loadExport(readId(directory, 'directory'), fetch)
  }

  /** Closes the connections. Not needed before the process ends: idle ones do not keep it alive. */
  async close(): Promise<void> {
    await this.#rest.close()
  }

  #resolve(options: FetchTracesOptions): ResolvedFetch {
    return resolveFetchOptions(options, this.#options.defaultTags, this.#ports.now())
  }

  #read(fetch: ResolvedFetch, done?: ReadonlySet<string>): AsyncGenerator<Trace> {
    return SOURCE.traces(this.#context({ fetch, done }), fetch)
  }

  #resume(path: string, fetch: ResolvedFetch, kind: CheckpointKind): () => Promise<ResumedFetch> {
    const project = `${this.#options.baseUrl} ${this.#options.publicKey}`
    return () => resumeFetch(path, fetch, kind, project, this.#ports.now())
  }

  async #count(fetch: ResolvedFetch): Promise<number> {
    const [count = 0] = await collect(SOURCE.count(this.#context({ fetch }), fetch))
    return count
  }

  #context(scope: LoadScope): LoadContext {
    return createLoadContext(this.#rest, this.#traits, this.#ports, scope)
  }
}
