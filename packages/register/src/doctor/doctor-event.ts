import type { TracingReport } from '@axion/exporter'
import type { ModuleSystem, PatchRecord } from '../modules/patch-record.js'
import type { HookKinds } from '../process-slot.js'

/**
 * What a watched process says of itself: a line of JSON each, written when it happens, because a process may be killed. Written and read by the
 * same version of this package.
 */
export type DoctorEvent =
  | ({ readonly kind: 'start' } & ProcessStart)
  | { readonly kind: 'patch'; readonly record: PatchRecord }
  /** The first span of its scope and name. */
  | ({ readonly kind: 'span' } & SpanKind)
  /** The first request of a client. */
  | { readonly kind: 'request'; readonly library: string }
  /** What `axion doctor`'s own programs found. */
  | ({ readonly kind: 'not_loaded' } & NotLoaded)
  | ({ readonly kind: 'test_span' } & TestSpan)
  /** The last one counts. */
  | ({ readonly kind: 'end' } & ProcessEnd)

/** What is known when the process starts. */
export interface ProcessStart {
  readonly pid: number
  /** `process.version`. */
  readonly node: string
  /** The program; empty for `--eval`. */
  readonly program: string
  /** Version of `@axion/register`. */
  readonly version: string
  /** By what means modules are seen; `null` if the environment switches tracing off. */
  readonly hooks: HookKinds | null
  /** What is wrong in the environment, a line each. */
  readonly problems: readonly string[]
}

/** Spans that are counted together. */
export interface SpanKind {
  readonly scope: string
  readonly name: string
}

/** How many of them started. */
export interface SpanCount extends SpanKind {
  readonly count: number
}

/** A library that could not be loaded. */
export interface NotLoaded {
  readonly library: string
  readonly moduleSystem: ModuleSystem
  readonly reason: string
}

/** One copy of `@opentelemetry/api`. */
export interface ApiCopy {
  readonly folder: string
  readonly version: string
}

/** What is known when the process ends by itself. */
export interface ProcessEnd {
  readonly spans: readonly SpanCount[]
  readonly requests: Readonly<Record<string, number>>
  /** The global provider: ours, one that waits for the first span (`waiting`), or somebody else's. */
  readonly provider: { readonly owner: 'axion' | 'waiting' | 'other' | 'none'; readonly name: string }
  /** Other providers that wanted to be the global one and came too late. */
  readonly refusedProviders: readonly string[]
  /** The copies of the API that were loaded; the first is ours. */
  readonly apiCopies: readonly ApiCopy[]
  /** What became of the spans, where tracing was set up. */
  readonly delivery: {
    readonly mode: string
    readonly exported: number
    readonly failed: number
    readonly held: number
  } | null
}

/** What became of the test span. */
export interface TestSpan {
  readonly mode: string
  /** Undefined where nothing is recorded. */
  readonly traceId?: string
  /** Whether the server has taken it. */
  readonly isExported: boolean
  /** What the exporter reported meanwhile. */
  readonly reports: readonly TracingReport[]
}
