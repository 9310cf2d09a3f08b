import { invalidOption } from '../options/invalid-option.js'
import { isRecord } from '../wire/read-field.js'

/**
 * Checks the facts that are told about a dataset or a run.
 *
 * @param metadata - What the caller passed; nothing is fine.
 * @throws {LoaderError} `invalid_options` if it is no record that JSON has a form for.
 */
export function checkMetadata(metadata: unknown): void {
  if (metadata === undefined) return
  const advice = "expected for example { model: 'gpt-4o' }"
  if (!isRecord(metadata)) throw invalidOption('metadata', 'it is no plain object', advice)
  try {
    JSON.stringify(metadata)
  } catch {
    throw invalidOption('metadata', 'it has no form in JSON', advice)
  }
}
