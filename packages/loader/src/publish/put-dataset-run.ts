import { LoaderError } from '../loader-error.js'
import { MAX_PARALLEL_REQUESTS } from '../rest/rest-client.js'
import { type DatasetRunItem, postDatasetRunItem, readDatasetRun } from './dataset-run-items.js'
import type { LangfuseProject } from './langfuse-connection.js'

/**
 * Makes a dataset run, or adds to it what it lacks. An item that may or may not have been stored is not sent again blindly: what the run holds
 * is read again first.
 *
 * @param project - The project.
 * @param datasetId - The dataset.
 * @param items - The items of the run.
 * @returns The run's id.
 * @throws {LoaderError} Whatever goes wrong. What was stored stays; the same call adds the rest.
 */
export async function putDatasetRun(
  project: LangfuseProject,
  datasetId: string,
  items: readonly [DatasetRunItem, ...DatasetRunItem[]],
): Promise<string> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await addLacking(project, datasetId, items)
    } catch (error) {
      const mayPass = error instanceof LoaderError && error.retryable
      if (!mayPass || attempts > project.maxRetries) throw error
    }
  }
}

async function addLacking(
  project: LangfuseProject,
  datasetId: string,
  items: readonly [DatasetRunItem, ...DatasetRunItem[]],
): Promise<string> {
  const [first] = items
  const stored = await readDatasetRun(project, datasetId, first.runName)
  // The first one makes the run, which the others would otherwise make several times at once.
  const id = stored?.id ?? (await postDatasetRunItem(project, first))
  if (stored === undefined) return id
  const isThere = ({ datasetItemId }: DatasetRunItem): boolean => stored.itemIds.has(datasetItemId)
  const lacking = items.filter((item) => !isThere(item) && (stored.id !== null || item !== first))
  for (let start = 0; start < lacking.length; start += MAX_PARALLEL_REQUESTS) {
    const posting = lacking.slice(start, start + MAX_PARALLEL_REQUESTS).map((item) => postDatasetRunItem(project, item))
    // All of them come to their end, also when one fails: what is broken off may be stored after the run was read again.
    const failure = (await Promise.allSettled(posting)).find(({ status }) => status === 'rejected')
    if (failure?.status === 'rejected') throw failure.reason
  }
  return id
}
