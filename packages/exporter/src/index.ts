export { clearTracingConfig, configureTracing, isTracingConfigured } from './configure-tracing.js'
export type { DeliveryReport } from './delivery/delivery-report.js'
export type { DropReason } from './delivery/span-ledger.js'
export { ExporterError, type ExporterErrorCode } from './exporter-error.js'
export { createLangfuseSpanProcessor } from './langfuse-span-processor.js'
export { type FlushAfterOptions, flushAfter } from './lifecycle/flush-after.js'
export type { BuiltInRule, MaskFunction, MaskPlace, MaskRule } from './mask/mask-rule.js'
export type { ExitHookSettings, ExitSignal } from './options/exit-hook-settings.js'
export type {
  Compression,
  ExporterOptions,
  ExportMode,
  LangfuseSpanProcessorOptions,
} from './options/exporter-options.js'
export type { SpoolSettings } from './options/spool-settings.js'
export type { TailSettings } from './options/tail-settings.js'
export { listProviders, type TracingMode } from './options/tracing-mode.js'
export type { AccountedProcessor } from './pipeline/accounted-processor.js'
export type { PipelineStats } from './pipeline/pipeline-stats.js'
export type { FilterReason } from './pipeline/span-route.js'
export type { OnReport, ReportCode, ReportLevel, TracingReport } from './report.js'
export type { ShouldExport } from './select/should-export.js'
export type { SpoolCounts, SpoolStats, SpoolTally } from './spool/spool.js'
export type { EvictionPolicy, FsyncPolicy } from './spool/spool-options.js'
export type { Tracing, TracingProvider } from './tracing.js'
