import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import type { ExporterOptions } from './options/exporter-options.js'
import type { Reporter } from './report.js'
import type { Tracing } from './tracing.js'

/** What this package shares with other copies of itself in one process. */
export interface ProcessSlot {
  /** The tracing that OpenTelemetry's globals belong to. */
  shared?: { readonly tracing: Tracing; readonly options: ExporterOptions; readonly reporter: Reporter }
  /** Those beside it. */
  readonly isolated: Set<Tracing>
  /** The context manager, while it is ours: how many tracings need it. */
  context?: { users: number }
  /** How many pipelines of each kind there were. */
  readonly pipelines: Map<string, number>
  /** Who sends to which project. */
  readonly projects: Map<string, ProjectClaims>
  /** The gate for inputs and outputs, while somebody of ours holds it. */
  contentGate?: ContentGate
}

/** Spans that pipelines of this process have taken for one project. */
export interface ProjectClaims {
  pipelines: number
  readonly taken: WeakSet<ReadableSpan>
}

/** Who wants what of the gate for inputs and outputs. */
export interface ContentGate {
  /** What each tracing and processor wants, until it lets go. */
  readonly holders: Map<symbol, boolean>
  /** What was set here last: a gate that stands otherwise was moved by the application. */
  applied: boolean
  /** What the application has set since the first hold, if it has. */
  application?: boolean
  /** How the gate stands when nobody holds it: the application's word, else the environment's. */
  restored: boolean
}

const SLOT = Symbol.for('axion.tracing')

/**
 * The one process-wide slot of this package. A `Symbol.for` key on `globalThis`, because an application may hold two copies of the package
 * (CommonJS and ESM, nested dependencies), and the globals of OpenTelemetry can only be configured once.
 */
export function processSlot(): ProcessSlot {
  // `globalThis` has no index signature for symbols.
  const holder = globalThis as { [SLOT]?: ProcessSlot }
  holder[SLOT] ??= { isolated: new Set(), pipelines: new Map(), projects: new Map() }
  return holder[SLOT]
}
