import { CliError } from '../cli-error.js'
import { type Delivery, deliver } from './deliver.js'

/** How something is read: where from, what it is called in messages, what ends the waiting. */
export type Reading = Pick<Delivery, 'client' | 'subject' | 'signal'>

/** An object of the API, of which nothing is known. */
export type JsonObject = Readonly<Record<string, unknown>>

// What Langfuse gives at most.
const PAGE_SIZE = 100

/**
 * Reads one object of the API.
 *
 * @param path - With its query.
 * @param reading - Where from.
 * @returns The object; `undefined` if there is none.
 * @throws {CliError} As `deliver`; `send_failed` also if the answer is no object.
 */
export async function readJson(path: string, reading: Reading): Promise<JsonObject | undefined> {
  try {
    return requireObject(await deliver({ path }, reading), reading)
  } catch (error) {
    if (error instanceof CliError && statusOf(error.cause) === 404) return undefined
    throw error
  }
}

/**
 * Reads a list of the API to its end, page by page.
 *
 * @param path - With its query, but for page and limit.
 * @param reading - Where from.
 * @returns The objects; none if there is no such list.
 * @throws {CliError} As {@link readJson}; `send_failed` also if the answer is no list.
 */
export async function* readList(path: string, reading: Reading): AsyncGenerator<JsonObject> {
  const glue = path.includes('?') ? '&' : '?'
  for (let page = 1; ; page++) {
    const answer = await readJson(`${path}${glue}page=${page}&limit=${PAGE_SIZE}`, reading)
    if (answer === undefined) return
    if (!Array.isArray(answer.data)) throw foreign(reading)
    for (const one of answer.data) yield requireObject(one, reading)
    if (answer.data.length < PAGE_SIZE) return
  }
}

/**
 * Tells which status an answer had.
 *
 * @param outcome - The cause of what `deliver` throws.
 * @returns The status; `undefined` if there was no answer.
 */
export function statusOf(outcome: unknown): number | undefined {
  const { status }: { status?: unknown } = Object(outcome)
  return typeof status === 'number' ? status : undefined
}

function requireObject(value: unknown, reading: Reading): JsonObject {
  // Checked to be an object, whose keys are text.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw foreign(reading)
}

function foreign({ client, subject }: Reading): CliError {
  const message = `Cannot read ${subject} from ${client.origin}: its answer is none of Langfuse's: check LANGFUSE_BASE_URL`
  return new CliError('send_failed', message)
}
