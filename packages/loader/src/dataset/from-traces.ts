import { LoaderError } from '../loader-error.js'
import type { Trace } from '../model/trace.js'
import { readListener } from '../options/read-listener.js'
import { refuseUnknown } from '../options/refuse-unknown.js'
import { isRecord } from '../wire/read-field.js'
import { Dataset } from './dataset.js'
import { DatasetItem } from './dataset-item.js'
import { fromTrace } from './from-trace.js'
import type { DatasetItemInput } from './item-fields.js'
import { numberRepeats } from './number-repeats.js'

/** What a transformation may return: an item, a plain record, a list of either, or nothing to leave the trace out. */
export type TransformResult =
  | DatasetItem
  | DatasetItemInput
  | readonly (DatasetItem | DatasetItemInput)[]
  | null
  | undefined
  // biome-ignore lint/suspicious/noConfusingVoidType: a transformation without a return statement leaves the trace out.
  | void

/** How to make a dataset of traces. */
export interface DatasetFromTracesOptions {
  /** The dataset's name. @default 'dataset' */
  name?: string
  /**
   * Makes items of a trace instead of the default conversion, whose result it is given.
   *
   * A plain record need not say where it comes from: `traceId`, `observationId`, `sessionId` and `sourceTimestamp` are filled in
   * where it leaves them out, and an id that no other item has is made. What it throws reaches the caller as it is.
   *
   * @default the default conversion
   */
  transform?: (trace: Trace, item: DatasetItem) => TransformResult
}

/**
 * Turns traces into a dataset.
 *
 * @param traces - The traces.
 * @param options - Name and transformation.
 * @returns The dataset, in the order of the traces.
 * @throws {LoaderError} `invalid_options`; `invalid_dataset` naming the trace and the field.
 */
export function datasetFromTraces(traces: Iterable<Trace>, options: DatasetFromTracesOptions = {}): Dataset {
  const convert = createConverter(options)
  const items: DatasetItem[] = []
  for (const trace of traces) items.push(...convert(trace))
  return new Dataset(items, options.name === undefined ? {} : { name: options.name })
}

/**
 * Turns traces into items one after the other, in bounded memory: together with `streamTraces` and `writeItems`, any number of them becomes a
 * file.
 *
 * @param traces - The traces, such as those of `loader.streamTraces`.
 * @param options - The transformation.
 * @yields The items, in the order of the traces.
 * @throws {LoaderError} `invalid_dataset` naming the trace and the field; whatever `traces` throws.
 *
 * @example
 * ```ts
 * await writeItems('all.jsonl', itemsFromTraces(loader.streamTraces({ limit: Infinity })))
 * ```
 */
export async function* itemsFromTraces(
  traces: AsyncIterable<Trace> | Iterable<Trace>,
  options: Pick<DatasetFromTracesOptions, 'transform'> = {},
): AsyncGenerator<DatasetItem> {
  const convert = createConverter(options)
  for await (const trace of traces) yield* convert(trace)
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof DatasetFromTracesOptions>(['name', 'transform'])

function createConverter(options: DatasetFromTracesOptions): (trace: Trace) => readonly DatasetItem[] {
  refuseUnknown(options, OPTION_NAMES)
  const transform = readListener(options.transform, 'transform')
  const nextId = numberRepeats()
  return (trace) => {
    const standard = fromTrace(trace)
    if (transform === undefined) return [standard]
    return listOf(transform(trace, standard), trace).map((result) =>
      result instanceof DatasetItem ? result : itemOf(result, standard, nextId, trace),
    )
  }
}

function listOf(result: unknown, trace: Trace): readonly unknown[] {
  if (result === null || result === undefined) return []
  if (result instanceof Promise) {
    result.catch(() => {})
    const message = `Cannot make dataset: transform returned a promise for trace ${trace.id}: it must be synchronous`
    throw new LoaderError('invalid_dataset', message, { traceId: trace.id })
  }
  return Array.isArray(result) ? result : [result]
}

function itemOf(result: unknown, standard: DatasetItem, nextId: (id: string) => string, trace: Trace): DatasetItem {
  const at = `the result of transform for trace ${trace.id}`
  if (!isRecord(result)) return DatasetItem.parse(result, at)
  const { traceId, observationId, sessionId, sourceTimestamp } = standard
  const given = Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined))
  const record = { traceId, observationId, sessionId, sourceTimestamp, ...given }
  return DatasetItem.parse(given.id === undefined ? { ...record, id: nextId(standard.id) } : record, at)
}
