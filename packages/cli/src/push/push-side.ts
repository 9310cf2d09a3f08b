import { CliError } from '../cli-error.js'
import { deliver } from '../send/deliver.js'
import type { LangfuseClient, Post } from '../send/langfuse-client.js'
import { type JsonObject, readJson, readList, statusOf } from '../send/read-json.js'

/** One of the two projects of a push. */
export interface PushSide {
  readonly client: LangfuseClient
  readonly signal: AbortSignal
}

/** The project that is pushed to. */
export interface PushDestination extends PushSide {
  /** Whether nothing is to be written. */
  readonly isDryRun: boolean
}

/** What became of something that was written. */
export type Written =
  /** The body is `undefined` if nothing was sent: in a dry run, or when a lost answer had been a yes. */
  | { readonly kind: 'written'; readonly body: unknown }
  /** With the status of the answer. */
  | { readonly kind: 'refused'; readonly reason: string; readonly status: number }

/**
 * Reads one object of a project.
 *
 * @param side - The project.
 * @param path - With its query.
 * @param subject - What it is, for messages.
 * @returns The object; `undefined` if there is none.
 * @throws {CliError} As `readJson`.
 */
export function readOne({ client, signal }: PushSide, path: string, subject: string): Promise<JsonObject | undefined> {
  return readJson(path, { client, signal, subject })
}

/**
 * Reads a list of a project.
 *
 * @param side - The project.
 * @param path - With its query, but for page and limit.
 * @param subject - What it is, for messages.
 * @returns The objects.
 * @throws {CliError} As `readList`.
 */
export function readAll({ client, signal }: PushSide, path: string, subject: string): AsyncGenerator<JsonObject> {
  return readList(path, { client, signal, subject })
}

/**
 * Writes to a project, unless nothing is to be written.
 *
 * @param destination - The project.
 * @param post - What.
 * @param subject - What it is, for messages.
 * @param isThere - Asked in doubt whether the server took it; needed for what would be there twice when it is sent twice.
 * @param missing - Whether a 404 says that something is missing which this refers to, and not that the server is the wrong one.
 * @returns What became of it.
 * @throws {CliError} As `deliver`, but for `send_refused`.
 */
export async function write(
  { client, signal, isDryRun }: PushDestination,
  post: Post,
  subject: string,
  isThere?: () => Promise<boolean>,
  missing: 'is-refusal' | 'is-failure' = 'is-failure',
): Promise<Written> {
  if (isDryRun) return { kind: 'written', body: undefined }
  const ask = isThere && { whatIsLeft: async () => ((await isThere()) ? undefined : post) }
  try {
    return { kind: 'written', body: await deliver(post, { client, signal, subject, ...ask }) }
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    const status = statusOf(error.cause)
    const isRefusal = status === 404 ? missing === 'is-refusal' : error.code === 'send_refused'
    if (!isRefusal || status === undefined) throw error
    return { kind: 'refused', reason: reasonOf(error), status }
  }
}

// What could not be written, the caller says.
function reasonOf({ cause, message }: CliError): string {
  const { reason }: { reason?: unknown } = Object(cause)
  return typeof reason === 'string' ? reason : message
}
