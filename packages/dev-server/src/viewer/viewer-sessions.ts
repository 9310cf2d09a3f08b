import { randomBytes } from 'node:crypto'
import { equal } from '../guard/authorize.js'

/** How many links may be open at once; the oldest goes first. */
const MAX_LINKS = 32

/** Who may look at the pages: a link that works once becomes a cookie that works until the server stops. */
export interface ViewerSessions {
  /**
   * Makes a token for a link. It works once.
   *
   * @returns The token.
   */
  issueToken(): string
  /**
   * Exchanges a token for the value of the cookie.
   *
   * @param token From the link.
   * @returns The value, or undefined when the token is unknown or used.
   */
  redeem(token: string): string | undefined
  /**
   * @param cookie The value of the cookie, if one came.
   * @returns Whether it is the right one.
   */
  isValid(cookie: string | undefined): boolean
}

/**
 * Sessions in memory: a restart ends them all.
 *
 * @returns The sessions.
 */
export function createViewerSessions(): ViewerSessions {
  const secret = randomBytes(32).toString('base64url')
  const tokens = new Set<string>()
  return {
    issueToken: () => {
      const token = randomBytes(24).toString('base64url')
      const [oldest] = tokens
      if (tokens.size >= MAX_LINKS && oldest !== undefined) tokens.delete(oldest)
      tokens.add(token)
      return token
    },
    redeem: (token) => (tokens.delete(token) ? secret : undefined),
    isValid: (cookie) => cookie !== undefined && equal(cookie, secret),
  }
}
