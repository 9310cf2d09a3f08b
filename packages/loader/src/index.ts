export type { ConversationOptions } from './conversation/conversation-of.js'
export { Dataset, type ReadDatasetOptions } from './dataset/dataset.js'
export { DatasetItem } from './dataset/dataset-item.js'
export type { DedupeOptions } from './dataset/dedupe-items.js'
export type { ChatMessage, ChatToolCall } from './dataset/export/chat-messages-of.js'
export {
  type FineTuningExample,
  type FineTuningOptions,
  fineTuningExample,
  type WrittenExamples,
  writeFineTuning,
} from './dataset/export/fine-tuning.js'
export {
  type PromptfooAssertion,
  type PromptfooOptions,
  type PromptfooTest,
  toPromptfooTests,
} from './dataset/export/promptfoo-tests.js'
export { type TestCase, toTestCases } from './dataset/export/test-cases.js'
export type { DatasetFormat } from './dataset/files/dataset-format.js'
export type { ReadCsvOptions } from './dataset/files/read-csv.js'
export { type ReadItemsOptions, readItems } from './dataset/files/read-items.js'
export type { WrittenFile } from './dataset/files/write-atomically.js'
export type { WriteCsvOptions } from './dataset/files/write-csv.js'
export { type WriteItemsOptions, writeItems } from './dataset/files/write-items.js'
export { fromTrace } from './dataset/from-trace.js'
export { type DatasetFromTracesOptions, itemsFromTraces, type TransformResult } from './dataset/from-traces.js'
export type {
  ConversationMessage,
  ConversationMessageInput,
  ConversationRole,
  DatasetItemFields,
  DatasetItemInput,
  ToolCall,
  ToolCallInput,
} from './dataset/item-fields.js'
export type { FromRecordsOptions } from './dataset/item-reader.js'
export type { RecordTable } from './dataset/rows-of.js'
export type { SampleOptions } from './dataset/sample-items.js'
export type { SplitOptions } from './dataset/split-items.js'
export type { DatasetSummary, NumberSummary } from './dataset/summarize-items.js'
export type { Alternative, EmptyDiagnosis } from './empty-diagnosis.js'
export { evaluate } from './evaluate/evaluate.js'
export type { EvaluateOptions, EvaluationProgress, Task, TaskRun } from './evaluate/evaluate-options.js'
export { EvaluationResult } from './evaluate/evaluation-result.js'
export type {
  Evaluator,
  EvaluatorInput,
  EvaluatorOutput,
  EvaluatorScore,
  ScoreValue,
} from './evaluate/evaluator.js'
export type { ItemResult, ItemScore } from './evaluate/item-result.js'
export type { MetricSummary } from './evaluate/summarize-metric.js'
export { LangfuseTraceLoader } from './langfuse-trace-loader.js'
export { LoaderError, type LoaderErrorCode, type LoaderErrorDetails } from './loader-error.js'
export { Observation, type ObservationType, type Placement, type PromptLink } from './model/observation.js'
export type { ObservationQuery } from './model/observation-query.js'
export type { Step } from './model/step.js'
export { type SavedTrace, Trace, type TraceOrigin } from './model/trace.js'
export type { FetchByIdOptions } from './options/fetch-by-id-options.js'
export type { FetchScoresOptions } from './options/fetch-scores-options.js'
export type { FetchProgress, FetchTracesOptions } from './options/fetch-traces-options.js'
export type { LangfuseTraceLoaderOptions } from './options/loader-options.js'
export type { ExportOptions } from './options/resolve-export-options.js'
export type { ExportTracesOptions } from './options/resolve-trace-export.js'
export type { TimeWindowOptions, WindowMode } from './options/time-window.js'
export { createExtractionPattern } from './patterns/create-extraction-pattern.js'
export {
  type ExtractedVariables,
  PromptPatterns,
  type PromptPatternsOptions,
  type StepPatterns,
} from './patterns/prompt-patterns.js'
export type { LangfuseConnectionOptions } from './publish/langfuse-connection.js'
export type { PublishExperimentOptions, PublishedExperiment } from './publish/publish-experiment.js'
export type { PublishedScores, PublishScoresOptions, UnpublishedScore } from './publish/publish-scores.js'
export type { PullDatasetOptions } from './publish/pull-dataset.js'
export type { PushDatasetOptions, PushedDataset } from './publish/push-dataset.js'
export type { NotDone } from './publish/push-item.js'
export { Session } from './session.js'
export { SessionCollection } from './session-collection.js'
export { type CollectionFacts, TraceCollection } from './trace-collection.js'
export type { TraceQuery } from './trace-query.js'
export type { FilterCondition } from './wire/filter-condition.js'
export type { ObservationLevel } from './wire/observation-v2.js'
export type { Score } from './wire/score-v3.js'
export type { ScoreDataType } from './wire/score-value.js'
