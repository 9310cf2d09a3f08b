import { createApp } from './app.js'
import { createHostGuard, type HostGuard, reachableHost } from './guard/host-guard.js'
import { keepRetention } from './keep-retention.js'
import { openStorage } from './open-storage.js'
import { type DevServerOptions, resolveDevServerOptions } from './options/dev-server-options.js'
import { serve } from './serve.js'
import { createLiveFeed } from './viewer/live-feed.js'
import { createViewerSessions } from './viewer/viewer-sessions.js'

/** A running dev-server. */
export interface DevServer {
  /** The address, without a trailing slash: what `LANGFUSE_BASE_URL` is set to. */
  readonly url: string
  /** The public key clients must send. */
  readonly publicKey: string
  /** The secret key clients must send. */
  readonly secretKey: string
  /** The absolute path of the data directory; undefined when everything is in memory. */
  readonly dataDir: string | undefined
  /**
   * A link to the viewer that works once; every read makes a new one. The token in it is exchanged for a cookie and
   * redirected away, so neither keys nor token stay in the browser's history.
   */
  readonly viewerUrl: string
  /**
   * Stops: running requests finish, idle connections end, the data is written into its one file, and the data directory is
   * free for the next server; what is in memory is gone. Calling it again gives the same promise.
   */
  close(): Promise<void>
}

/**
 * Starts a local Langfuse: OTLP in, the public API out, everything in one SQLite file, or in memory.
 *
 * @param options Where to listen and where to keep the data.
 * @returns The server, once it answers.
 * @throws {DevServerError} If it cannot start; `code` says why, and nothing is left open.
 * @example
 * ```ts
 * const server = await startDevServer({ dataDir: '.axion' })
 * process.env.LANGFUSE_BASE_URL = server.url
 * await server.close()
 * ```
 */
export async function startDevServer(options: DevServerOptions = {}): Promise<DevServer> {
  const resolved = resolveDevServerOptions(options)
  const { host, port, dataDir, clock, readOnly, legacy, retention, allowedOrigins } = resolved
  const { store, keys } = openStorage(resolved)
  let endRetention: (() => void) | undefined
  try {
    const sessions = createViewerSessions()
    const live = createLiveFeed(store.viewer)
    endRetention = keepRetention(store, retention, clock)
    let guard: HostGuard | undefined
    const server = await serve(
      createApp({ store, keys, clock, legacy, sessions, live, readOnly, allowedOrigins, guard: () => guard }),
      host,
      port,
    )
    guard = createHostGuard(host, server.port, { hosts: resolved.allowedHosts, origins: allowedOrigins })
    const url = `http://${reachableHost(host)}:${server.port}`
    let closing: Promise<void> | undefined
    return {
      url,
      ...keys,
      dataDir,
      get viewerUrl() {
        return `${url}/login?token=${sessions.issueToken()}`
      },
      close: () => {
        live.close()
        endRetention?.()
        closing ??= server.stop().finally(() => store.close())
        return closing
      },
    }
  } catch (error) {
    endRetention?.()
    store.close()
    throw error
  }
}
