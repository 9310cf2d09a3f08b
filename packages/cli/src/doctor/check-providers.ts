import type { WatchedProcess } from '@axion/register/doctor'
import type { Finding } from './finding.js'

/**
 * Says whether anybody else wants to be OpenTelemetry's global provider.
 *
 * @param processes - The processes of a command.
 */
export function checkProviders(processes: readonly WatchedProcess[]): Finding[] {
  const ends = processes.flatMap(({ end }) => end ?? [])
  const others = [...new Set(ends.flatMap(({ provider }) => (provider.owner === 'other' ? provider.name : [])))]
  const refused = [...new Set(ends.flatMap(({ refusedProviders }) => refusedProviders))]
  if (others.length > 0) {
    return [
      {
        check: 'provider',
        status: 'problem',
        text: `${others.join(', ')} is OpenTelemetry's global provider: what the hook records goes there, and not to Langfuse`,
        fix: 'add createLangfuseSpanProcessor() of @axion/exporter to it',
        details: { others, refused },
      },
    ]
  }
  if (refused.length > 0) {
    return [
      {
        check: 'provider',
        status: 'warning',
        text: `${refused.join(', ')} came too late to be OpenTelemetry's global provider: it gets no span`,
        fix: 'add createLangfuseSpanProcessor() of @axion/exporter to it, and call instrument(client) in place of the hook',
        details: { others, refused },
      },
    ]
  }
  const owner = ends.some(({ provider }) => provider.owner === 'axion')
  const text = owner ? "Axion's is OpenTelemetry's global provider" : 'no span has started: none was needed'
  return ends.length === 0 ? [] : [{ check: 'provider', status: owner ? 'ok' : 'note', text }]
}
