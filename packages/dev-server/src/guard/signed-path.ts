import { createHmac } from 'node:crypto'
import { equal } from './authorize.js'

/**
 * Signs a path for one method until a time, as object stores do: whoever has the address needs no keys.
 *
 * @param secret What to sign with.
 * @param method The HTTP method the address is for.
 * @param path The path.
 * @param expiresMillis Until when, in milliseconds since the epoch.
 * @returns The path with its signature.
 */
export function signPath(secret: string, method: string, path: string, expiresMillis: number): string {
  return `${path}?expires=${expiresMillis}&signature=${signature(secret, method, path, String(expiresMillis))}`
}

/**
 * Whether a signed path may be used.
 *
 * @param secret What it was signed with.
 * @param method The method it is used with.
 * @param path The path, without its parameters.
 * @param params `expires` and `signature` of the request.
 * @param nowMillis What time it is.
 * @returns True when it was signed for this and has not expired.
 */
export function isSignedPath(
  secret: string,
  method: string,
  path: string,
  params: { readonly expires?: string; readonly signature?: string },
  nowMillis: number,
): boolean {
  const { expires = '', signature: given = '' } = params
  return (
    /^\d{1,16}$/.test(expires) && equal(given, signature(secret, method, path, expires)) && nowMillis < Number(expires)
  )
}

function signature(secret: string, method: string, path: string, expires: string): string {
  return createHmac('sha256', secret).update(`${method}\n${path}\n${expires}`).digest('base64url')
}
