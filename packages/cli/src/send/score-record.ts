/** What kind of value a score holds. */
export type ScoreDataType = 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL' | 'TEXT' | 'CORRECTION'

/** A score in the form of the body of Langfuse's `score-create` event. */
export interface ScoreRecord {
  readonly id: string
  readonly name: string
  /** A BOOLEAN is 0 or 1: `true` itself is refused. */
  readonly value: number | string
  readonly dataType: ScoreDataType
  readonly traceId?: string
  readonly observationId?: string
  readonly sessionId?: string
  /** The experiment run it belongs to. */
  readonly datasetRunId?: string
  readonly comment?: string
  readonly environment?: string
  readonly configId?: string
  readonly source?: string
  readonly metadata?: Readonly<Record<string, unknown>>
}
