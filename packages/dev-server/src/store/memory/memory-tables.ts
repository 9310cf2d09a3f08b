import type { Comment } from '../../model/comment.js'
import type { Dataset } from '../../model/dataset.js'
import type { DatasetItem } from '../../model/dataset-item.js'
import type { DatasetRun, DatasetRunItem } from '../../model/dataset-run.js'
import type { LegacyObservation } from '../../model/legacy-observation.js'
import type { LegacyTrace } from '../../model/legacy-trace.js'
import type { Media } from '../../model/media.js'
import type { ModelDefinition } from '../../model/model-definition.js'
import type { Observation } from '../../model/observation.js'
import type { Prompt } from '../../model/prompt.js'
import type { Score } from '../../model/score.js'
import type { ScoreConfig } from '../../model/score-config.js'

/** One version of a dataset item, and when it held. */
export interface ItemVersion {
  readonly item: DatasetItem
  readonly validFromMillis: number
  /** Exclusive; undefined while it holds. */
  readonly validToMillis: number | undefined
}

/** Rows that belong to a trace: by its id, then by their own. */
export type RowsByTrace<Row> = Map<string, Map<string, Row>>

/** Everything that is stored; by id, where nothing else is said. Rows are never changed, only replaced. */
export interface MemoryRows {
  readonly observations: RowsByTrace<Observation>
  readonly scores: Map<string, Score>
  readonly legacyTraces: Map<string, LegacyTrace>
  readonly legacyObservations: RowsByTrace<LegacyObservation>
  readonly datasets: Map<string, Dataset>
  /** By the id of the item, in the order in which they were written. */
  readonly itemVersions: Map<string, readonly ItemVersion[]>
  readonly runs: Map<string, DatasetRun>
  readonly runItems: Map<string, DatasetRunItem>
  readonly scoreConfigs: Map<string, ScoreConfig>
  prompts: ReadonlyMap<string, Prompt>
  readonly comments: Map<string, Comment>
  /** In the order in which they were written. */
  readonly models: Map<string, ModelDefinition>
  readonly media: Map<string, Media>
  readonly mediaContents: Map<string, Buffer>
}

/** What the stores in memory share, until it is closed. */
export class MemoryTables {
  private open: MemoryRows | undefined = {
    observations: new Map(),
    scores: new Map(),
    legacyTraces: new Map(),
    legacyObservations: new Map(),
    datasets: new Map(),
    itemVersions: new Map(),
    runs: new Map(),
    runItems: new Map(),
    scoreConfigs: new Map(),
    prompts: new Map(),
    comments: new Map(),
    models: new Map(),
    media: new Map(),
    mediaContents: new Map(),
  }

  /**
   * Everything that is stored.
   *
   * @throws {Error} If it was closed.
   */
  get rows(): MemoryRows {
    if (this.open === undefined) throw new Error('Cannot use the store: it is closed')
    return this.open
  }

  /** Lets go of everything. */
  close(): void {
    this.open = undefined
  }
}

/**
 * Puts a row that belongs to a trace in its place.
 *
 * @param rows Where it belongs.
 * @param row The row; one of the same ids is replaced.
 */
export function putByTrace<Row extends { readonly traceId: string; readonly id: string }>(
  rows: RowsByTrace<Row>,
  row: Row,
): void {
  const ofTrace = rows.get(row.traceId)
  if (ofTrace === undefined) rows.set(row.traceId, new Map([[row.id, row]]))
  else ofTrace.set(row.id, row)
}

/**
 * Rows of all traces.
 *
 * @param rows By trace.
 * @returns All of them, in no order.
 */
export function allRows<Row>(rows: RowsByTrace<Row>): Row[] {
  return [...rows.values()].flatMap((ofTrace) => [...ofTrace.values()])
}
