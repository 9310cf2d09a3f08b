import type { ReportThreshold } from '../report.js'
import type { ResolvedExporterOptions } from './exporter-options.js'

type Defaulted =
  | 'baseUrl'
  | 'tags'
  | 'timeoutMillis'
  | 'flushIntervalMillis'
  | 'maxBatchSpans'
  | 'maxBatchBytes'
  | 'maxQueueBytes'
  | 'maxQueueSpans'
  | 'concurrency'
  | 'compression'
  | 'headers'
  | 'mediaUpload'
  | 'isolated'

/** The one place where a default is written. */
export const DEFAULT_EXPORTER_OPTIONS: Readonly<
  Pick<ResolvedExporterOptions, Defaulted> & { logLevel: ReportThreshold }
> = {
  // Langfuse's own default, https://langfuse.com/docs/observability/sdk/typescript/setup.
  baseUrl: 'https://cloud.langfuse.com',
  tags: [],
  // As in Langfuse's SDKs: a program that waits for a flush to a server that is down should not wait long.
  timeoutMillis: 5_000,
  // OTEL_BSP_SCHEDULE_DELAY and OTEL_BSP_MAX_EXPORT_BATCH_SIZE of OpenTelemetry's SDK specification.
  flushIntervalMillis: 5_000,
  maxBatchSpans: 512,
  // A burst of 100,000 spans of a kilobyte.
  maxQueueBytes: 128 * 1024 * 1024,
  maxQueueSpans: 1_000_000,
  concurrency: 8,
  // Below what Langfuse Cloud refuses, about 5 MB.
  maxBatchBytes: 4 * 1024 * 1024,
  // Prompts are text and shrink to a fifth.
  compression: 'gzip',
  headers: {},
  mediaUpload: false,
  isolated: false,
  logLevel: 'warn',
}
