import type { Handler } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { HttpEnv } from '../routes/http-env.js'
import type { ViewerStore } from '../store/viewer/viewer-store.js'

/** Changes within this time are told together. */
const GATHER_MILLIS = 200

/** Of more changes at once it is enough to know that there were many. */
const MAX_TOLD_TRACES = 200

/** Server-sent events about what changes. */
export interface LiveFeed {
  /** `GET /viewer/api/live`: an event whenever traces have changed. */
  readonly handler: Handler<HttpEnv>
  /** Ends all streams, which would otherwise keep the server from stopping. */
  close(): void
}

/**
 * Makes the feed that open pages listen to.
 *
 * @param viewer Who knows of changes.
 * @returns The feed.
 */
export function createLiveFeed(viewer: ViewerStore): LiveFeed {
  const ends = new Set<() => void>()
  return {
    handler: (c) =>
      streamSSE(c, async (stream) => {
        const changed = new Set<string>()
        let timer: NodeJS.Timeout | undefined
        let lastMillis = -Infinity
        const tell = (): void => {
          timer = undefined
          lastMillis = performance.now()
          const traceIds = changed.size > MAX_TOLD_TRACES ? [] : [...changed]
          changed.clear()
          // A browser that is gone is found out by onAbort.
          stream.writeSSE({ event: 'traces', data: JSON.stringify({ traceIds }) }).catch(() => undefined)
        }
        const stop = viewer.onChange(({ traceIds }) => {
          for (const traceId of traceIds) changed.add(traceId)
          // The first is told at once.
          timer ??= setTimeout(tell, Math.max(0, lastMillis + GATHER_MILLIS - performance.now()))
        })
        let end = (): void => undefined
        await new Promise<void>((resolve) => {
          end = resolve
          ends.add(end)
          stream.onAbort(end)
          // Sends the headers, so that the page knows it is connected.
          stream.writeSSE({ event: 'hello', data: '', retry: 1000 }).catch(end)
        })
        ends.delete(end)
        stop()
        clearTimeout(timer)
      }),
    close: () => {
      for (const end of ends) end()
    },
  }
}
