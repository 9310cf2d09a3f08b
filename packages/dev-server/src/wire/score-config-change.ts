import * as v from 'valibot'
import type { ScoreConfig } from '../model/score-config.js'
import { invalidData, invalidRequest } from './api-error.js'
import { parseRequest } from './parse-request.js'
import { Categories, ConfigName, categoriesProblem, TRUE_OR_FALSE } from './score-config-body.js'

const Body = v.object({
  isArchived: v.optional(v.boolean()),
  name: v.optional(ConfigName),
  minValue: v.optional(v.number()),
  maxValue: v.optional(v.number()),
  categories: v.optional(Categories),
  description: v.optional(v.string()),
})

/**
 * Reads the body of `PATCH /api/public/score-configs/{id}`.
 *
 * @param config The config as it is.
 * @param body What came in.
 * @param nowMillis What time it is.
 * @returns The config as it shall be.
 * @throws {ApiError} 400 in Langfuse's words if it changes nothing, or what a config of this data type does not have.
 */
export function changeScoreConfig(config: ScoreConfig, body: unknown, nowMillis: number): ScoreConfig {
  const change = parseRequest(Body, body)
  if (Object.keys(change).length === 0) {
    const message = 'Request body cannot be empty. At least one field must be provided for update.'
    throw invalidData([{ code: 'custom', path: [], message }])
  }
  const problem = change.categories === undefined ? undefined : categoriesProblem(change.categories)
  if (problem !== undefined) throw invalidData([{ code: 'custom', path: ['categories'], message: problem }])
  const { isArchived, name, minValue, maxValue, categories, description } = change
  const changed: ScoreConfig = {
    ...config,
    isArchived: isArchived ?? config.isArchived,
    name: name ?? config.name,
    minValue: minValue ?? config.minValue,
    maxValue: maxValue ?? config.maxValue,
    categories: categories ?? config.categories,
    description: description ?? config.description,
    updatedAtMillis: nowMillis,
  }
  const problems = problemsOf(changed)
  if (problems.length > 0) throw invalidRequest(problems.join(', '))
  return changed
}

/** What does not go with the data type. Langfuse lets a boolean config have a range. */
function problemsOf({ dataType, minValue, maxValue, categories }: ScoreConfig): string[] {
  const isBoolean = dataType === 'BOOLEAN'
  if (isBoolean) return booleanProblems(categories)
  if (dataType === 'NUMERIC') {
    const isReversed = minValue !== null && maxValue !== null && maxValue <= minValue
    return [...unexpected(categories), ...(isReversed ? ['Maximum value must be greater than Minimum value'] : [])]
  }
  const hasCategories = dataType === 'CATEGORICAL'
  return [...unexpected(maxValue), ...unexpected(minValue), ...(hasCategories ? [] : unexpected(categories))]
}

function booleanProblems(categories: ScoreConfig['categories']): string[] {
  if (categories?.length !== TRUE_OR_FALSE.length) return ['Boolean data type must have exactly 2 categories.']
  return JSON.stringify(categories) === JSON.stringify(TRUE_OR_FALSE) ? [] : ['Invalid input']
}

function unexpected(value: unknown): string[] {
  if (value === null) return []
  return [`Invalid input: expected undefined, received ${Array.isArray(value) ? 'array' : typeof value}`]
}
