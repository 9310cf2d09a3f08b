/** An observation as the server keeps it: the fields of the wire. Only `id`, `traceId` and `startTime` are needed. */
export type StoredRow = Record<string, unknown> & { id: string; traceId: string; startTime: string }

/** A score as the server keeps it: the fields of the wire. */
export type StoredScore = Record<string, unknown> & { id: string }

/** What the server holds, and how it differs from 4.16. */
export interface StoredRows {
  readonly observations?: readonly StoredRow[]
  readonly scores?: readonly StoredScore[]
  /** Refuses lists of trace ids, as the documentation has it. @default false */
  readonly refusesTraceIdLists?: boolean
}
