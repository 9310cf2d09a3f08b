import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../send/read-json.js'
import { type PushSide, readOne } from './push-side.js'

/** A version of a prompt, as its project has it. */
export interface PromptVersion {
  /** In its project. */
  readonly id: string
  readonly version: number
  /** What makes it this version: its type, its text or messages, its config. */
  readonly content: { readonly type: unknown; readonly prompt: unknown; readonly config: unknown }
  /** Without `latest`, which the server gives. */
  readonly labels: readonly string[]
  readonly tags: unknown
  readonly commitMessage: unknown
}

/** Where prompts are, in the API of Langfuse. */
export const PROMPTS_PATH = '/api/public/v2/prompts'

/**
 * Reads a version of a prompt, with its references to other prompts as they were written.
 *
 * @param side - The project.
 * @param name - The prompt.
 * @param version - Which one.
 * @returns The version; `undefined` if there is none.
 * @throws {CliError} `send_failed`, `stopped`.
 */
export async function readPromptVersion(
  side: PushSide,
  name: string,
  version: number,
): Promise<PromptVersion | undefined> {
  const path = `${PROMPTS_PATH}/${encodeURIComponent(name)}?version=${version}&resolve=false`
  const found = await readOne(side, path, `prompt ${JSON.stringify(name)}`)
  return found === undefined ? undefined : toVersion(found, version)
}

/**
 * Tells whether two versions hold the same.
 *
 * @param one - A version.
 * @param other - Another, of another project.
 * @returns Whether they do; labels, tags and the message aside.
 */
export function isSameContent(one: PromptVersion, other: PromptVersion): boolean {
  return isDeepStrictEqual(one.content, other.content)
}

function toVersion(
  { id, type, prompt, config, labels, tags, commitMessage }: JsonObject,
  version: number,
): PromptVersion {
  const all = Array.isArray(labels) ? labels.map(String) : []
  return {
    id: String(id),
    version,
    content: { type, prompt, config },
    labels: all.filter((label) => label !== 'latest'),
    tags,
    commitMessage,
  }
}
