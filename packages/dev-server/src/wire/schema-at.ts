import type * as v from 'valibot'
import { isRecord } from '../is-record.js'

/**
 * What a schema says of a place in a value: valibot says of a key that is missing only that it is.
 *
 * @param schema The schema of the whole.
 * @param path The way to the place, each step with the value it goes out from.
 * @returns The schema of the place, without what makes it optional; undefined when the schema says nothing of it.
 */
export function schemaAt(
  schema: v.GenericSchema<unknown, unknown>,
  path: readonly { readonly key: unknown; readonly input: unknown }[],
): Readonly<Record<string, unknown>> | undefined {
  // Schemas of valibot are plain objects, which its types hide.
  let found: unknown = schema
  for (const { key, input } of path) found = step(found, String(key), input)
  return unwrap(found)
}

function step(from: unknown, key: string, input: unknown): unknown {
  const schema = unwrap(from)
  if (schema === undefined) return undefined
  if (isRecord(schema.entries)) return Object.hasOwn(schema.entries, key) ? schema.entries[key] : undefined
  if (Array.isArray(schema.options)) return stepInto(schema.options, schema.key, key, input)
  return schema.item ?? schema.value
}

/** Of several schemas the one that the value has chosen by its discriminator, else the first that knows the key. */
function stepInto(options: readonly unknown[], discriminator: unknown, key: string, input: unknown): unknown {
  const chosen = options.filter((option) => {
    const literal = step(option, String(discriminator), input)
    return isRecord(input) && isRecord(literal) && literal.literal === input[String(discriminator)]
  })
  return [...chosen, ...options].map((option) => step(option, key, input)).find((schema) => schema !== undefined)
}

function unwrap(schema: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(schema)) return undefined
  return 'wrapped' in schema ? unwrap(schema.wrapped) : schema
}
