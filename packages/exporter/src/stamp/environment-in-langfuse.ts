/** What Langfuse shows for spans without a usable environment. */
const DEFAULT_ENVIRONMENT = 'default'

const MOST_CHARACTERS = 40

/**
 * What Langfuse makes of an environment: lower case, without the prefix it keeps for itself, shortened, or `default`.
 * https://langfuse.com/docs/observability/features/environments
 *
 * @param name - What is sent.
 */
export function environmentInLangfuse(name: string): string {
  const usable = name
    .toLowerCase()
    .replace(/^(?:langfuse[-_]?)+/, '')
    .slice(0, MOST_CHARACTERS)
  return /^[a-z0-9_-]+$/.test(usable) ? usable : DEFAULT_ENVIRONMENT
}
