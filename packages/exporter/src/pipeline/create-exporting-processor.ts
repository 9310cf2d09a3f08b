import { Courier } from '../delivery/courier.js'
import type { Destination } from '../delivery/destination.js'
import { createFailureReports } from '../delivery/failure-reports.js'
import { createOtlpSender } from '../delivery/otlp-sender.js'
import type { OtlpTarget } from '../delivery/otlp-target.js'
import { SpanLedger } from '../delivery/span-ledger.js'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { createMediaReports } from '../media/media-reports.js'
import type { MediaStageParts } from '../media/media-stage.js'
import type { ResolvedExitHookSettings } from '../options/exit-hook-settings.js'
import type { ExportMode } from '../options/exporter-options.js'
import { processSlot } from '../process-slot.js'
import { Holdings } from '../queue/holdings.js'
import { ParcelQueue } from '../queue/parcel-queue.js'
import type { Reporter } from '../report.js'
import type { TailRule } from '../sample/tail-window.js'
import type { Spool } from '../spool/spool.js'
import { ExportingProcessor } from './exporting-processor.js'
import { createQueueReports } from './queue-reports.js'
import type { SpanRoute } from './span-route.js'
import { watchExit } from './watch-exit.js'

/** How much a pipeline collects, holds and sends. */
export interface PipelineBounds {
  readonly maxBatchSpans: number
  readonly maxBatchBytes: number
  readonly flushIntervalMillis: number
  readonly maxQueueSpans: number
  readonly maxQueueBytes: number
  readonly concurrency: number
  readonly exportMode: ExportMode
}

/** As much media as a handful of photographs at a time: they wait in memory, and the application's own requests share the line. */
const MEDIA_BOUNDS = { maxBytes: 64 * 2 ** 20, concurrency: 4 }

/** What a pipeline is made of. */
export interface Pipeline {
  readonly route: SpanRoute
  readonly target: OtlpTarget
  readonly destination: Destination
  readonly bounds: PipelineBounds
  /** What spans go through before their media are taken out. */
  readonly protect: (spans: readonly OutgoingSpan[]) => readonly OutgoingSpan[]
  /** Where media go and what masks them, if they are to be uploaded. */
  readonly media: Pick<MediaStageParts, 'target' | 'maskFile'> | undefined
  /** Which traces are kept although sampling leaves them out, if any. */
  readonly tailRule: TailRule | undefined
  /** Opens the spool, if there is to be one. */
  readonly openSpool: ((onEvicted: (spans: number) => void) => Spool) | undefined
  readonly reporter: Reporter
  /** What it calls itself in metrics, as OpenTelemetry's conventions name components. */
  readonly componentType: string
  /** What happens to what is held when the process ends; undefined leaves it to the application. */
  readonly exitHooks: ResolvedExitHookSettings | undefined
  /** Called when the pipeline has stopped. */
  readonly onStopped?: () => void
}

/**
 * Puts a pipeline together: route → buffer → encode → queue or spool → courier → server.
 *
 * @param pipeline - Its parts.
 */
export function createExportingProcessor({
  route,
  target,
  destination,
  bounds,
  protect,
  media,
  tailRule,
  openSpool,
  reporter,
  componentType,
  exitHooks,
  onStopped = () => {},
}: Pipeline): ExportingProcessor {
  const ledger = new SpanLedger()
  const queue = new ParcelQueue({ maxBytes: bounds.maxQueueBytes, maxSpans: bounds.maxQueueSpans })
  const reports = createFailureReports(destination, reporter)
  const queueReports = createQueueReports(queue, { ...bounds, hasSpool: openSpool !== undefined }, reporter)
  const spool = openSpool?.((spans) => holdings.evicted(spans))
  const holdings = new Holdings({
    queue,
    spool,
    ledger,
    onOverflow: queueReports.overflow,
    onPressure: queueReports.pressure,
  })
  const { timeoutMillis } = destination
  const courier = new Courier({
    holdings,
    sender: createOtlpSender(target),
    concurrency: bounds.concurrency,
    timeoutMillis,
    onFailure: reports.failure,
    onDelay: reports.delay,
    onRecovery: reports.recovery,
  })
  if (spool) courier.replay()
  let unwatch = (): void => {}
  const processor = new ExportingProcessor({
    route,
    bounds: {
      maxSpans: bounds.exportMode === 'immediate' ? 1 : bounds.maxBatchSpans,
      maxBytes: bounds.maxBatchBytes,
      intervalMillis: bounds.flushIntervalMillis,
      detectors: {
        // At the end of the process, time must be left to send.
        patienceMillis: Math.min(timeoutMillis, (exitHooks?.deadlineMillis ?? Number.POSITIVE_INFINITY) / 2),
        isTooMuch: (spans, bytes) =>
          queue.spans + spans > bounds.maxQueueSpans || queue.bytes + bytes > bounds.maxQueueBytes,
        onOverdue: () => reportDetectorOverdue(reporter),
      },
    },
    protect,
    media: media && { ...media, bounds: MEDIA_BOUNDS, onProblem: createMediaReports(destination.name, reporter) },
    tailRule,
    ledger,
    queue,
    holdings,
    courier,
    spool,
    patienceMillis: timeoutMillis,
    component: { type: componentType, ordinal: nextOrdinal(componentType), queueCapacity: bounds.maxQueueSpans },
    onLost: reports.lost,
    onStopped() {
      unwatch()
      onStopped()
    },
  })
  unwatch = watchExit({ processor, destination, target, spool, reporter }, exitHooks)
  return processor
}

function reportDetectorOverdue(reporter: Reporter): void {
  const message =
    'Sending spans without a part of their resource: a resource detector of the provider has not finished in time. ' +
    'Look for one that waits for a metadata service that is not there.'
  reporter.once({ level: 'warn', code: 'detector_overdue', message })
}

function nextOrdinal(type: string): number {
  const { pipelines } = processSlot()
  const ordinal = pipelines.get(type) ?? 0
  pipelines.set(type, ordinal + 1)
  return ordinal
}
