import { readId } from '../options/read-id.js'
import type { LoaderPorts } from '../rest/ports.js'
import type { WireRecord } from '../wire/read-field.js'
import { findDataset, readDatasetItems } from './datasets-endpoint.js'
import { type LangfuseConnectionOptions, withLangfuse } from './langfuse-connection.js'

/** Which dataset to read. */
export interface PullDatasetOptions extends LangfuseConnectionOptions {
  /** The dataset's name at Langfuse. */
  name: string
}

/**
 * Reads the items of a dataset from Langfuse.
 *
 * @param options - Which dataset, and where.
 * @param ports - Clock, randomness and timer, for tests.
 * @returns The items in Langfuse's form, the oldest first.
 * @throws {LoaderError} `invalid_options` before any request; `not_found` if there is no such dataset; whatever else goes wrong.
 */
export async function pullDataset(options: PullDatasetOptions, ports?: LoaderPorts): Promise<readonly WireRecord[]> {
  const name = readId(options.name, 'name')
  const pull = async (project: Parameters<typeof findDataset>[0]): Promise<readonly WireRecord[]> => {
    // A dataset that is not there has no items either, which the list of items would not tell apart.
    await findDataset(project, name)
    const rows: WireRecord[] = []
    for await (const row of readDatasetItems(project, name)) rows.push(row)
    return rows.reverse()
  }
  return withLangfuse(options, ['name'], pull, ports)
}
