import * as v from 'valibot'
import { invalidData } from './api-error.js'
import { AnyTime } from './dataset-item-request.js'
import { DateTime } from './date-time.js'
import { parseRequest } from './parse-request.js'

const MaybeText = v.nullish(v.string())
const Body = v.strictObject({
  runName: v.string(),
  runDescription: MaybeText,
  metadata: v.optional(v.unknown()),
  datasetItemId: v.string(),
  observationId: MaybeText,
  traceId: MaybeText,
  datasetVersion: v.optional(AnyTime),
  createdAt: v.nullish(DateTime),
})

/** A checked dataset run item body. */
export interface DatasetRunItemBody {
  readonly runName: string
  readonly runDescription?: string | null | undefined
  /** Any JSON. */
  readonly metadata?: unknown
  readonly datasetItemId: string
  readonly observationId?: string | null | undefined
  readonly traceId?: string | null | undefined
  /** As of when the dataset item is meant, in milliseconds since the epoch. */
  readonly datasetVersion?: number | undefined
  /** Milliseconds since the epoch. */
  readonly createdAt?: number | null | undefined
}

/**
 * Checks the body of `POST /api/public/dataset-run-items`.
 *
 * @param body What came in.
 * @returns The checked body.
 * @throws {ApiError} 400 in Langfuse's words if it is no run item.
 */
export function parseDatasetRunItemBody(body: unknown): DatasetRunItemBody {
  const parsed = parseRequest(Body, body)
  if (parsed.observationId || parsed.traceId) return parsed
  const message = 'observationId or traceId must be provided'
  throw invalidData([{ code: 'custom', path: ['observationId', 'traceId'], message }])
}
