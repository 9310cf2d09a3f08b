import { LoaderError } from '../loader-error.js'
import { readAnswer } from '../rest/read-answer.js'
import { readRecord, readText, wrongField } from '../wire/read-field.js'
import type { LangfuseProject } from './langfuse-connection.js'

const PATH = '/api/public/dataset-run-items'

/** An item of a dataset run, in the form of `POST /api/public/dataset-run-items`. */
export interface DatasetRunItem {
  readonly runName: string
  readonly runDescription?: string | undefined
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly datasetItemId: string
  readonly traceId: string
  readonly observationId: string
}

/**
 * Adds an item to a dataset run, which is made if there is none. Langfuse 4 stores nothing, but names the experiment that stands for the run. A
 * server that stores runs stores an item as often as it is sent, so where it may have been stored it is not sent again.
 *
 * @param project - The project.
 * @param item - The item.
 * @returns The run's id.
 * @throws {LoaderError} Whatever goes wrong.
 */
export async function postDatasetRunItem(project: LangfuseProject, item: DatasetRunItem): Promise<string> {
  const purpose = {
    task: `publish experiment ${JSON.stringify(item.runName)}`,
    subject: `item ${JSON.stringify(item.datasetItemId)}`,
  }
  const answer = await project.rest.post(
    PATH,
    { json: JSON.stringify(item), isIdempotent: false },
    purpose,
    project.call,
  )
  return readAnswer(purpose, PATH, () => readText(readRecord(answer, 'the answer'), 'datasetRunId', 'the answer'))
}

/** A dataset run as the server holds it. */
export interface StoredRun {
  /** The run's id; `null` if there is no such run yet. */
  readonly id: string | null
  /** The ids of the dataset items that it holds. */
  readonly itemIds: ReadonlySet<string>
}

/**
 * Reads what a dataset run holds, from a server that stores dataset runs: Langfuse 3, and 4 while it writes both forms.
 *
 * @param project - The project.
 * @param datasetId - The dataset.
 * @param runName - The run.
 * @returns The run; `undefined` if the server stores none, where an experiment is made of spans alone.
 * @throws {LoaderError} Whatever else goes wrong.
 */
export async function readDatasetRun(
  project: LangfuseProject,
  datasetId: string,
  runName: string,
): Promise<StoredRun | undefined> {
  const itemIds = new Set<string>()
  let id: string | null = null
  const purpose = { task: `publish experiment ${JSON.stringify(runName)}`, subject: 'the list of its items' }
  for (let page = 1; ; page++) {
    const query = new URLSearchParams({ datasetId, runName, page: String(page), limit: '100' })
    const answer = await getOrNothing(project, query, purpose)
    if (answer === undefined) return undefined
    const { rows, isLast } = readAnswer(purpose, PATH, () => readRunPage(answer, page))
    const known = itemIds.size
    for (const row of rows) {
      itemIds.add(row.itemId)
      id = row.runId
    }
    if (isLast || itemIds.size === known) return { id, itemIds }
  }
}

interface RunPage {
  readonly rows: readonly { readonly itemId: string; readonly runId: string }[]
  readonly isLast: boolean
}

function readRunPage(answer: unknown, page: number): RunPage {
  const { data, meta } = readRecord(answer, 'the answer')
  if (!Array.isArray(data)) throw wrongField('data', 'a list', data)
  const rows = data.map((value: unknown, index) => {
    const row = readRecord(value, `data[${index}]`)
    const at = `data[${index}]`
    return { itemId: readText(row, 'datasetItemId', at), runId: readText(row, 'datasetRunId', at) }
  })
  return { rows, isLast: page >= Number(readRecord(meta, 'meta').totalPages) }
}

async function getOrNothing(
  project: LangfuseProject,
  query: URLSearchParams,
  purpose: { task: string; subject: string },
): Promise<unknown> {
  try {
    return await project.rest.get(PATH, query, purpose, project.call)
  } catch (error) {
    // Langfuse 4 answers 404 and says why.
    if (error instanceof LoaderError && error.status === 404) return undefined
    throw error
  }
}
