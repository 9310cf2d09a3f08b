/** A span in the JSON form of OTLP, as far as it is used here. */
export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: 1
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly OtlpAttribute[]
}

interface OtlpAttribute {
  readonly key: string
  readonly value: { readonly stringValue: string } | { readonly boolValue: boolean }
}

/**
 * Writes attributes in the JSON form of OTLP.
 *
 * @param attributes - Text and flags by name; what is `undefined` is left out.
 * @returns The list that a span carries.
 */
export function otlpAttributes(
  attributes: Readonly<Record<string, string | boolean | undefined>>,
): readonly OtlpAttribute[] {
  return Object.entries(attributes).flatMap(([key, value]) => {
    if (value === undefined) return []
    return [{ key, value: typeof value === 'string' ? { stringValue: value } : { boolValue: value } }]
  })
}

/**
 * Gives a time as OTLP writes it.
 *
 * @param unixMillis - Milliseconds since the epoch.
 * @returns Nanoseconds since the epoch, as text, for no JSON number holds them.
 */
export function unixNano(unixMillis: number): string {
  return `${BigInt(Math.round(unixMillis)) * 1_000_000n}`
}
