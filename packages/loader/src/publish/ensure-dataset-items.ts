import type { DatasetItemFields } from '../dataset/item-fields.js'
import { mapInOrder } from '../plan/map-in-order.js'
import { MAX_PARALLEL_REQUESTS } from '../rest/rest-client.js'
import { isRecord } from '../wire/read-field.js'
import { type LangfuseDataset, putDataset, readDatasetItems } from './datasets-endpoint.js'
import type { LangfuseProject } from './langfuse-connection.js'
import { fieldsOfLangfuseItem } from './langfuse-item.js'
import { type NotDone, pushItem } from './push-item.js'

/** A dataset at Langfuse that holds certain items. */
export interface EnsuredDataset {
  readonly dataset: LangfuseDataset
  /** Their ids at Langfuse, by their own. */
  readonly idOf: ReadonlyMap<string, string>
  /** Items that Langfuse refused. */
  readonly failed: readonly NotDone[]
}

/**
 * Makes sure that a dataset at Langfuse holds certain items: those it lacks are added, those it has are left as they are.
 *
 * @param project - The project.
 * @param datasetName - The dataset, which is made if there is none.
 * @param items - The items.
 * @returns The dataset, and where its items are.
 * @throws {LoaderError} Whatever goes wrong with a request that is not about one item.
 */
export async function ensureDatasetItems(
  project: LangfuseProject,
  datasetName: string,
  items: readonly DatasetItemFields[],
): Promise<EnsuredDataset> {
  const dataset = await putDataset(project, { name: datasetName })
  const idOf = new Map<string, string>()
  for await (const row of readDatasetItems(project, dataset.name)) {
    const own = fieldsOfLangfuseItem(row)
    idOf.set(isRecord(own) && typeof own.id === 'string' ? own.id : String(row.id), String(row.id))
  }
  const missing = items.filter(({ id }) => !idOf.has(id))
  const failed: NotDone[] = []
  const push = (item: DatasetItemFields): ReturnType<typeof pushItem> => pushItem(project, item, dataset.name)
  for await (const outcome of mapInOrder(missing, MAX_PARALLEL_REQUESTS, push, project.call.signal)) {
    if (outcome.kind === 'refused') failed.push({ id: outcome.id, reason: outcome.reason })
    else idOf.set(outcome.id, outcome.langfuseId)
  }
  return { dataset, idOf, failed }
}
