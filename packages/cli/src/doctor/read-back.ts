import { setTimeout as sleep } from 'node:timers/promises'
import { LangfuseTraceLoader, LoaderError } from '@axion/loader'

/** What came of it. */
export type ReadBack =
  | { readonly kind: 'found'; readonly millis: number }
  | { readonly kind: 'too_late' }
  | { readonly kind: 'failed'; readonly reason: string }

const PAUSE_MILLIS = 500

/**
 * Waits until a trace can be read.
 *
 * @param traceId - Which.
 * @param limit - Gives up.
 */
export async function readBack(traceId: string, limit: AbortSignal): Promise<ReadBack> {
  const loader = new LangfuseTraceLoader({})
  const start = performance.now()
  try {
    while (!limit.aborted) {
      if (await isThere(loader, traceId, limit)) return { kind: 'found', millis: Math.round(performance.now() - start) }
      // Langfuse makes what it took readable after a moment.
      await sleep(PAUSE_MILLIS, undefined, { signal: limit }).catch(() => {})
    }
    return { kind: 'too_late' }
  } catch (error) {
    if (limit.aborted) return { kind: 'too_late' }
    if (error instanceof LoaderError) return { kind: 'failed', reason: error.message }
    throw error
  } finally {
    await loader.close()
  }
}

async function isThere(loader: LangfuseTraceLoader, traceId: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { observations } = await loader.fetchTrace(traceId, { signal })
    return observations.length > 0
  } catch (error) {
    if (error instanceof LoaderError && error.code === 'not_found') return false
    throw error
  }
}
