import { LoaderError } from '../loader-error.js'
import type { Purpose } from '../rest/answer-error.js'
import { readAnswer } from '../rest/read-answer.js'
import { readRecord, readText, type WireRecord, wrongField } from '../wire/read-field.js'
import type { LangfuseProject } from './langfuse-connection.js'

// Largest page of `GET /api/public/dataset-items` (Langfuse 4.16).
const ITEMS_PER_PAGE = 100

/** A dataset that Langfuse holds. */
export interface LangfuseDataset {
  readonly id: string
  readonly name: string
}

/** What is known of a dataset when it is made. */
export interface DatasetFacts {
  readonly name: string
  readonly description?: string | undefined
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
}

/**
 * Makes a dataset, or finds the one of that name: `POST /api/public/v2/datasets` keeps what is left out.
 *
 * @param project - The project.
 * @param facts - Name, and what else to set.
 * @returns The dataset.
 * @throws {LoaderError} Whatever goes wrong.
 */
export async function putDataset(project: LangfuseProject, facts: DatasetFacts): Promise<LangfuseDataset> {
  const path = '/api/public/v2/datasets'
  const purpose = { task: `push dataset ${JSON.stringify(facts.name)}`, subject: 'the dataset' }
  const answer = await project.rest.post(path, { json: JSON.stringify(facts) }, purpose, project.call)
  return readAnswer(purpose, path, () => {
    const dataset = readRecord(answer, 'the answer')
    return { id: readText(dataset, 'id', 'the answer'), name: readText(dataset, 'name', 'the answer') }
  })
}

/**
 * Finds a dataset by its name.
 *
 * @param project - The project.
 * @param name - The name; slashes, which stand for folders, are part of it.
 * @returns The dataset.
 * @throws {LoaderError} `not_found` if there is none of that name; whatever else goes wrong.
 */
export async function findDataset(project: LangfuseProject, name: string): Promise<LangfuseDataset> {
  const path = `/api/public/v2/datasets/${encodeURIComponent(name)}`
  const purpose = { task: `read dataset ${JSON.stringify(name)}`, subject: 'the server' }
  try {
    const answer = await project.rest.get(path, new URLSearchParams(), purpose, project.call)
    return readAnswer(purpose, path, () => {
      const dataset = readRecord(answer, 'the answer')
      return { id: readText(dataset, 'id', 'the answer'), name: readText(dataset, 'name', 'the answer') }
    })
  } catch (cause) {
    if (!(cause instanceof LoaderError && cause.code === 'not_found')) throw cause
    const message = `Cannot read dataset ${JSON.stringify(name)}: the project has none of that name: check the name, or push it first`
    throw new LoaderError('not_found', message, { path, status: 404, cause })
  }
}

/**
 * Makes or replaces an item: `POST /api/public/dataset-items`, which goes by the item's id.
 *
 * @param project - The project.
 * @param json - The item in the server's form, as JSON.
 * @param purpose - What for.
 * @throws {LoaderError} Whatever goes wrong.
 */
export async function putDatasetItem(project: LangfuseProject, json: string, purpose: Purpose): Promise<void> {
  await project.rest.post('/api/public/dataset-items', { json }, purpose, project.call)
}

/**
 * Reads the items of a dataset, the newest first as the server has them. Items that were archived are left out.
 *
 * @param project - The project.
 * @param datasetName - The dataset.
 * @yields The items, in the server's form.
 * @throws {LoaderError} Whatever goes wrong; `invalid_response` if the pages have no end.
 */
export async function* readDatasetItems(project: LangfuseProject, datasetName: string): AsyncGenerator<WireRecord> {
  const path = '/api/public/dataset-items'
  const seen = new Set<string>()
  for (let page = 1; ; page++) {
    const purpose = { task: `read dataset ${JSON.stringify(datasetName)}`, subject: `page ${page}` }
    const query = new URLSearchParams({ datasetName, page: String(page), limit: String(ITEMS_PER_PAGE) })
    const answer = await project.rest.get(path, query, purpose, project.call)
    const { items, isLast } = readAnswer(purpose, path, () => readItemsPage(answer, page))
    const known = seen.size
    for (const item of items) {
      const id = String(item.id)
      // Pages are cut anew for each request: an item that was added meanwhile moves others onto the next page.
      if (!seen.has(id) && item.status !== 'ARCHIVED') yield item
      seen.add(id)
    }
    if (isLast) return
    if (seen.size === known) {
      const message = `Cannot ${purpose.task}: page ${page} holds no item that was not read: the server's pages have no end`
      throw new LoaderError('invalid_response', message, { path, status: 200 })
    }
  }
}

function readItemsPage(answer: unknown, page: number): { items: readonly WireRecord[]; isLast: boolean } {
  const envelope = readRecord(answer, 'the answer')
  if (!Array.isArray(envelope.data)) throw wrongField('data', 'a list', envelope.data)
  const { totalPages } = readRecord(envelope.meta, 'meta')
  if (typeof totalPages !== 'number') throw wrongField('meta.totalPages', 'a number', totalPages)
  const items = envelope.data.map((value: unknown, index) => {
    const item = readRecord(value, `data[${index}]`)
    readText(item, 'id', `data[${index}]`)
    return item
  })
  return { items, isLast: page >= totalPages }
}
