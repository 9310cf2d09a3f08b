import type { Prompt } from '../model/prompt.js'
import { isoTime } from './date-time.js'
import { PROJECT } from './identity.js'

/**
 * A version of a prompt as the API shows it.
 *
 * @param prompt The version.
 * @param isActive Whether it is the one in production; null where Langfuse does not say so.
 * @returns What to serialize.
 */
export function promptJson(prompt: Prompt, isActive: boolean | null): Record<string, unknown> {
  return {
    id: prompt.id,
    createdAt: isoTime(prompt.createdAtMillis),
    updatedAt: isoTime(prompt.updatedAtMillis),
    projectId: PROJECT.id,
    createdBy: 'API',
    prompt: prompt.prompt,
    name: prompt.name,
    version: prompt.version,
    type: prompt.type,
    isActive,
    config: prompt.config,
    tags: prompt.tags,
    labels: prompt.labels,
    commitMessage: prompt.commitMessage,
  }
}

/**
 * What the list of prompts shows of one.
 *
 * @param versions Its versions that the list is about, at least one, the newest first.
 * @returns What to serialize.
 */
export function promptMetaJson(versions: readonly [Prompt, ...Prompt[]]): Record<string, unknown> {
  const [newest] = versions
  return {
    name: newest.name,
    tags: newest.tags,
    lastUpdatedAt: isoTime(Math.max(...versions.map(({ updatedAtMillis }) => updatedAtMillis))),
    versions: versions.map(({ version }) => version).sort((a, b) => a - b),
    labels: [...new Set(versions.flatMap(({ labels }) => labels))].sort(),
    type: newest.type,
    lastConfig: newest.config,
  }
}
