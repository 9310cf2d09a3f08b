import type { TraceRow } from '../traces/trace-row.js'

/** The observations of a trace, oldest first; each array has an entry for each. */
export interface TraceColumns {
  readonly ids: readonly string[]
  readonly parentIds: readonly string[]
  readonly startOffsetsMillis: readonly number[]
  readonly durationsMillis: readonly number[]
  readonly types: readonly string[]
  readonly names: readonly string[]
  /** Empty for `DEFAULT`. */
  readonly levels: readonly string[]
  readonly models: readonly string[]
  readonly totalTokens: readonly number[]
  readonly totalCosts: readonly number[]
  /** -1 for none. */
  readonly firstTokenMillis: readonly number[]
}

/** A score of a trace or of one of its observations. */
export interface TraceScore {
  readonly id: string
  readonly name: string
  readonly dataType: string
  readonly value: number | string
  readonly observationId: string | null
  readonly comment: string | null
  readonly source: string
}

/** As `GET /viewer/api/traces/{id}` gives it. */
export interface TraceAnswer {
  readonly trace: TraceRow
  readonly scores: readonly TraceScore[]
  readonly errors: readonly { readonly id: string; readonly name: string; readonly message: string }[]
  readonly neighbours: { readonly newer?: string; readonly older?: string }
  readonly columns: TraceColumns
}

/** As `GET /viewer/api/traces/{id}/observations/{id}` gives it. */
export interface StepDetail {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly level: string
  readonly startTimeMillis: number
  readonly endTimeMillis: number
  readonly environment: string
  readonly userId: string
  readonly sessionId: string
  readonly input: string
  readonly output: string
  readonly metadata: Readonly<Record<string, string>>
  readonly details: {
    readonly statusMessage: string
    readonly version: string
    readonly release: string
    readonly completionStartMillis: number | null
    readonly model: string
    readonly modelParameters: Readonly<Record<string, unknown>>
    readonly usageDetails: Readonly<Record<string, number>>
    readonly costDetails: Readonly<Record<string, number>>
    readonly promptName: string
    readonly promptVersion: number | null
  }
}
