import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApiKeys } from '../options/api-keys.js'

/** Whether a request may use the API, and if not, why, in the words Langfuse uses. */
export type Authorization =
  | { readonly kind: 'project' }
  /** A browser that knows the public key alone: it may write scores, and nothing else. */
  | { readonly kind: 'scores' }
  | { readonly kind: 'refused'; readonly message: string }

const HINT = ". Confirm that you've configured the correct host."

/**
 * Checks the `Authorization` header.
 *
 * Both keys must be right. Langfuse itself finds the project by the secret key and lets a wrong public key pass with a warning in
 * its log; here the warning would go unseen.
 *
 * @param header The header, or undefined.
 * @param keys The keys of this server.
 * @returns What the request may do.
 */
export function authorize(header: string | undefined, keys: ApiKeys): Authorization {
  if (!header) return refuse('No authorization header')
  if (header.startsWith('Basic ')) return authorizeBasic(header.slice('Basic '.length), keys)
  if (!header.startsWith('Bearer ')) return refuse('Invalid authorization header')
  return equal(header.slice('Bearer '.length), keys.publicKey)
    ? { kind: 'scores' }
    : refuse(`Invalid public key${HINT}`)
}

function authorizeBasic(encoded: string, keys: ApiKeys): Authorization {
  const [publicKey = '', secretKey = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  if (publicKey === '' || secretKey === '') return refuse(`Invalid authorization header${HINT}`)
  // Both are compared whatever the first says, so that the time taken tells nothing.
  const [isPublic, isSecret] = [equal(publicKey, keys.publicKey), equal(secretKey, keys.secretKey)]
  return isPublic && isSecret ? { kind: 'project' } : refuse(`Invalid credentials${HINT}`)
}

function refuse(message: string): Authorization {
  return { kind: 'refused', message }
}

/**
 * Compares two secrets in a time that depends on neither.
 *
 * @param given What was sent.
 * @param expected What is right.
 * @returns True when they are the same.
 */
export function equal(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
