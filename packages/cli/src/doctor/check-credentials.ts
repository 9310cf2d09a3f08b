import { connectionFromEnvironment } from '../options/connection-from-environment.js'
import type { Finding } from './finding.js'

/**
 * Says whether there are keys, and shows none.
 */
export function checkCredentials(): Finding {
  const { publicKey, secretKey, baseUrl } = connectionFromEnvironment()
  const missing = [
    ...(publicKey === undefined ? ['LANGFUSE_PUBLIC_KEY'] : []),
    ...(secretKey === undefined ? ['LANGFUSE_SECRET_KEY'] : []),
  ]
  const details = {
    publicKey: publicKey !== undefined,
    secretKey: secretKey !== undefined,
    baseUrl: baseUrl !== undefined,
  }
  const base = { check: 'credentials', details }
  if (missing.length > 0) {
    const fix =
      "copy both keys from the project's settings in Langfuse, or from what 'axion dev' prints, and export them"
    return { ...base, status: 'problem', text: `${missing.join(' and ')} not set`, fix }
  }
  if (publicKey?.startsWith('sk-lf-') || secretKey?.startsWith('pk-lf-')) {
    const text = 'LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are the wrong way round'
    return { ...base, status: 'problem', text, fix: 'the public key begins with pk-lf-, the secret one with sk-lf-' }
  }
  return { ...base, status: 'ok', text: 'LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are set' }
}
