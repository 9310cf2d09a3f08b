import * as v from 'valibot'
import { invalidData } from './api-error.js'
import { PageParams } from './page-request.js'
import { parseRequest, type QueryParams } from './parse-request.js'

const Text = v.optional(v.string())

/** A time in any form that `Date` takes, as milliseconds since the epoch. */
export const AnyTime: v.GenericSchema<unknown, number> = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((time) => new Date(time).getTime()),
  v.check((millis) => !Number.isNaN(millis), 'Invalid input: expected date, received Date'),
)

const Params = v.object({
  datasetName: Text,
  sourceTraceId: Text,
  sourceObservationId: Text,
  version: v.optional(AnyTime),
  ...PageParams,
})

/** Which items a request asks for, apart from the page. */
export interface DatasetItemRequest {
  readonly datasetName: string | undefined
  readonly sourceTraceId: string | undefined
  readonly sourceObservationId: string | undefined
  readonly asOfMillis: number | undefined
}

/**
 * Reads the parameters of `GET /api/public/dataset-items`. A parameter that is empty does not restrict.
 *
 * @param params The query parameters.
 * @returns Which items are asked for.
 * @throws {ApiError} 400 in Langfuse's words if a parameter cannot be understood.
 */
export function parseDatasetItemRequest(params: QueryParams): DatasetItemRequest {
  const { datasetName, sourceTraceId, sourceObservationId, version } = parseRequest(Params, params)
  if (version !== undefined && !datasetName) {
    const message = 'datasetName is required when version parameter is provided'
    throw invalidData([{ code: 'custom', path: ['datasetName'], message }])
  }
  return {
    datasetName: datasetName || undefined,
    sourceTraceId: sourceTraceId || undefined,
    sourceObservationId: sourceObservationId || undefined,
    asOfMillis: version,
  }
}
