import * as v from 'valibot'
import type { Dataset } from '../model/dataset.js'
import { DATASET_ITEM_STATUSES, type DatasetItem, type DatasetItemStatus } from '../model/dataset-item.js'
import { MAX_JSON_DEPTH, nestsTooDeep } from '../nests-too-deep.js'
import { invalidRequest } from './api-error.js'
import { itemValue } from './item-value.js'
import { parseRequest } from './parse-request.js'

const MaybeText = v.nullish(v.string())
const Body = v.object({
  datasetName: v.string(),
  input: v.optional(v.unknown()),
  expectedOutput: v.optional(v.unknown()),
  metadata: v.optional(v.unknown()),
  id: v.nullish(
    v.pipe(
      v.string(),
      v.check((id) => id.length > 0, 'ID must not be empty'),
      v.check((id) => id.length <= 255, 'ID must be at most 255 characters'),
    ),
  ),
  sourceTraceId: MaybeText,
  sourceObservationId: MaybeText,
  status: v.nullish(v.picklist(DATASET_ITEM_STATUSES)),
})

/** A checked dataset item body. */
export interface DatasetItemBody {
  readonly datasetName: string
  readonly id?: string | null | undefined
  readonly input?: unknown
  readonly expectedOutput?: unknown
  readonly metadata?: unknown
  readonly sourceTraceId?: string | null | undefined
  readonly sourceObservationId?: string | null | undefined
  readonly status?: DatasetItemStatus | null | undefined
}

/**
 * Checks the body of `POST /api/public/dataset-items`.
 *
 * @param body What came in.
 * @returns The checked body.
 * @throws {ApiError} 400 in Langfuse's words if it is no dataset item.
 */
export function parseDatasetItemBody(body: unknown): DatasetItemBody {
  const parsed = parseRequest(Body, body)
  if ([parsed.input, parsed.expectedOutput, parsed.metadata].some((value) => nestsTooDeep(value))) {
    throw invalidRequest(`The JSON of a dataset item may nest ${MAX_JSON_DEPTH} levels deep: send less`)
  }
  // Langfuse lets an item without input pass when the client chose its id: it may be one that has an input already.
  if (!parsed.id && (parsed.input ?? null) === null) {
    throw invalidRequest('Dataset item validation failed: Dataset item input cannot be null')
  }
  return parsed
}

/**
 * The item a body stands for. What is left out, or null, stays as it was.
 *
 * @param body The checked body.
 * @param dataset The dataset it names.
 * @param stored The item of that id, if there is one.
 * @param id The id a new one gets.
 * @param nowMillis What time it is.
 * @returns The item to store.
 */
export function toDatasetItem(
  body: DatasetItemBody,
  dataset: Dataset,
  stored: DatasetItem | undefined,
  id: string,
  nowMillis: number,
): DatasetItem {
  return {
    id,
    datasetId: dataset.id,
    datasetName: dataset.name,
    status: body.status ?? stored?.status ?? 'ACTIVE',
    sourceTraceId: body.sourceTraceId ?? stored?.sourceTraceId ?? null,
    sourceObservationId: body.sourceObservationId ?? stored?.sourceObservationId ?? null,
    // Langfuse reads stored values anew as well, so that text may become what it stands for the second time.
    input: itemValue(body.input ?? stored?.input),
    expectedOutput: itemValue(body.expectedOutput ?? stored?.expectedOutput),
    metadata: itemValue(body.metadata ?? stored?.metadata),
    createdAtMillis: nowMillis,
  }
}
