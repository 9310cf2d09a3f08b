import type { Destination } from '../delivery/destination.js'
import type { OtlpTarget } from '../delivery/otlp-target.js'
import { readAnswer } from '../delivery/read-answer.js'
import type { Drainable } from '../lifecycle/drainable.js'
import { registerDrainable } from '../lifecycle/drainables.js'
import { installExitHooks } from '../lifecycle/exit-hooks.js'
import type { ResolvedExitHookSettings } from '../options/exit-hook-settings.js'
import type { Reporter } from '../report.js'
import type { Spool } from '../spool/spool.js'
import type { ExportingProcessor } from './exporting-processor.js'

/** What of a pipeline the end of the process concerns. */
export interface WatchedPipeline {
  readonly processor: ExportingProcessor
  readonly destination: Destination
  readonly target: OtlpTarget
  readonly spool: Spool | undefined
  readonly reporter: Reporter
}

/**
 * Makes a pipeline known to those who flush all of the process, and sees to it that what it holds is sent, spooled or counted as lost when
 * the process ends.
 *
 * @param pipeline - The pipeline.
 * @param settings - At which signals, and how long; undefined leaves the end of the process to the application.
 * @returns Ends the watch.
 */
export function watchExit(pipeline: WatchedPipeline, settings: ResolvedExitHookSettings | undefined): () => void {
  const drainable = drainableOf(pipeline)
  const releases = [registerDrainable(drainable), ...(settings ? [installExitHooks(drainable, settings)] : [])]
  return () => {
    for (const release of releases) release()
  }
}

function drainableOf({ processor, destination, target, spool, reporter }: WatchedPipeline): Drainable {
  return {
    destination,
    target,
    spool,
    isEmpty: () => processor.isEmpty,
    flush: (deadlineMillis) => processor.drain(deadlineMillis),
    takeRemaining: () => processor.takeRemaining(),
    acceptedSpans(answer, spanCount) {
      const outcome = readAnswer(answer, spanCount, Date.now())
      return outcome.status === 'sent' ? spanCount - outcome.rejectedSpans : 0
    },
    settle({ exported, spooled, lost, message }) {
      processor.settleRemaining(exported, spooled, lost)
      if (message !== undefined) reporter.once({ level: 'error', code: 'spans_lost', message }, 'exit')
    },
  }
}
