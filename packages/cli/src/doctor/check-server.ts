import { CliError } from '../cli-error.js'
import { toConnection } from '../options/connection.js'
import { createLangfuseClient } from '../send/langfuse-client.js'
import type { Finding } from './finding.js'

/**
 * Asks the server whose keys these are.
 *
 * @param limit - Gives up waiting.
 */
export async function checkServer(limit: AbortSignal): Promise<Finding> {
  try {
    const connection = toConnection({})
    const { origin } = new URL(connection.baseUrl)
    const base = { check: 'server', details: { baseUrl: connection.baseUrl } }
    const outcome = await createLangfuseClient(connection).get('/api/public/projects', limit)
    if (outcome.kind === 'accepted') {
      return { ...base, status: 'ok', text: `${origin} accepts the keys${projectOf(outcome.body)}` }
    }
    const [text = '', ...hints] = outcome.reason.split(': ')
    // What the client recommends stands last in its reason.
    const fix = hints.length > 0 ? hints.join(': ') : 'check LANGFUSE_BASE_URL'
    return { ...base, status: 'problem', text: `${origin}: ${text}`, fix }
  } catch (error) {
    const failure = {
      check: 'server',
      status: 'problem',
      fix: 'check LANGFUSE_BASE_URL, and that the server runs',
    } as const
    if (error instanceof CliError) return { ...failure, text: error.message }
    if (limit.aborted) return { ...failure, text: 'no answer in time' }
    throw error
  }
}

/** https://api.reference.langfuse.com, projects/get. */
function projectOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('data' in body) || !Array.isArray(body.data)) return ''
  const [project]: unknown[] = body.data
  const isNamed = typeof project === 'object' && project !== null && 'name' in project
  return isNamed && typeof project.name === 'string' ? `: project "${project.name}"` : ''
}
