import * as v from 'valibot'
import type { ScoreCategory, ScoreConfig } from '../model/score-config.js'
import { invalidData } from './api-error.js'
import { parseRequest } from './parse-request.js'

const Nothing = v.nullish(v.undefined())

/** A name of a config. */
export const ConfigName: v.GenericSchema<unknown, string> = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(35),
  v.check((name) => /^[\p{L}\p{N}_ .()-]+$/u.test(name), 'Name contains invalid characters'),
)

const Base = {
  name: ConfigName,
  description: v.nullish(v.string()),
}

/** The values of a categorical score. */
export const Categories: v.GenericSchema<unknown, ScoreCategory[]> = v.array(
  v.object({ label: v.pipe(v.string(), v.minLength(1)), value: v.number() }),
)

const Body = v.variant('dataType', [
  v.object({
    ...Base,
    dataType: v.literal('NUMERIC'),
    minValue: v.nullish(v.number()),
    maxValue: v.nullish(v.number()),
    categories: Nothing,
  }),
  v.object({
    ...Base,
    dataType: v.literal('CATEGORICAL'),
    minValue: Nothing,
    maxValue: Nothing,
    categories: Categories,
  }),
  v.object({ ...Base, dataType: v.literal('BOOLEAN'), categories: v.optional(v.undefined()) }),
  v.object({
    ...Base,
    dataType: v.literal('TEXT'),
    minValue: Nothing,
    maxValue: Nothing,
    categories: v.optional(v.undefined()),
  }),
])

/** What boolean scores may be; Langfuse says it of each config. */
export const TRUE_OR_FALSE: readonly ScoreCategory[] = [
  { label: 'True', value: 1 },
  { label: 'False', value: 0 },
]

/**
 * Reads the body of `POST /api/public/score-configs`.
 *
 * @param body What came in.
 * @param id The id it gets.
 * @param nowMillis What time it is.
 * @returns The config to store.
 * @throws {ApiError} 400 in Langfuse's words if it is no score config.
 */
export function parseScoreConfig(body: unknown, id: string, nowMillis: number): ScoreConfig {
  const parsed = parseRequest(Body, body)
  const problem = problemOf(parsed)
  if (problem !== undefined) throw invalidData([{ code: 'custom', path: [...problem.path], message: problem.message }])
  const isNumeric = parsed.dataType === 'NUMERIC'
  return {
    id,
    name: parsed.name,
    description: parsed.description ?? null,
    dataType: parsed.dataType,
    minValue: isNumeric ? (parsed.minValue ?? null) : null,
    maxValue: isNumeric ? (parsed.maxValue ?? null) : null,
    categories: parsed.dataType === 'BOOLEAN' ? TRUE_OR_FALSE : (parsed.categories ?? null),
    isArchived: false,
    createdAtMillis: nowMillis,
    updatedAtMillis: nowMillis,
  }
}

function problemOf(
  body: v.InferOutput<typeof Body>,
): { readonly path: readonly string[]; readonly message: string } | undefined {
  if (body.dataType === 'NUMERIC') {
    const isReversed = (body.maxValue ?? Number.POSITIVE_INFINITY) <= (body.minValue ?? Number.NEGATIVE_INFINITY)
    return isReversed ? { path: [], message: 'Maximum value must be greater than Minimum value' } : undefined
  }
  const message = body.dataType === 'CATEGORICAL' ? categoriesProblem(body.categories) : undefined
  return message === undefined ? undefined : { path: ['categories'], message }
}

/**
 * What is wrong with the categories of a config taken together.
 *
 * @param categories The categories.
 * @returns The first thing, in Langfuse's words; undefined when nothing is.
 */
export function categoriesProblem(categories: readonly ScoreCategory[]): string | undefined {
  for (const [index, { label, value }] of categories.entries()) {
    const earlier = categories.slice(0, index)
    if (earlier.some((category) => category.label === label)) {
      return `Duplicate category label: ${label}, category labels must be unique`
    }
    if (earlier.some((category) => category.value === value)) {
      return `Duplicate category value: ${value}, category values must be unique`
    }
  }
  return undefined
}
