import type { Dataset } from './dataset/dataset.js'
import { type DatasetFromTracesOptions, datasetFromTraces } from './dataset/from-traces.js'
import type { EmptyDiagnosis } from './empty-diagnosis.js'
import type { LoaderError } from './loader-error.js'
import type { Trace } from './model/trace.js'
import { readTraceFile } from './read-trace-file.js'
import { type TraceQuery, traceMatcher } from './trace-query.js'
import { writeTraceFile } from './write-trace-file.js'

/** What is known of traces besides themselves. */
export interface CollectionFacts {
  /** What ended the fetch before it was complete, if `partial: 'return'` was asked for. @default null */
  readonly failure?: LoaderError | null
  /** Why nothing was found. @default null */
  readonly diagnosis?: EmptyDiagnosis | null
}

/** Traces that were fetched, newest first: array-like and iterable. Never changed: `filter` and `slice` give new ones. */
export class TraceCollection {
  /** The trace at a position. */
  readonly [index: number]: Trace
  readonly #traces: readonly Trace[]
  readonly #facts: CollectionFacts

  /**
   * @param traces - The traces, in the order to keep.
   * @param facts - What else is known.
   */
  constructor(traces: Iterable<Trace> = [], facts: CollectionFacts = {}) {
    this.#traces = [...traces]
    this.#facts = facts
    // Own properties, so that `traces[0]` and `Array.from(traces)` work as for any array-like, and a console shows the traces.
    Object.assign(this, this.#traces)
  }

  /** How many traces there are. */
  get length(): number {
    return this.#traces.length
  }

  /** The error that ended the fetch in the middle (`partial: 'return'`); `null` if these are all. */
  get failure(): LoaderError | null {
    return this.#facts.failure ?? null
  }

  /** What a fetch that found nothing could find out about why; `null` if it found something. */
  get diagnosis(): EmptyDiagnosis | null {
    return this.#facts.diagnosis ?? null
  }

  /** @returns The traces in order. */
  [Symbol.iterator](): Iterator<Trace> {
    return this.#traces[Symbol.iterator]()
  }

  /**
   * @param index - Position; a negative one counts from the end.
   * @returns The trace there, if there is one.
   */
  at(index: number): Trace | undefined {
    return this.#traces.at(index)
  }

  /**
   * @param predicate - Whether to keep a trace.
   * @returns A new collection of those kept.
   */
  filter(predicate: (trace: Trace, index: number) => boolean): TraceCollection {
    return new TraceCollection(this.#traces.filter((trace, index) => predicate(trace, index)))
  }

  /**
   * @param query - What to look for; everything given must hold.
   * @returns A new collection of the traces that fit.
   * @throws {LoaderError} `invalid_options` naming what does not exist or cannot be.
   */
  filterBy(query: TraceQuery): TraceCollection {
    return this.filter(traceMatcher(query))
  }

  /**
   * @param predicate - What to look for.
   * @returns The first trace that fits, if there is one.
   */
  find(predicate: (trace: Trace, index: number) => boolean): Trace | undefined {
    return this.#traces.find((trace, index) => predicate(trace, index))
  }

  /**
   * @param start - First position; a negative one counts from the end. @default 0
   * @param end - Position behind the last one. @default the end
   * @returns A new collection of that part.
   */
  slice(start?: number, end?: number): TraceCollection {
    return new TraceCollection(this.#traces.slice(start, end))
  }

  /**
   * @param map - What to make of a trace.
   * @returns A plain array of the results.
   */
  map<Result>(map: (trace: Trace, index: number) => Result): Result[] {
    return this.#traces.map((trace, index) => map(trace, index))
  }

  /** @returns The traces as a plain array of its own. */
  toArray(): Trace[] {
    return [...this.#traces]
  }

  /**
   * Writes the traces to a file, with everything that came over the wire, so that {@link TraceCollection.loadJson} gives the same ones.
   * The file appears whole or not at all.
   *
   * @param path - The file; one that exists is replaced.
   * @returns Its absolute path.
   * @throws {LoaderError} `write_failed` if the file system refuses.
   */
  async saveJson(path: string | URL): Promise<string> {
    return writeTraceFile(path, this.#traces)
  }

  /**
   * Reads traces that were written by {@link TraceCollection.saveJson}.
   *
   * @param path - The file.
   * @returns The traces, in the order in which they were saved.
   * @throws {LoaderError} `read_failed`, or `invalid_file` naming what is wrong in it.
   */
  static async loadJson(path: string | URL): Promise<TraceCollection> {
    return new TraceCollection(await readTraceFile(path))
  }

  /**
   * Turns the traces into evaluation items, one each unless `transform` says otherwise.
   *
   * @param options - The dataset's name, and a transformation of your own.
   * @returns The dataset.
   * @throws {LoaderError} `invalid_dataset` naming the trace and the field, if `transform` returns what is no item.
   */
  toDataset(options: DatasetFromTracesOptions = {}): Dataset {
    return datasetFromTraces(this.#traces, options)
  }
}
