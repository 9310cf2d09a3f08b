import * as v from 'valibot'

/**
 * A query parameter that may be left out. One that is present and empty counts as left out: templating systems send such.
 *
 * @param schema What it must look like when it is there.
 * @returns The schema, which gives undefined for an absent one.
 */
export function orAbsent<T extends v.GenericSchema<string, unknown>>(
  schema: T,
): v.GenericSchema<unknown, v.InferOutput<T> | undefined> {
  return v.optional(
    v.union([
      v.pipe(
        v.literal(''),
        v.transform(() => undefined),
      ),
      schema,
    ]),
  )
}
