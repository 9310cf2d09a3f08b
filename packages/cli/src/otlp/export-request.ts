import type { Attributes, AttributeValue, Span } from './span.js'

/**
 * Writes spans as an OTLP/HTTP request in JSON (opentelemetry-proto, `ExportTraceServiceRequest`).
 *
 * @param spans - The spans; those of one origin are put together, in their order.
 * @returns The body.
 */
export function exportRequest(spans: readonly Span[]): string {
  const groups = new Map<string, Span[]>()
  for (const span of spans) {
    const key = JSON.stringify(span.origin)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [span])
    else group.push(span)
  }
  return JSON.stringify({ resourceSpans: [...groups.values()].map(resourceSpans) })
}

function resourceSpans(spans: readonly Span[]): object {
  const [first] = spans
  const { resource = {}, scopeName = '', scopeVersion, scopeAttributes } = first?.origin ?? {}
  const scope = {
    name: scopeName,
    ...(scopeVersion === undefined ? {} : { version: scopeVersion }),
    ...(scopeAttributes === undefined ? {} : { attributes: keyValues(scopeAttributes) }),
  }
  return { resource: { attributes: keyValues(resource) }, scopeSpans: [{ scope, spans: spans.map(otlpSpan) }] }
}

function otlpSpan(span: Span): object {
  return {
    traceId: span.traceId,
    spanId: span.id,
    ...(span.parentId === undefined ? {} : { parentSpanId: span.parentId }),
    name: span.name,
    kind: 1,
    startTimeUnixNano: nanos(span.startMillis),
    endTimeUnixNano: nanos(span.endMillis),
    attributes: keyValues(span.attributes),
    // Langfuse reads the level from its own attribute; others read the status.
    ...(span.attributes['langfuse.observation.level'] === 'ERROR' ? { status: { code: 2 } } : {}),
  }
}

// 64-bit numbers are text in OTLP's JSON, and too large for `number`.
function nanos(millis: number): string {
  return `${BigInt(Math.round(millis)) * 1_000_000n}`
}

function keyValues(attributes: Attributes): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }))
}

function anyValue(value: AttributeValue): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: `${value}` } : { doubleValue: value }
  return { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } }
}
