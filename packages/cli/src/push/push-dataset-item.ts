import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../send/read-json.js'
import { factsOf } from './facts-of.js'
import { mediaReferences } from './media-references.js'
import type { MediaPush } from './push-media.js'
import { type PushDestination, type PushSide, readOne, type Written, write } from './push-side.js'
import type { PushTally } from './push-tally.js'

/** Where items of datasets are, in the API of Langfuse. */
export const DATASET_ITEMS_PATH = '/api/public/dataset-items'

const FACTS = ['input', 'expectedOutput', 'metadata', 'sourceTraceId', 'sourceObservationId', 'status'] as const

/** The dataset that items go to. */
export interface TargetDataset {
  readonly name: string
  readonly id: string
  /** What it has, by id. */
  readonly there: ReadonlyMap<string, object>
}

/**
 * Picks what an item says.
 *
 * @param item - The item.
 * @returns Its facts, without what its project gives it.
 */
export function factsOfItem(item: JsonObject): object {
  return factsOf(item, FACTS)
}

/**
 * Pushes an item of a dataset with the files it names, unless it is there just so. Ids of items are unique in a project: where another dataset has the
 * id, the item gets one of its own, always the same.
 *
 * @param item - The item.
 * @param dataset - Where to.
 * @param destination - The project; `pushMedia` is `undefined` to leave files out.
 * @param tally - Counts what was done.
 * @throws {CliError} `send_failed`, `stopped`.
 */
export async function pushDatasetItem(
  item: JsonObject,
  { name, id: datasetId, there }: TargetDataset,
  destination: PushDestination & { readonly pushMedia: MediaPush | undefined },
  tally: PushTally,
): Promise<void> {
  const facts = factsOfItem(item)
  const own = String(item.id)
  const other = idWithin(name, own)
  if ([own, other].some((id) => isDeepStrictEqual(there.get(id), facts))) return
  const about = `item ${JSON.stringify(own)} of dataset ${JSON.stringify(name)}`
  const { input, expectedOutput, metadata } = item
  const references = mediaReferences({ input, expectedOutput, metadata })
  const id = references.length > 0 && (await isOfAnother(own, name, destination)) ? other : own
  // Before the item, which counts as pushed when it is there.
  await destination.pushMedia?.({ datasetId, datasetItemId: id }, references, about)
  const writeAs = (datasetItemId: string): Promise<Written> => {
    const json = JSON.stringify({ ...facts, id: datasetItemId, datasetName: name })
    return write(destination, { path: DATASET_ITEMS_PATH, json }, about, undefined, 'is-refusal')
  }
  let written = await writeAs(id)
  // What Langfuse 4 and 3 answer to an id that another dataset has.
  if (written.kind === 'refused' && (written.status === 409 || written.status === 404)) written = await writeAs(other)
  if (written.kind === 'refused') tally.refused.push({ about, reason: written.reason })
  else tally.datasetItems += 1
}

/** The id of an item whose own another dataset of the project has: always the same one. `dataset push` makes the same. */
function idWithin(datasetName: string, itemId: string): string {
  return createHash('sha256')
    .update(JSON.stringify([datasetName, itemId]))
    .digest('hex')
    .slice(0, 32)
}

async function isOfAnother(id: string, datasetName: string, side: PushSide): Promise<boolean> {
  const found = await readOne(side, `${DATASET_ITEMS_PATH}/${encodeURIComponent(id)}`, 'dataset items')
  return found !== undefined && found.datasetName !== datasetName
}
