import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../send/read-json.js'
import { factsOf } from './facts-of.js'
import { inParallel } from './in-parallel.js'
import { DATASET_ITEMS_PATH, factsOfItem, pushDatasetItem } from './push-dataset-item.js'
import type { MediaPush } from './push-media.js'
import { type PushDestination, type PushSide, readAll, readOne, write } from './push-side.js'
import type { PushTally } from './push-tally.js'

const DATASETS_PATH = '/api/public/v2/datasets'
const DATASET_FACTS = ['description', 'metadata', 'inputSchema', 'expectedOutputSchema'] as const
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
  const query = `${DATASET_ITEMS_PATH}?datasetName=${encodeURIComponent(name)}`
  const there = new Map<string, object>()
  if (isThere)
    for await (const item of readAll(destination, query, 'dataset items')) there.set(String(item.id), factsOfItem(item))
  const pushItem = async (item: JsonObject): Promise<void> => {
    await pushDatasetItem(item, { name, id: datasetId, there }, destination, tally)
    await destination.onItem(tally.datasetItems)
  }
  await inParallel(readAll(source, query, 'dataset items'), PARALLEL, pushItem)
}
