/** What kind of value a score has. */
export type ScoreDataType = 'NUMERIC' | 'CATEGORICAL' | 'BOOLEAN' | 'CORRECTION' | 'TEXT'

/** All of them, in the order in which Langfuse lists them. */
export const SCORE_DATA_TYPES: readonly ScoreDataType[] = ['NUMERIC', 'CATEGORICAL', 'BOOLEAN', 'CORRECTION', 'TEXT']

/** Who made a score. */
export type ScoreSource = 'API' | 'EVAL' | 'ANNOTATION'

/** All of them, in the order in which Langfuse lists them. */
export const SCORE_SOURCES: readonly ScoreSource[] = ['API', 'EVAL', 'ANNOTATION']

/** A score as it is stored. Null stands for "none". */
export interface Score {
  readonly id: string
  readonly timestampMillis: number
  readonly createdAtMillis: number
  readonly updatedAtMillis: number
  readonly name: string
  readonly source: ScoreSource
  readonly dataType: ScoreDataType
  /** The number, 0 or 1 for BOOLEAN, and 0 for the types whose value is text. */
  readonly value: number
  /** The text of CATEGORICAL, TEXT and CORRECTION. */
  readonly stringValue: string | null
  readonly environment: string
  readonly traceId: string | null
  readonly observationId: string | null
  readonly sessionId: string | null
  /** The experiment a score is about, when it is about none of the others. */
  readonly datasetRunId: string | null
  readonly comment: string | null
  readonly configId: string | null
  readonly queueId: string | null
  readonly authorUserId: string | null
  /** As text by key, like the metadata of observations. */
  readonly metadata: Readonly<Record<string, string>>
}
