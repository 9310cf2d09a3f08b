import type { Handler, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import { authorize } from '../guard/authorize.js'
import type { ApiKeys } from '../options/api-keys.js'
import type { HttpEnv } from '../routes/http-env.js'
import type { Store } from '../store/store.js'
import { loadTrace } from './load-trace.js'
import { loadTraces } from './load-traces.js'
import { messagePage } from './message-page.js'
import { observationPosition, tracePosition } from './page-links.js'
import { STYLE } from './style.js'
import { tracePage } from './trace-page.js'
import { tracesPage } from './traces-page.js'
import type { ViewerSessions } from './viewer-sessions.js'

/** What the pages work with. */
export interface ViewerParts {
  readonly store: Store
  readonly keys: ApiKeys
  readonly sessions: ViewerSessions
}

/**
 * Adds the pages for people: `/login`, `/`, `/traces/{id}` and their style. They show what others sent, so everything is
 * escaped and, in case something was missed, the policy allows no script and no outside resource at all.
 *
 * @param app The application to add them to.
 * @param parts What they work with.
 */
export function mountViewer(app: Hono<HttpEnv>, { store, keys, sessions }: ViewerParts): void {
  const policy = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    crossOriginResourcePolicy: 'same-origin',
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
  })
  const members = membersOnly(keys, sessions)
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/login', policy, login(sessions))
  app.get('/', policy, members, (c) => {
    const { origin } = new URL(c.req.url)
    return c.html(
      tracesPage(loadTraces(store, tracePosition(c.req.query())), { url: origin, publicKey: keys.publicKey }),
    )
  })
  app.get('/traces/:traceId', policy, members, (c) => {
    const traceId = c.req.param('traceId')
    const trace = loadTrace(store, traceId, observationPosition(traceId, c.req.query()))
    if (trace === undefined) return c.html(messagePage('No such trace', 'It was deleted, or it was never here.'), 404)
    return c.html(tracePage(trace))
  })
}

/** The cookie is bound to the port by its name: browsers share cookies between the ports of a host. */
function cookieName(url: string): string {
  return `axion_viewer_${new URL(url).port || '80'}`
}

function login(sessions: ViewerSessions): Handler<HttpEnv> {
  return (c) => {
    c.header('cache-control', 'no-store')
    const name = cookieName(c.req.url)
    const cookie = sessions.redeem(c.req.query('token') ?? '')
    if (cookie !== undefined) setCookie(c, name, cookie, { httpOnly: true, sameSite: 'Strict', path: '/' })
    else if (!sessions.isValid(getCookie(c, name))) return c.html(usedLinkPage(), 401)
    return c.redirect('/', 303)
  }
}

/** Lets in who has the cookie, and who sends the keys as the API takes them, which is handy with curl. */
function membersOnly(keys: ApiKeys, sessions: ViewerSessions): ReturnType<typeof createMiddleware<HttpEnv>> {
  return createMiddleware<HttpEnv>(async (c, next) => {
    c.header('cache-control', 'no-store')
    const isMember =
      sessions.isValid(getCookie(c, cookieName(c.req.url))) ||
      authorize(c.req.header('authorization'), keys).kind === 'project'
    if (!isMember) return c.html(usedLinkPage(), 401)
    await next()
  })
}

function usedLinkPage(): ReturnType<typeof messagePage> {
  return messagePage(
    'This link does not open the viewer',
    'A link to the viewer works once. Use the newest one your terminal shows, or start the server again for another.',
  )
}
