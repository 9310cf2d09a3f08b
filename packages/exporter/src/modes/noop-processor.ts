import type { AccountedProcessor } from '../delivery/accounted-processor.js'
import { NOTHING_DELIVERED } from '../delivery/delivery-report.js'

/** Creates a processor that leaves spans alone, for a provider that was given ours while there is nothing to send with. */
export function createNoopProcessor(): AccountedProcessor {
  return {
    onStart: () => {},
    onEnd: () => {},
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
    stats: () => NOTHING_DELIVERED,
  }
}
