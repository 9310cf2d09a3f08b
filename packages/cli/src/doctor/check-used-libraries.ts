import type { SpanCount, WatchedProcess } from '@axion/register/doctor'
import type { LibraryOfApplication } from './check-libraries.js'
import type { Finding } from './finding.js'
import { folderOf, patchFault } from './patch-fault.js'

/**
 * Says of each library what became of it in the processes of a command.
 *
 * @param libraries - All that can be traced.
 * @param processes - The processes.
 */
export function checkUsedLibraries(
  libraries: readonly LibraryOfApplication[],
  processes: readonly WatchedProcess[],
): Finding[] {
  return libraries.map((library) => checkUsed(library, processes))
}

function checkUsed({ target, installed }: LibraryOfApplication, processes: readonly WatchedProcess[]): Finding {
  const records = processes.flatMap(({ patches }) => patches).filter(({ library }) => library === target.library)
  const patched = records.filter(({ outcome }) => outcome === 'patched')
  const spans = processes.flatMap((each) => each.spans).filter((span) => libraryOf(span) === target.name)
  const calls = spans.reduce((sum, { count }) => sum + count, 0)
  const requests = processes.reduce((sum, each) => sum + (each.requests[target.library] ?? 0), 0)
  const moduleSystems = [...new Set(patched.map(({ moduleSystem }) => moduleSystem))]
  const versions = [...new Set(records.map(({ version }) => version))]
  const folders = [...new Set(records.map(folderOf))]
  const details = { library: target.library, versions, folders, moduleSystems, spans: calls, requests }
  const base = { check: target.name, details }
  const fault = patchFault(target, records)
  if (fault && (fault.status === 'problem' || calls === 0)) return { ...base, ...fault }
  const seen = calls > 0 ? `spans of its calls: ${calls}` : requests > 0 ? `requests: ${requests}` : 'no calls seen'
  if (patched.length > 0) {
    const where = moduleSystems.map((system) => (system === 'esm' ? 'ES modules' : 'CommonJS')).join(' and ')
    return {
      ...base,
      status: 'ok',
      text: `${versions.join(', ')} patched in ${where}; ${seen} (${folders.join(', ')})`,
    }
  }
  if (calls > 0) return { ...base, status: 'ok', text: `traced through instrument() or wrap(); ${seen}` }
  if (requests > 0) {
    return {
      ...base,
      status: 'problem',
      text: `requests of its client: ${requests}, but none of its modules was loaded: it is inside a bundle`,
      fix: `leave ${target.library} out of the bundle (external, serverExternalPackages), or call instrument(client) of @axion/register`,
    }
  }
  const text = installed
    ? `${installed.version} is installed, and was not loaded (${installed.folder})`
    : 'not installed'
  return { ...base, status: 'note', text }
}

/** Names of spans of LangChain and MCP are the application's: nothing in them says whose they are. */
function libraryOf({ scope, name }: SpanCount): string | undefined {
  if (scope === 'ai') return 'ai'
  const prefix = scope === 'axion.register' ? /^(openai|anthropic|google|ai|bedrock)\./.exec(name)?.[1] : undefined
  return prefix === 'google' ? 'google-genai' : prefix
}
