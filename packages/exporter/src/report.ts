import { diag } from '@opentelemetry/api'
import { handleRejection } from './handle-rejection.js'
import { writeLine } from './write-line.js'

/** How much a report matters. `none` is for thresholds only: nothing is that important. */
export type ReportLevel = 'error' | 'warn' | 'info'

/** What a report is about: a closed set, for programs that react to one of them. */
export type ReportCode =
  | 'missing_credentials'
  | 'invalid_environment'
  | 'environment_changed'
  | 'foreign_provider'
  | 'options_ignored'
  | 'unsupported_protocol'
  | 'filter_failed'
  | 'delivery_failed'
  | 'delivery_delayed'
  | 'delivery_resumed'
  | 'queue_pressure'
  | 'spans_dropped'
  | 'spans_lost'
  | 'media_skipped'
  | 'mask_failed'
  | 'spool_problem'
  | 'spool_full'
  | 'duplicate_processor'
  | 'detector_overdue'
  | 'sampled_out'
  | 'foreign_api'

/** One thing the person who runs the program should know. */
export interface TracingReport {
  readonly level: ReportLevel
  readonly code: ReportCode
  /** One line, without secrets and without anything a user or a model said. */
  readonly message: string
}

/** Receives reports. What it throws, or rejects with, is swallowed: tracing never breaks the program. */
export type OnReport = (report: TracingReport) => void

/** Says each thing once. */
export interface Reporter {
  /**
   * @param report - What to say.
   * @param reason - Tells reports of one code apart; the same code and reason is said once.
   */
  once(report: TracingReport, reason?: string): void
}

const RANK = { none: 0, error: 1, warn: 2, info: 3 } as const

/** What `AXION_LOG_LEVEL` may say. */
export type ReportThreshold = keyof typeof RANK

/** Every threshold, from silent to talkative. */
export const REPORT_THRESHOLDS: readonly ReportThreshold[] = ['none', 'error', 'warn', 'info']

/**
 * Creates the door through which the pipeline speaks.
 *
 * @param onReport - Where reports go.
 */
export function createReporter(onReport: OnReport): Reporter {
  const said = new Set<string>()
  return {
    once(report, reason = '') {
      const key = `${report.code}:${reason}`
      if (said.has(key)) return
      said.add(key)
      const failed = (): void => diag.warn(`@axion/exporter: onReport failed while it was told: ${report.message}`)
      try {
        // The types allow an async function.
        handleRejection(onReport(report), failed)
      } catch {
        failed()
      }
    },
  }
}

/**
 * The default receiver: one line on standard error.
 *
 * OpenTelemetry's own `diag` says nothing until the application sets a logger, and a program whose traces go nowhere needs to hear
 * of it exactly then. Standard error, because standard output belongs to the program.
 *
 * @param threshold - The least important level that is written.
 */
export function reportToStderr(threshold: ReportThreshold): OnReport {
  return ({ level, message }) => {
    if (RANK[level] <= RANK[threshold]) writeLine(process.stderr, `[axion] ${message}\n`)
  }
}
