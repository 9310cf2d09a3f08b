import type { MetricCondition } from '../store/metric-query.js'
import type { MetricDimension, MetricView } from '../store/metric-view.js'
import { invalidData, invalidRequest } from './api-error.js'
import { comparisonOf, type FilterCondition } from './filter-condition.js'

/**
 * The conditions of a query for metrics: on dimensions of its view, its time and metadata, and on nothing else.
 *
 * @param filters The conditions as they came in.
 * @param view What they are about.
 * @returns The conditions.
 * @throws {ApiError} 400 in Langfuse's words if the view has no such column, or it does not take such a condition.
 */
export function metricConditions(filters: readonly FilterCondition[], view: MetricView): MetricCondition[] {
  // Langfuse reads this type, and then leaves it out.
  return filters.filter(({ type }) => type !== 'positionInTrace').map((filter) => toCondition(filter, view))
}

function toCondition(filter: FilterCondition, { dimensions, time }: MetricView): MetricCondition {
  requireKnownOperator(filter)
  const { column } = filter
  // Widgets say `scoreName` and `traceName` where a view says `name`.
  const name = !dimensions.has(column) && column.endsWith('Name') ? 'name' : column
  const dimension = dimensions.get(name)
  if (dimension !== undefined) {
    requireType(
      filter,
      TYPES[dimension.type],
      `dimension type '${dimension.isEach === true ? 'arrayString' : NAMES[dimension.type]}'`,
    )
    return { column: name, ...comparisonOf(filter, dimension.type === 'array') }
  }
  if (column === time.name) requireType(filter, ['datetime'], `time dimension '${time.name}'`)
  else if (column !== 'metadata') {
    const known = [...dimensions.keys()].join(',')
    throw invalidRequest(`Invalid filter column ${column}. Must be one of ${known} or ${time.name}`)
  } else if (filter.type !== 'stringObject') {
    throw invalidRequest(
      `Invalid filter for field 'metadata': Metadata filters require type 'stringObject' with a 'key' property, not '${filter.type}'. ` +
        'Example: {"column": "metadata", "type": "stringObject", "key": "environment", "operator": "=", "value": "production"}',
    )
  }
  return { column, ...comparisonOf(filter, false) }
}

type FilterType = FilterCondition['type']

const TYPES: Readonly<Record<MetricDimension['type'], readonly FilterType[]>> = {
  string: ['string', 'stringOptions'],
  number: ['number'],
  boolean: ['boolean'],
  array: ['arrayOptions'],
}

/** What Langfuse calls them. */
const NAMES: Readonly<Record<MetricDimension['type'], string>> = {
  ...{ string: 'string', number: 'number', boolean: 'boolean', array: 'string[]' },
}

function requireType({ column, type }: FilterCondition, expected: readonly FilterType[], of: string): void {
  if (type === 'null' || expected.includes(type)) return
  const names = expected.map((name) => `'${name}'`).join(' or ')
  throw invalidRequest(
    `Invalid filter for field '${column}': Filter type '${type}' is not supported for ${of}. Expected ${names}.`,
  )
}

/** Full-text search is for observations alone. */
function requireKnownOperator(filter: FilterCondition): void {
  if (filter.operator !== 'matches') return
  const values = ['=', 'contains', 'does not contain', 'starts with', 'ends with']
  const message = `Invalid option: expected one of ${values.map((value) => `"${value}"`).join('|')}`
  throw invalidData([{ code: 'invalid_value', values, path: ['query', 'filters', 'operator'], message }])
}
