import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../send/read-json.js'
import { mediaReferences } from './media-references.js'
import type { MediaPush } from './push-media.js'
import { type PushDestination, type PushSide, readAll, readOne, write } from './push-side.js'
import type { PushTally } from './push-tally.js'

const DATASETS_PATH = '/api/public/v2/datasets'
const ITEMS_PATH = '/api/public/dataset-items'
const DATASET_FACTS = ['description', 'metadata', 'inputSchema', 'expectedOutputSchema'] as const
const ITEM_FACTS = ['input', 'expectedOutput', 'metadata', 'sourceTraceId', 'sourceObservationId', 'status'] as const
// Each item is a request of its own; more at once would only wait in the server.
const PARALLEL = 4

/** Where datasets go, with their files. */
export interface DatasetDestination extends PushDestination {
  /** `undefined` leaves files out. */
  readonly pushMedia: MediaPush | undefined
  /** Called after every item. */
  readonly onItem: (items: number) => Promise<void>
}

/**
 * Pushes datasets with their items, under the ids they have. What is there already, just so, is not sent.
 *
 * @param source - Where from.
 * @param destination - Where to.
 * @param tally - Counts what was done.
 * @throws {CliError} `send_failed`, `stopped`.
 */
export async function pushDatasets(source: PushSide, destination: DatasetDestination, tally: PushTally): Promise<void> {
  for await (const dataset of readAll(source, DATASETS_PATH, 'datasets')) {
    const { name } = dataset
    if (typeof name !== 'string') continue
    const there = await readOne(destination, `${DATASETS_PATH}/${encodeURIComponent(name)}`, `dataset ${name}`)
    const id = await pushDataset(name, dataset, there, destination, tally)
    if (id !== undefined) await pushItems(name, id, there !== undefined, source, destination, tally)
  }
}

/** Gives back the dataset's id there; `undefined` if it was refused. */
async function pushDataset(
  name: string,
  dataset: JsonObject,
  there: JsonObject | undefined,
  destination: DatasetDestination,
  tally: PushTally,
): Promise<string | undefined> {
  const facts = factsOf(dataset, DATASET_FACTS)
  const isSame = there !== undefined && isDeepStrictEqual(factsOf(there, Object.keys(facts)), facts)
  if (isSame) return String(there.id)
  const about = `dataset ${JSON.stringify(name)}`
  const written = await write(destination, { path: DATASETS_PATH, json: JSON.stringify({ name, ...facts }) }, about)
  if (written.kind === 'refused') {
    tally.refused.push({ about, reason: written.reason })
    return undefined
  }
  if (there === undefined) tally.datasets += 1
  return String(Object(written.body).id)
}

async function pushItems(
  name: string,
  datasetId: string,
  isThere: boolean,
  source: PushSide,
  destination: DatasetDestination,
  tally: PushTally,
): Promise<void> {
  const query = `${ITEMS_PATH}?datasetName=${encodeURIComponent(name)}`
  const there = new Map<string, object>()
  if (isThere)
    for await (const item of readAll(destination, query, 'dataset items'))
      there.set(String(item.id), factsOf(item, ITEM_FACTS))
  const pushItem = async (item: JsonObject): Promise<void> => {
    const id = String(item.id)
    const facts = factsOf(item, ITEM_FACTS)
    if (isDeepStrictEqual(there.get(id), facts)) return
    const about = `item ${JSON.stringify(id)} of dataset ${JSON.stringify(name)}`
    // Before the item, which counts as pushed when it is there.
    const { input, expectedOutput, metadata } = item
    const references = mediaReferences({ input, expectedOutput, metadata })
    await destination.pushMedia?.({ datasetId, datasetItemId: id }, references, about)
    const json = JSON.stringify({ ...facts, id, datasetName: name })
    // Langfuse 3 answers 404 to an id that is taken by another dataset.
    const written = await write(destination, { path: ITEMS_PATH, json }, about, undefined, 'is-refusal')
    if (written.kind === 'refused') tally.refused.push({ about, reason: written.reason })
    else tally.datasetItems += 1
    await destination.onItem(tally.datasetItems)
  }
  let running: Promise<void>[] = []
  for await (const item of readAll(source, query, 'dataset items')) {
    running.push(pushItem(item))
    if (running.length < PARALLEL) continue
    await Promise.all(running)
    running = []
  }
  await Promise.all(running)
}

// What is not said stays as it is there.
function factsOf(object: JsonObject, names: readonly string[]): object {
  return Object.fromEntries(
    names.flatMap((name) => (object[name] === undefined || object[name] === null ? [] : [[name, object[name]]])),
  )
}
