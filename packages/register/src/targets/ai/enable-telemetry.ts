import { context } from '@opentelemetry/api'
import { hasOwner } from '../../calls/call-owner.js'
import { fieldsOf } from '../../calls/read-fields.js'

/**
 * Arguments of a call of the AI SDK 5 or 6 with which it makes spans.
 *
 * @param args - What the application gave; is left as it is.
 * @returns The same arguments if the application decided about telemetry itself, or if the call is part of one that has its span.
 */
export function enableTelemetry(args: readonly unknown[]): readonly unknown[] {
  const [options, ...rest] = args
  if (typeof options !== 'object' || options === null) return args
  const telemetry = fieldsOf(fieldsOf(options).experimental_telemetry)
  if (telemetry.isEnabled !== undefined || hasOwner(context.active())) return args
  return [{ ...options, experimental_telemetry: { ...telemetry, isEnabled: true } }, ...rest]
}
