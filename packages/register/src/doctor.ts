export type {
  ApiCopy,
  NotLoaded,
  ProcessEnd,
  ProcessStart,
  SpanCount,
  SpanKind,
  TestSpan,
} from './doctor/doctor-event.js'
export { findApiCopies } from './doctor/find-api-copies.js'
export { findLibrary, type InstalledLibrary } from './doctor/find-library.js'
export { loadLibraries } from './doctor/load-libraries.js'
export { readProcesses } from './doctor/read-processes.js'
export { sendTestSpan } from './doctor/send-test-span.js'
export type { WatchedProcess } from './doctor/watched-process.js'
export type { ModuleSystem, PatchOutcome, PatchRecord } from './modules/patch-record.js'
export { isVersionWithin } from './modules/version-range.js'
export { DOCTOR_FOLDER_VARIABLE } from './options/doctor-folder-from-environment.js'
export { TARGETS, type TargetRow } from './targets/registry.js'
