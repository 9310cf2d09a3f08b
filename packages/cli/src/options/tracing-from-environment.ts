import process from 'node:process'

/**
 * Finds the variable that turns all tracing off.
 *
 * @returns It with its value, as a shell writes it; `undefined` if there is none.
 */
export function switchedOffBy(): string | undefined {
  const read = (name: string): string => process.env[name]?.trim().toLowerCase() ?? ''
  if (read('OTEL_SDK_DISABLED') === 'true') return 'OTEL_SDK_DISABLED=true'
  return read('TRACING_MODE') === 'noop' ? 'TRACING_MODE=noop' : undefined
}
