import * as v from 'valibot'
import type { Dataset } from '../model/dataset.js'
import { MAX_JSON_DEPTH, nestsTooDeep } from '../nests-too-deep.js'
import { invalidRequest } from './api-error.js'
import { parseRequest } from './parse-request.js'

const Schema = v.nullish(v.record(v.string(), v.unknown()))
const Body = v.object({
  name: v.string(),
  description: v.nullish(v.string()),
  metadata: v.optional(v.unknown()),
  inputSchema: Schema,
  expectedOutputSchema: Schema,
})

/** A checked dataset body. */
export interface DatasetBody {
  readonly name: string
  readonly description?: string | null | undefined
  readonly metadata?: unknown
  readonly inputSchema?: Readonly<Record<string, unknown>> | null | undefined
  readonly expectedOutputSchema?: Readonly<Record<string, unknown>> | null | undefined
}

/** What a name must not look like, and Langfuse's words for it. */
const NAME_RULES: readonly (readonly [RegExp, string])[] = [
  [/^\s*$/, 'Name cannot be empty'],
  [/<[^<>]*>/, 'Text cannot contain HTML tags'],
  [/^\//, 'Name cannot start with a slash'],
  [/\/\//, 'Name cannot contain consecutive slashes'],
  [/\/$/, 'Name cannot end with a slash'],
]

/**
 * Checks the body of `POST /api/public/v2/datasets`.
 *
 * @param body What came in.
 * @returns The checked body.
 * @throws {ApiError} 400 in Langfuse's words if it is no dataset.
 */
export function parseDatasetBody(body: unknown): DatasetBody {
  const parsed = parseRequest(Body, body)
  const broken = NAME_RULES.filter(([pattern]) => pattern.test(parsed.name))
  if (broken.length > 0) {
    const issues = broken.map(([, message]) => ({ code: 'custom', path: [], message }))
    throw invalidRequest(`Dataset name not valid. ${JSON.stringify(issues, null, 2)}`)
  }
  if ([parsed.metadata, parsed.inputSchema, parsed.expectedOutputSchema].some((value) => nestsTooDeep(value))) {
    throw invalidRequest(`The JSON of a dataset may nest ${MAX_JSON_DEPTH} levels deep: send less`)
  }
  return parsed
}

/**
 * The dataset a body stands for. What is left out stays as it was; a description and metadata stay even when null is sent, while
 * null takes a schema away.
 *
 * @param body The checked body.
 * @param stored The dataset of that name, if there is one.
 * @param id The id a new one gets.
 * @param nowMillis What time it is.
 * @returns The dataset to store.
 */
export function toDataset(body: DatasetBody, stored: Dataset | undefined, id: string, nowMillis: number): Dataset {
  const { inputSchema, expectedOutputSchema } = body
  return {
    id: stored?.id ?? id,
    name: body.name,
    description: body.description ?? stored?.description ?? null,
    metadata: body.metadata ?? stored?.metadata ?? null,
    inputSchema: inputSchema === undefined ? (stored?.inputSchema ?? null) : inputSchema,
    expectedOutputSchema:
      expectedOutputSchema === undefined ? (stored?.expectedOutputSchema ?? null) : expectedOutputSchema,
    createdAtMillis: stored?.createdAtMillis ?? nowMillis,
    updatedAtMillis: nowMillis,
  }
}
