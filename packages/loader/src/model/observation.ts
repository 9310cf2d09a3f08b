import type { ObservationLevel, ObservationRow } from '../wire/observation-v2.js'
import { parseJsonText } from '../wire/parse-json-text.js'
import type { WireRecord } from '../wire/read-field.js'
import type { Score } from '../wire/score-v3.js'

/** Langfuse's observation types. Unknown ones are passed on as they come. */
export type ObservationType =
  | 'SPAN'
  | 'GENERATION'
  | 'EVENT'
  | 'AGENT'
  | 'TOOL'
  | 'CHAIN'
  | 'RETRIEVER'
  | 'EVALUATOR'
  | 'EMBEDDING'
  | 'GUARDRAIL'
  // Keeps the completions above although any string is allowed.
  | (string & {})

/**
 * How an observation got its place in the tree.
 *
 * - `root`: it has no parent, or Langfuse takes it for a root and its parent is not in the trace.
 * - `child`: its parent is in the trace.
 * - `orphan`: it names a parent that is not in the trace; it stands among the roots.
 * - `cycle`: its parent is one of its own descendants; the cycle was opened here, so it stands among the roots.
 */
export type Placement = 'root' | 'child' | 'orphan' | 'cycle'

/** The link of a generation to the managed prompt it was made with. */
export interface PromptLink {
  readonly id: string | null
  readonly name: string
  readonly version: number | null
}

/** One span of a trace. Whatever the server has no value for is `null`. */
export class Observation {
  readonly id: string
  readonly traceId: string
  /** The id it names as its parent, whether or not that is in the trace. */
  readonly parentId: string | null
  readonly type: ObservationType
  /** Empty if the span has none. */
  readonly name: string
  readonly startTime: Date
  readonly endTime: Date | null
  readonly latencySeconds: number | null
  readonly timeToFirstTokenSeconds: number | null
  readonly level: ObservationLevel
  readonly statusMessage: string | null
  /** Flat, as Langfuse keeps it: the user's keys, `resourceAttributes.*`, `scope.*` and `attributes.*`. */
  readonly metadata: WireRecord
  readonly model: string | null
  readonly modelParameters: WireRecord
  /** Tokens by kind: `input`, `output`, `total` and whatever else the model reports. */
  readonly usage: Readonly<Record<string, number>>
  /** US dollars by kind. */
  readonly cost: Readonly<Record<string, number>>
  /** US dollars in all. */
  readonly totalCostUsd: number | null
  readonly prompt: PromptLink | null
  /** The row as the server sent it. */
  readonly raw: WireRecord
  /** Scores of this observation, if they were fetched. */
  readonly scores: readonly Score[]

  // Most have none, and traces come by the thousand.
  #children: Observation[] | undefined
  #parent: Observation | null = null
  #placement: Placement = 'root'
  // As sent until first looked at: most readers look at few of a trace's payloads.
  #input: unknown
  #output: unknown
  #isInputParsed = false
  #isOutputParsed = false

  /**
   * @param row - The checked row.
   * @param scores - Its scores.
   */
  constructor(row: ObservationRow, scores: readonly Score[] = NONE) {
    this.id = row.id
    this.traceId = row.traceId
    this.parentId = row.parentId
    this.type = row.type
    this.name = row.name ?? ''
    this.startTime = row.startTime
    this.endTime = row.endTime
    // The server leaves it out where the times are equal and `metrics` was asked for.
    this.latencySeconds =
      row.endTime === null ? row.latencySeconds : (row.endTime.getTime() - row.startTime.getTime()) / 1000
    this.timeToFirstTokenSeconds = row.timeToFirstTokenSeconds
    this.level = row.level
    this.statusMessage = row.statusMessage
    this.metadata = row.metadata
    this.model = row.model
    this.modelParameters = row.modelParameters
    this.usage = row.usage
    this.cost = row.cost
    this.totalCostUsd = row.totalCostUsd
    this.prompt =
      row.promptName === null ? null : { id: row.promptId, name: row.promptName, version: row.promptVersion }
    this.raw = row.raw
    this.scores = scores
    this.#input = row.input
    this.#output = row.output
  }

  /** What went in: JSON where the text was JSON, else the text; `null` for none. */
  get input(): unknown {
    if (!this.#isInputParsed) {
      this.#input = parseJsonText(this.#input)
      this.#isInputParsed = true
    }
    return this.#input
  }

  /** What came out: JSON where the text was JSON, else the text; `null` for none. */
  get output(): unknown {
    if (!this.#isOutputParsed) {
      this.#output = parseJsonText(this.#output)
      this.#isOutputParsed = true
    }
    return this.#output
  }

  /**
   * Whether anything came out: what {@link Observation.output} not being `null` says, without parsing it.
   * @internal
   */
  get hasOutput(): boolean {
    const output = this.#output
    if (output === null || output === undefined || output === '') return false
    return typeof output !== 'string' || this.#isOutputParsed || output.trim() !== 'null'
  }

  /** The observations that name this one as their parent, oldest first. */
  get children(): readonly Observation[] {
    return this.#children ?? NONE
  }

  /** The parent in the tree; `null` for whatever stands among the roots. */
  get parent(): Observation | null {
    return this.#parent
  }

  /** How it got its place in the tree. */
  get placement(): Placement {
    return this.#placement
  }

  /**
   * Gives observations their places. A static member, because only the class may set what is private to its instances.
   *
   * @param child - Which one.
   * @param placement - How it got there.
   * @param parent - Under which one, if under any.
   * @internal
   */
  static place(child: Observation, placement: Placement, parent: Observation | null): void {
    child.#placement = placement
    child.#parent = parent
    if (parent === null) return
    if (parent.#children === undefined) parent.#children = [child]
    else parent.#children.push(child)
  }
}

const NONE: readonly never[] = Object.freeze([])
