import type { DatasetItemFields } from '../dataset/item-fields.js'
import { readId } from '../options/read-id.js'
import { mapInOrder } from '../plan/map-in-order.js'
import type { LoaderPorts } from '../rest/ports.js'
import { MAX_PARALLEL_REQUESTS } from '../rest/rest-client.js'
import { checkMetadata } from './check-metadata.js'
import { putDataset } from './datasets-endpoint.js'
import { type LangfuseConnectionOptions, type LangfuseProject, withLangfuse } from './langfuse-connection.js'
import { type NotDone, type PushedItem, pushItem } from './push-item.js'

/** Where a dataset is pushed to. */
export interface PushDatasetOptions extends LangfuseConnectionOptions {
  /** The dataset's name at Langfuse; slashes make folders. @default the dataset's own name */
  name?: string
  /** What it is for. @default what Langfuse has */
  description?: string
  /** Facts about the dataset as a whole. @default what Langfuse has */
  metadata?: Readonly<Record<string, unknown>>
}

/** What became of a dataset that was pushed. */
export interface PushedDataset {
  readonly name: string
  /** The dataset's id at Langfuse. */
  readonly datasetId: string
  /** How many items Langfuse took. */
  readonly uploaded: number
  /** Those it refused. */
  readonly failed: readonly NotDone[]
}

/**
 * Pushes items to a dataset at Langfuse, which is made if there is none. Items go by their ids: pushing again changes what changed and adds
 * nothing twice.
 *
 * @param name - The dataset's own name.
 * @param items - The items.
 * @param options - Where to.
 * @param ports - Clock, randomness and timer, for tests.
 * @returns How many items Langfuse took, and those it refused.
 * @throws {LoaderError} `invalid_options` before any request; `unauthorized`, `unavailable` … when nothing more can be pushed.
 */
export async function pushDataset(
  name: string,
  items: readonly DatasetItemFields[],
  options: PushDatasetOptions,
  ports?: LoaderPorts,
): Promise<PushedDataset> {
  checkMetadata(options.metadata)
  const facts = {
    name: readId(options.name ?? name, 'name'),
    description: options.description,
    metadata: options.metadata,
  }
  const pushAll = async (project: LangfuseProject): Promise<PushedDataset> => {
    const dataset = await putDataset(project, facts)
    const failed: NotDone[] = []
    const push = (item: DatasetItemFields): Promise<PushedItem> => pushItem(project, item, dataset.name)
    for await (const outcome of mapInOrder(items, MAX_PARALLEL_REQUESTS, push, options.signal)) {
      if (outcome.kind === 'refused') failed.push({ id: outcome.id, reason: outcome.reason })
    }
    return { name: dataset.name, datasetId: dataset.id, uploaded: items.length - failed.length, failed }
  }
  return withLangfuse(options, ['name', 'description', 'metadata'], pushAll, ports)
}
