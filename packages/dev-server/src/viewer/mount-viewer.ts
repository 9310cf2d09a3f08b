import type { Hono } from 'hono'
import type { ApiKeys } from '../options/api-keys.js'
import type { HttpEnv } from '../routes/http-env.js'
import type { Store } from '../store/store.js'
import type { ViewerSessions } from './viewer-sessions.js'

/** What the pages work with. */
export interface ViewerParts {
  readonly store: Store
  readonly keys: ApiKeys
  readonly sessions: ViewerSessions
  readonly clock: () => number
}

export function mountViewer(_app: Hono<HttpEnv>, _parts: ViewerParts): void {}
