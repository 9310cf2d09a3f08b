import type { ScoreConfig } from '../model/score-config.js'
import { MAX_TEXT_LENGTH, type ScoreBody } from './score-body.js'

/** A score that fits its config, or what is wrong with it. */
export type ConfiguredScore =
  | { readonly kind: 'fits'; readonly body: ScoreBody }
  | { readonly kind: 'problem'; readonly message: string }

/** Finds a score config by its id. */
export type ScoreConfigFinder = (id: string) => ScoreConfig | undefined

/**
 * Holds a score against the config it names, which says its name and data type. Langfuse does this after it has answered, and drops what
 * does not fit; saying so at once is of more use here.
 *
 * @param body The checked score.
 * @param findConfig Finds the config.
 * @returns The score with what its config says, or the problem in Langfuse's words.
 */
export function scoreAgainstConfig(body: ScoreBody, findConfig: ScoreConfigFinder): ConfiguredScore {
  if (!body.configId) return { kind: 'fits', body }
  const config = findConfig(body.configId)
  if (config === undefined) {
    return problem('The configId you provided does not match a valid config in this project')
  }
  const { dataType, name, isArchived } = config
  if (body.dataType !== undefined && body.dataType !== dataType) {
    return problem(`Data type mismatch based on config: expected ${dataType}, got ${body.dataType}`)
  }
  if (isArchived) {
    return problem('Config is archived and cannot be used to create new scores. Please restore the config first.')
  }
  const wrong = valueProblem(body.value, config)
  if (wrong !== undefined) return problem(`Ingested score body not valid against provided config: ${wrong}`)
  const category = config.categories?.find(({ label }) => label === body.value)
  const numeric = dataType === 'CATEGORICAL' && category !== undefined ? { categoryValue: category.value } : {}
  return { kind: 'fits', body: { ...body, ...numeric, name, dataType } }
}

function valueProblem(
  value: string | number,
  { dataType, minValue, maxValue, categories }: ScoreConfig,
): string | undefined {
  const isText = dataType === 'CATEGORICAL' || dataType === 'TEXT'
  if (isText !== (typeof value === 'string')) {
    return `value - Invalid input: expected ${isText ? 'string' : 'number'}, received ${typeof value}`
  }
  if (typeof value === 'string') return textProblem(value, dataType, categories)
  if (dataType === 'BOOLEAN') return value === 0 || value === 1 ? undefined : 'value - Value must be either 0 or 1'
  if (maxValue !== null && value > maxValue) return ` - Value exceeds maximum value of ${maxValue} defined in config`
  if (minValue !== null && value < minValue) return ` - Value is below minimum value of ${minValue} defined in config`
  return undefined
}

function textProblem(
  value: string,
  dataType: ScoreConfig['dataType'],
  categories: ScoreConfig['categories'],
): string | undefined {
  if (dataType === 'CATEGORICAL') {
    const isKnown = categories?.some(({ label }) => label === value) === true
    return isKnown ? undefined : ` - Value ${value} does not map to a valid category. Pass a valid category value.`
  }
  if (value === '') return 'value - Too small: expected string to have >=1 characters'
  return value.length > MAX_TEXT_LENGTH
    ? `value - Too big: expected string to have <=${MAX_TEXT_LENGTH} characters`
    : undefined
}

function problem(message: string): ConfiguredScore {
  return { kind: 'problem', message }
}
