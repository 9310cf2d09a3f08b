import { createHash } from 'node:crypto'
import type { DatasetItemFields } from '../dataset/item-fields.js'
import { LoaderError } from '../loader-error.js'
import { putDatasetItem } from './datasets-endpoint.js'
import type { LangfuseProject } from './langfuse-connection.js'
import { toLangfuseItem } from './langfuse-item.js'

/** Something that was not done, and why. */
export interface NotDone {
  /** The item's id. */
  readonly id: string
  readonly reason: string
}

/** What became of an item. */
export type PushedItem =
  | { readonly kind: 'pushed'; readonly id: string; readonly langfuseId: string }
  | ({ readonly kind: 'refused' } & NotDone)

/**
 * Pushes an item to a dataset that is there.
 *
 * @param project - The project.
 * @param item - The item.
 * @param datasetName - The dataset.
 * @returns Its id at Langfuse, or why Langfuse refused it.
 * @throws {LoaderError} Whatever is not about this item alone.
 */
export async function pushItem(
  project: LangfuseProject,
  item: DatasetItemFields,
  datasetName: string,
): Promise<PushedItem> {
  const { id } = item
  try {
    return { kind: 'pushed', id, langfuseId: await putUnderFreeId(project, item, datasetName) }
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return { kind: 'refused', id, reason: NO_JSON }
    // What the server has against one item it has not against the others.
    if (error instanceof LoaderError && (error.code === 'bad_request' || error.code === 'not_found'))
      return { kind: 'refused', id, reason: error.message }
    throw error
  }
}

const NO_JSON = 'it has no form in JSON: it holds a cycle, a BigInt or nesting deeper than the stack'

async function putUnderFreeId(project: LangfuseProject, item: DatasetItemFields, datasetName: string): Promise<string> {
  const purpose = { task: `push dataset ${JSON.stringify(datasetName)}`, subject: `item ${JSON.stringify(item.id)}` }
  const jsonUnder = (id: string): string => JSON.stringify(toLangfuseItem(item, datasetName, id))
  try {
    await putDatasetItem(project, jsonUnder(item.id), purpose)
    return item.id
  } catch (error) {
    if (!isOfAnotherDataset(error)) throw error
    const id = idWithin(datasetName, item.id)
    await putDatasetItem(project, jsonUnder(id), purpose)
    return id
  }
}

// Ids of items are unique in a project, and two datasets may well hold the same trace. Langfuse 4 answers 409 to an id of another dataset,
// Langfuse 3 answers 404.
function isOfAnotherDataset(error: unknown): boolean {
  return error instanceof LoaderError && (error.status === 409 || error.status === 404)
}

/** The id that an item has at Langfuse when another dataset of the project has its own: always the same one. Its metadata keeps its own. */
function idWithin(datasetName: string, itemId: string): string {
  return createHash('sha256')
    .update(JSON.stringify([datasetName, itemId]))
    .digest('hex')
    .slice(0, 32)
}
