import type { LegacyTrace } from '../wire/legacy-trace.js'
import { OBSERVATION_LEVELS, type ObservationLevel, type ObservationRow } from '../wire/observation-v2.js'
import { parseJsonText } from '../wire/parse-json-text.js'
import type { WireRecord } from '../wire/read-field.js'
import type { Score } from '../wire/score-v3.js'
import { buildTree } from './build-tree.js'
import { latestRows } from './latest-rows.js'
import { Observation, type ObservationType } from './observation.js'
import { matches, type ObservationQuery } from './observation-query.js'
import { findStep, groupSteps, type Step } from './step.js'
import { sumAmounts } from './sum-amounts.js'
import { userMetadata } from './user-metadata.js'
import { walkTree } from './walk-tree.js'

/** Which form the rows of a trace had when they came: of Langfuse 4's API, of Langfuse 3's, or of the files that Langfuse exports. */
export type TraceOrigin = 'observations' | 'traces' | 'export'

/** A trace as JSON; `loadTrace` makes it a trace again. */
export interface SavedTrace {
  readonly origin: TraceOrigin
  readonly isSummary: boolean
  /** The rows as they came: observations, or the one trace of Langfuse 3. */
  readonly rows: readonly WireRecord[]
  readonly scores: readonly Score[]
}

/** How a trace came about. */
export interface TraceParts {
  /** Scores of the trace and of its observations. @default [] */
  readonly scores?: readonly Score[]
  /** Whether only the root was read. @default false */
  readonly summary?: boolean
  /** Which form the rows had when they came. @default 'observations' */
  readonly origin?: TraceOrigin
  /** What Langfuse 3 says of the trace itself; goes before what its observations say. */
  readonly legacy?: LegacyTrace
  /** Whether the only row stands for a trace of Langfuse 3 that has no observations. @default false */
  readonly hasNoObservations?: boolean
}

/**
 * One trace: what its root says, what its observations add up to, and the observations as a tree. Langfuse 4 has no trace objects,
 * so this is where they are made; Langfuse 3 has, and what it says of a trace goes before its root. Whatever there is no value for is
 * `null`.
 *
 * Name, user, session, environment, release and version are the root's; where it has none (some SDKs set them on other spans only),
 * those of the oldest observation that has one.
 */
export class Trace {
  readonly id: string
  readonly name: string | null
  /** Tags of all observations, each once. */
  readonly tags: readonly string[]
  /** What the traced program set on the root: without `resourceAttributes.*`, `scope.*` and `attributes.*`, which {@link Trace.raw} keeps. */
  readonly metadata: WireRecord
  readonly userId: string | null
  readonly sessionId: string | null
  readonly environment: string | null
  readonly release: string | null
  readonly version: string | null
  /** When the root started; of Langfuse 3, the trace's own time. */
  readonly timestamp: Date
  /** From the first start to the last end; `null` while nothing has ended. A summary has the root's own. */
  readonly latencySeconds: number | null
  /** Sum over the observations in US dollars; `null` in a summary of Langfuse 4, which knows only the root. */
  readonly totalCostUsd: number | null
  /** Tokens by kind (`input`, `output`, `total`, …), summed over the observations; empty in a summary. */
  readonly usage: Readonly<Record<string, number>>
  /** The worst level of any observation: a trace in which anything failed is `ERROR`. */
  readonly level: ObservationLevel
  /** The message that goes with {@link Trace.level}: the root's if it is as bad, else the oldest such observation's. */
  readonly statusMessage: string | null
  /** All observations, oldest first; empty in a summary. */
  readonly observations: readonly Observation[]
  /** Observations without a parent in this trace, oldest first. Orphans are among them: see {@link Observation.placement}. */
  readonly roots: readonly Observation[]
  /** The oldest true root, else the oldest orphan. */
  readonly root: Observation
  /** Scores of the trace and of its observations; empty unless they were fetched. */
  readonly scores: readonly Score[]
  /** Whether only the root was read (`fetchFullTraces: false`). */
  readonly isSummary: boolean
  readonly #origin: TraceOrigin
  readonly #legacy: LegacyTrace | undefined
  #steps: readonly Step[] | undefined

  /**
   * @param rows - Rows of one trace in any order, at least one. Of rows with the same id the one updated last counts.
   * @param parts - What else is known.
   */
  constructor(rows: readonly [ObservationRow, ...ObservationRow[]], parts: TraceParts = {}) {
    const scores = parts.scores ?? []
    const byId = latestRows(rows)
    const scoresOf = groupByObservation(scores)
    const unplaced = [...byId.values()].map((row) => new Observation(row, scoresOf.get(row.id)))
    const tree = buildTree(unplaced, (id) => byId.get(id)?.isRoot === true)
    const root = tree.roots.find((candidate) => candidate.placement === 'root') ?? tree.roots[0]
    // Every finite forest has a root: the tree builder opens every cycle.
    if (root === undefined) throw new TypeError('A trace needs at least one observation')
    const inOrder = [root, ...tree.observations].map((observation) => byId.get(observation.id) ?? rows[0])
    const { legacy } = parts
    const first = (field: SharedField): string | null => legacy?.[field] ?? firstText(inOrder, (row) => row[field])

    this.id = root.traceId
    this.name = legacy?.name ?? firstText(inOrder, (row) => row.traceName) ?? (root.name === '' ? null : root.name)
    this.tags = [...new Set([...(legacy?.tags ?? []), ...inOrder.flatMap((row) => row.tags)])]
    this.metadata = userMetadata({ ...root.metadata, ...legacy?.metadata })
    this.userId = first('userId')
    this.sessionId = first('sessionId')
    this.environment = first('environment')
    this.release = first('release')
    this.version = first('version')
    this.timestamp = legacy?.timestamp ?? root.startTime
    this.isSummary = parts.summary ?? false
    const isWhole = !this.isSummary && parts.hasNoObservations !== true
    this.latencySeconds = isWhole ? spanSeconds(tree.observations) : (legacy?.latencySeconds ?? root.latencySeconds)
    this.totalCostUsd = isWhole ? sumCosts(tree.observations) : (legacy?.totalCostUsd ?? null)
    this.usage = isWhole ? sumAmounts(tree.observations.map((observation) => observation.usage)) : {}
    const worst = worstOf(root, tree.observations)
    this.level = worst.level
    this.statusMessage = worst.statusMessage
    this.observations = isWhole ? tree.observations : []
    this.roots = tree.roots
    this.root = root
    this.scores = scores
    this.#legacy = legacy
    this.#origin = legacy === undefined ? (parts.origin ?? 'observations') : 'traces'
  }

  /** What went in: the root's input, or what Langfuse 3 keeps on the trace itself. */
  get input(): unknown {
    return parseJsonText(this.#legacy?.input) ?? this.root.input
  }

  /** What came out: the root's output, or what Langfuse 3 keeps on the trace itself. */
  get output(): unknown {
    return parseJsonText(this.#legacy?.output) ?? this.root.output
  }

  /** The rows as the server sent them, in the order of {@link Trace.walk}. */
  get raw(): readonly WireRecord[] {
    return [...this.walk()].map((observation) => observation.raw)
  }

  /** The observations grouped by name, in order of first appearance. */
  get steps(): readonly Step[] {
    this.#steps ??= groupSteps(this.observations)
    return this.#steps
  }

  /** The names of {@link Trace.steps}. */
  get stepNames(): readonly string[] {
    return this.steps.map((step) => step.name)
  }

  /** @param name - A step's name; case and separators do not matter. @returns The step, if there is one. */
  step(name: string): Step | undefined {
    return findStep(this.steps, name)
  }

  /** @returns The observations depth first, each before its children. */
  walk(): Generator<Observation> {
    return walkTree(this.roots)
  }

  /** @returns What `JSON.stringify` writes: everything that came over the wire, in the form in which it came. */
  toJSON(): SavedTrace {
    const rows = this.#legacy === undefined ? this.raw : [this.#legacy.raw]
    return { origin: this.#origin, isSummary: this.isSummary, rows, scores: this.scores }
  }

  /** @param query - What to look for. @returns The first observation that fits, oldest first. */
  find(query: ObservationQuery): Observation | undefined {
    return this.observations.find((observation) => matches(observation, query))
  }

  /** @param query - What to look for. @returns Every observation that fits, oldest first. */
  findAll(query: ObservationQuery): readonly Observation[] {
    return this.observations.filter((observation) => matches(observation, query))
  }

  /** @param type - The type, in any case. @returns Every observation of it, oldest first. */
  byType(type: ObservationType): readonly Observation[] {
    const wanted = type.toUpperCase()
    return this.observations.filter((observation) => isType(observation.type, wanted))
  }
}

type SharedField = 'userId' | 'sessionId' | 'environment' | 'release' | 'version'

// Asked thousands of times a second, and types nearly always come in upper case: changing the case of each would cost more than the rest.
function isType(type: ObservationType, upper: string): boolean {
  return type === upper || (type.length === upper.length && type.toUpperCase() === upper)
}

function firstText(rows: readonly ObservationRow[], pick: (row: ObservationRow) => string | null): string | null {
  for (const row of rows) {
    const text = pick(row)
    if (text !== null) return text
  }
  return null
}

function groupByObservation(scores: readonly Score[]): Map<string, Score[]> {
  const groups = new Map<string, Score[]>()
  for (const score of scores) {
    if (score.observationId === null) continue
    const group = groups.get(score.observationId)
    if (group === undefined) groups.set(score.observationId, [score])
    else group.push(score)
  }
  return groups
}

function spanSeconds(observations: readonly Observation[]): number | null {
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  for (const observation of observations) {
    start = Math.min(start, observation.startTime.getTime())
    end = Math.max(end, observation.endTime?.getTime() ?? Number.NEGATIVE_INFINITY)
  }
  return Number.isFinite(end) ? (end - start) / 1000 : null
}

function sumCosts(observations: readonly Observation[]): number {
  return observations.reduce((sum, observation) => sum + (observation.totalCostUsd ?? 0), 0)
}

function worstOf(
  root: Observation,
  observations: readonly Observation[],
): Pick<Observation, 'level' | 'statusMessage'> {
  const present = new Set(observations.map((observation) => observation.level))
  const level = OBSERVATION_LEVELS.findLast((candidate) => present.has(candidate)) ?? root.level
  const asBad = [root, ...observations].filter((observation) => observation.level === level)
  return {
    level,
    statusMessage: asBad.find((observation) => observation.statusMessage !== null)?.statusMessage ?? null,
  }
}
