import type { Handler, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { authorize } from '../guard/authorize.js'
import type { ApiKeys } from '../options/api-keys.js'
import type { HttpEnv } from '../routes/http-env.js'
import { messagePage } from './message-page.js'
import type { ViewerSessions } from './viewer-sessions.js'

/**
 * `GET /login?token=…`: exchanges a link that works once for a cookie, and leads away from the address with the token in it.
 *
 * @param sessions Who knows the tokens.
 * @returns The handler.
 */
export function login(sessions: ViewerSessions): Handler<HttpEnv> {
  return (c) => {
    c.header('cache-control', 'no-store')
    const name = cookieName(c.req.url)
    const cookie = sessions.redeem(c.req.query('token') ?? '')
    if (cookie !== undefined) setCookie(c, name, cookie, { httpOnly: true, sameSite: 'Strict', path: '/' })
    else if (!sessions.isValid(getCookie(c, name))) return c.html(usedLinkPage(), 401)
    return c.redirect('/', 303)
  }
}

/**
 * Lets in who has the cookie, and who sends the keys as the API takes them, which is handy with curl.
 *
 * @param keys The keys of this server.
 * @param sessions Who knows the cookie.
 * @returns The middleware, which answers 401 to others: a page to browsers, JSON to the viewer's own requests.
 */
export function membersOnly(keys: ApiKeys, sessions: ViewerSessions): MiddlewareHandler<HttpEnv> {
  return createMiddleware<HttpEnv>(async (c, next) => {
    c.header('cache-control', 'no-store')
    const isMember =
      sessions.isValid(getCookie(c, cookieName(c.req.url))) ||
      authorize(c.req.header('authorization'), keys).kind === 'project'
    if (isMember) return next()
    return c.req.path.startsWith('/viewer/api/')
      ? c.json({ message: USED_LINK, error: 'UnauthorizedError' }, 401)
      : c.html(usedLinkPage(), 401)
  })
}

const USED_LINK =
  'A link to the viewer works once. Use the newest one your terminal shows, or start the server again for another.'

/** The cookie is bound to the port by its name: browsers share cookies between the ports of a host. */
function cookieName(url: string): string {
  return `axion_viewer_${new URL(url).port || '80'}`
}

function usedLinkPage(): ReturnType<typeof messagePage> {
  return messagePage('This link does not open the viewer', USED_LINK)
}
