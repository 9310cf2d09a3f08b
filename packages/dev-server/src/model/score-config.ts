import type { ScoreDataType } from './score.js'

/** A data type that a score config can be about. */
export type ScoreConfigDataType = Exclude<ScoreDataType, 'CORRECTION'>

/** A value that a categorical score may have. */
export interface ScoreCategory {
  readonly label: string
  readonly value: number
}

/** What scores of a name are supposed to look like. Null stands for "none". */
export interface ScoreConfig {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly dataType: ScoreConfigDataType
  readonly minValue: number | null
  readonly maxValue: number | null
  readonly categories: readonly ScoreCategory[] | null
  /** One that is archived is for no new scores. */
  readonly isArchived: boolean
  readonly createdAtMillis: number
  readonly updatedAtMillis: number
}
