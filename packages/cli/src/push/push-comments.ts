import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '../cli-error.js'
import type { JsonObject } from '../send/read-json.js'
import { type PushDestination, type PushSide, readAll, readOne, type Written, write } from './push-side.js'
import type { PushTally } from './push-tally.js'

const PATH = '/api/public/comments'
const SUBJECT = 'comments'

/** Comments of a project by what they are about, which {@link commentKey} names. */
export type Comments = ReadonlyMap<string, readonly JsonObject[]>

/**
 * Reads all comments of a project.
 *
 * @param side - The project.
 * @returns The comments, the oldest first.
 * @throws {CliError} `send_failed`, `stopped`.
 */
export async function readComments(side: PushSide): Promise<Comments> {
  const all = new Map<string, JsonObject[]>()
  for await (const comment of readAll(side, PATH, SUBJECT)) {
    const key = commentKey(comment.objectType, comment.objectId)
    all.set(key, [comment, ...(all.get(key) ?? [])])
  }
  for (const list of all.values())
    list.sort((a, b) => Date.parse(String(a.createdAt)) - Date.parse(String(b.createdAt)))
  return all
}

/**
 * Names what a comment is about.
 *
 * @param objectType - `TRACE`, `OBSERVATION`, `SESSION` or `PROMPT`.
 * @param objectId - Its id.
 * @returns The name.
 */
export function commentKey(objectType: unknown, objectId: unknown): string {
  return `${objectType} ${objectId}`
}

// A span is readable up to two seconds after Langfuse has taken it; before that nothing can be said about it.
const SETTLE_MILLIS = 3000

/** Where comments go. */
export interface CommentDestination extends PushDestination {
  /** Finds the id that a prompt has there, by its id where it comes from. */
  readonly promptIdOf: (id: string) => Promise<string | undefined>
}

/**
 * Pushes comments, each once: one that says the same about the same is the same. When they were written cannot be kept.
 *
 * @param comments - The comments.
 * @param destination - Where to.
 * @param tally - Counts what was done.
 * @throws {CliError} `send_failed`, `stopped`.
 */
export async function pushComments(
  comments: Comments,
  destination: CommentDestination,
  tally: PushTally,
): Promise<void> {
  if (comments.size === 0) return
  const projectId = await projectOf(destination)
  // Once is enough: meanwhile everything that was sent before has become readable.
  let settle = tally.spans > 0 ? SETTLE_MILLIS : 0
  for (const [key, list] of comments) {
    const { objectType, objectId } = list[0] ?? {}
    const id = objectType === 'PROMPT' ? await destination.promptIdOf(String(objectId)) : String(objectId)
    const missing = await missingComments(list, objectType, id, destination)
    for (const { content, authorUserId, count } of missing) {
      // Unknown for a prompt that is not there, as in a dry run.
      const about = { projectId, objectType, objectId: id ?? objectId, content }
      const json = JSON.stringify({ ...about, ...(typeof authorUserId === 'string' ? { authorUserId } : {}) })
      const isThere = async (): Promise<boolean> => (await contentsAt(destination, objectType, id ?? '')).length > count
      const send = (): Promise<Written> => write(destination, { path: PATH, json }, SUBJECT, isThere, 'is-refusal')
      let written = await send()
      if (written.kind === 'refused' && written.status === 404 && settle > 0) {
        await pause(settle, destination.signal)
        settle = 0
        written = await send()
      }
      if (written.kind === 'written') tally.comments += 1
      else tally.refused.push({ about: `comment on ${key}`, reason: written.reason })
    }
  }
}

/** What is left of comments to send, and how many will be there before each. */
async function missingComments(
  list: readonly JsonObject[],
  objectType: unknown,
  id: string | undefined,
  destination: PushSide,
): Promise<readonly (JsonObject & { readonly count: number })[]> {
  const there = id === undefined ? [] : await contentsAt(destination, objectType, id)
  const unmatched = [...there]
  const missing = list.filter(({ content }) => {
    const known = unmatched.indexOf(content)
    if (known !== -1) unmatched.splice(known, 1)
    return known === -1
  })
  return missing.map((comment, index) => ({ ...comment, count: there.length + index }))
}

async function pause(millis: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(millis, undefined, { signal })
  } catch (cause) {
    throw new CliError('stopped', 'Stopped while waiting', { cause })
  }
}

async function contentsAt(side: PushSide, objectType: unknown, objectId: string): Promise<unknown[]> {
  const contents: unknown[] = []
  const query = `?objectType=${encodeURIComponent(String(objectType))}&objectId=${encodeURIComponent(objectId)}`
  for await (const { content } of readAll(side, `${PATH}${query}`, SUBJECT)) contents.push(content)
  return contents
}

async function projectOf(side: PushSide): Promise<unknown> {
  const answer = await readOne(side, '/api/public/projects', 'the project')
  const [first] = Array.isArray(answer?.data) ? answer.data : []
  return Object(first).id
}
