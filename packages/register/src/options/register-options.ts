import type { ExporterOptions } from '@axion/exporter'
import type { TargetName } from '../targets/registry.js'

/** Options of `register`: those of `configureTracing`, and which libraries to trace. */
export interface RegisterOptions extends ExporterOptions {
  /**
   * Only these libraries; `http` and `undici` are on only if they are here, and alone leave all libraries on.
   *
   * @default all libraries that are known; environment: `AXION_INSTRUMENTATIONS`, separated by commas
   */
  readonly instrumentations?: readonly TargetName[]
  /** Not these. @default none; environment: `AXION_DISABLED_INSTRUMENTATIONS`, separated by commas */
  readonly disabledInstrumentations?: readonly TargetName[]
}

/** What installation is told, complete. */
export interface ResolvedRegisterOptions {
  /** Whether anything is to happen at all. */
  readonly isOn: boolean
  /** `OTEL_SDK_DISABLED`, which no option overrules. */
  readonly isDisabled: boolean
  /** Libraries to trace; undefined for all. */
  readonly only: readonly string[] | undefined
  readonly except: readonly string[]
  /** The least important level that is written to standard error. */
  readonly logLevel: LogLevel
  /** For `configureTracing`. */
  readonly tracing: ExporterOptions
  /** What is wrong in the environment, a line each. */
  readonly problems: readonly string[]
}

/** What `AXION_LOG_LEVEL` may say, from silent to talkative. */
export const LOG_LEVELS = ['none', 'error', 'warn', 'info'] as const

/** One of them. */
export type LogLevel = (typeof LOG_LEVELS)[number]
