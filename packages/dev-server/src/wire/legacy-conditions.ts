import * as v from 'valibot'
import type { ObservationColumn } from '../store/observation-columns.js'
import type { ObservationCondition } from '../store/observation-query.js'
import { orAbsent } from './or-absent.js'

/** A parameter that may be there several times. */
export const ManyTexts: v.GenericSchema<unknown, string[] | undefined> = v.optional(
  v.union([
    v.pipe(
      v.string(),
      v.transform((text) => (text === '' ? [] : [text])),
    ),
    v.array(v.string()),
  ]),
)

/** A time, as milliseconds since the epoch. */
export const TimeParam: v.GenericSchema<unknown, number | undefined> = orAbsent(
  v.pipe(
    v.string(),
    v.transform((text) => new Date(text).getTime()),
    v.check((millis) => !Number.isNaN(millis), 'Invalid input: expected date, received Date'),
  ),
)

/**
 * The condition that a parameter stands for.
 *
 * @param column What must have the value.
 * @param value The value; nothing, or nothing in it, does not restrict.
 * @returns One condition, or none.
 */
export function equals(column: ObservationColumn, value: string | undefined): readonly ObservationCondition[] {
  return value ? [{ column, type: 'text', operator: '=', value }] : []
}

/**
 * The condition that a repeated parameter stands for.
 *
 * @param column What must have one of the values.
 * @param values The values; none do not restrict.
 * @returns One condition, or none.
 */
export function anyOf(column: ObservationColumn, values: readonly string[] = []): readonly ObservationCondition[] {
  return values.length === 0 ? [] : [{ column, type: 'textList', operator: 'any of', values }]
}

/**
 * The conditions that a window of time stands for.
 *
 * @param column What must be in it.
 * @param fromMillis Its begin, inclusive.
 * @param toMillis Its end, exclusive.
 * @returns A condition for each end that is there.
 */
export function between(
  column: ObservationColumn,
  fromMillis: number | undefined,
  toMillis: number | undefined,
): readonly ObservationCondition[] {
  return [
    ...(fromMillis === undefined ? [] : [{ column, type: 'time', operator: '>=', millis: fromMillis } as const]),
    ...(toMillis === undefined ? [] : [{ column, type: 'time', operator: '<', millis: toMillis } as const]),
  ]
}
