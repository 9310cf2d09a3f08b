import { type ApiCopy, isVersionWithin } from '@axion/register/doctor'
import type { Finding } from './finding.js'

/**
 * Says whether all copies of OpenTelemetry's API meet at one provider. They do where none is newer than the one that registers it: a newer copy
 * takes the older one's globals for unusable and records nothing.
 *
 * @param own - The copy that registers ours.
 * @param others - Other copies.
 * @param areLoaded - Whether they are in use, or only installed.
 */
export function checkApiCopies(own: ApiCopy | undefined, others: readonly ApiCopy[], areLoaded: boolean): Finding[] {
  if (!own) return []
  const newer = others.filter(({ version }) => !isUsable(version, own.version))
  const details = { own, others }
  const [first] = newer
  if (!first) {
    const among = others.length === 0 ? '' : `; ${others.length} more, none of them newer`
    return [{ check: 'api', status: 'ok', text: `@opentelemetry/api ${own.version}${among}`, details }]
  }
  const folders = newer.map(({ version, folder }) => `${version} in ${folder}`).join(', ')
  return [
    {
      check: 'api',
      status: areLoaded ? 'problem' : 'warning',
      text: `spans made with @opentelemetry/api ${folders} are lost: the provider is registered with ${own.version}`,
      fix: `use one version: "overrides": { "@opentelemetry/api": "${own.version}" } in package.json; npm ls @opentelemetry/api says who brings which`,
      details,
    },
  ]
}

/** The API's own rule, internal/semver.js: the same major version, and a minor that is not above the registered one's. */
function isUsable(version: string, registered: string): boolean {
  const [major = '', minor = ''] = registered.split('.')
  return isVersionWithin(version, `${major}.0.0`, `${major}.${Number(minor) + 1}.0`)
}
