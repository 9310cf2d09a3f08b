import type { AccountedProcessor } from '../pipeline/accounted-processor.js'
import { NO_STATS } from '../pipeline/pipeline-stats.js'

/** Creates a processor that leaves spans alone, for a provider that was given ours while there is nothing to send with. */
export function createNoopProcessor(): AccountedProcessor {
  return {
    onStart: () => {},
    onEnd: () => {},
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
    stats: () => NO_STATS,
  }
}
