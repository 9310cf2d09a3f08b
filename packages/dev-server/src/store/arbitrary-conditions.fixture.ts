import fc, { type Arbitrary } from 'fast-check'
import { anyAmount, anyId, anyMillis, anyText } from './arbitrary-rows.fixture.js'
import { type ColumnKind, OBSERVATION_COLUMNS } from './observation-columns.js'
import type { ObservationCondition, OrderOperator, TextOperator } from './observation-query.js'

const TEXT_OPERATORS: readonly TextOperator[] = [
  ...(['=', 'contains', 'does not contain', 'starts with', 'ends with', 'matches'] as const),
]

const ORDER_OPERATORS: readonly OrderOperator[] = ['=', '>', '<', '>=', '<=']

const anyValue = fc.oneof(anyText, anyId, fc.constantFrom('GENERATION', 'ERROR', 'default', 'otel'))
const anyValues = fc.array(anyValue, { maxLength: 3 })
const anyOrder = fc.constantFrom(...ORDER_OPERATORS)

/** What is asked of a column of each kind. */
const ASKED: Readonly<Record<ColumnKind, Arbitrary<object>>> = {
  text: fc.oneof(
    fc.record({ type: fc.constant('text'), operator: fc.constantFrom(...TEXT_OPERATORS), value: anyValue }),
    fc.record({ type: fc.constant('textList'), operator: fc.constantFrom('any of', 'none of'), values: anyValues }),
  ),
  keyed: fc.record({
    ...{ type: fc.constant('keyedText'), key: fc.oneof(anyText, fc.constantFrom('a.b', '__proto__')) },
    ...{ operator: fc.constantFrom(...TEXT_OPERATORS), value: anyValue },
  }),
  number: fc.record({ type: fc.constant('number'), operator: anyOrder, value: anyAmount }),
  time: fc.record({ type: fc.constant('time'), operator: anyOrder, millis: fc.oneof(anyMillis, fc.constant(0.5)) }),
  boolean: fc.record({ type: fc.constant('boolean'), operator: fc.constantFrom('=', '<>'), value: fc.boolean() }),
  array: fc.record({
    ...{ type: fc.constant('array'), operator: fc.constantFrom('any of', 'none of', 'all of'), values: anyValues },
  }),
}

const anyNull = fc.record({ type: fc.constant('null'), operator: fc.constantFrom('is null', 'is not null') })

/**
 * Conditions on columns of a table, of every type that the column takes.
 *
 * @param columns What the table has. Default: the columns of observations.
 */
export function anyConditions(
  columns: Readonly<Record<string, { readonly kind: ColumnKind }>> = OBSERVATION_COLUMNS,
): Arbitrary<ObservationCondition[]> {
  const anyCondition = fc.constantFrom(...Object.entries(columns)).chain(([column, { kind }]) =>
    // The kinds of columns and the types of conditions belong together as the table above has them.
    fc
      .oneof({ weight: 5, arbitrary: ASKED[kind] }, { weight: 1, arbitrary: anyNull })
      .map((asked) => ({ column, ...asked }) as ObservationCondition),
  )
  return fc.array(anyCondition, { maxLength: 2 })
}
