import { isRecord } from '../is-record.js'
import type { DecodedEvent, DecodedScope, DecodedScopeSpans, DecodedSpan } from './decoded-span.js'
import { attributesFromJson } from './json-any-value.js'
import { millisFromJson } from './unix-nano.js'

/**
 * The spans of an OTLP/JSON export that {@link inspectExport} found sound.
 *
 * @param resourceSpans The `resourceSpans` of the request.
 * @returns The spans, grouped by resource and scope.
 * @throws {RangeError} If an attribute value nests too deep.
 */
export function decodeJson(resourceSpans: readonly unknown[]): DecodedScopeSpans[] {
  const decoded: DecodedScopeSpans[] = []
  for (const resourceSpan of resourceSpans) {
    if (!isRecord(resourceSpan)) continue
    const resourceAttributes = attributesFromJson(
      isRecord(resourceSpan.resource) ? resourceSpan.resource.attributes : [],
    )
    for (const scopeSpan of list(resourceSpan.scopeSpans)) {
      if (!isRecord(scopeSpan)) continue
      const spans = list(scopeSpan.spans).filter(isRecord).map(decodeSpan)
      decoded.push({ resourceAttributes, scope: decodeScope(scopeSpan.scope), spans })
    }
  }
  return decoded
}

function decodeScope(scope: unknown): DecodedScope {
  const fields = isRecord(scope) ? scope : {}
  return { name: text(fields.name), version: text(fields.version), attributes: attributesFromJson(fields.attributes) }
}

function decodeSpan(span: Record<string, unknown>): DecodedSpan {
  const status = isRecord(span.status) ? span.status : {}
  return {
    traceId: decodeId(span.traceId),
    spanId: decodeId(span.spanId),
    parentSpanId: span.parentSpanId ? decodeId(span.parentSpanId) : '',
    name: text(span.name) ?? '',
    startTimeMillis: millisFromJson(span.startTimeUnixNano),
    endTimeMillis: millisFromJson(span.endTimeUnixNano),
    attributes: attributesFromJson(span.attributes),
    events: list(span.events).filter(isRecord).map(decodeEvent),
    statusCode: statusCode(status.code),
    statusMessage: text(status.message),
  }
}

function decodeEvent(event: Record<string, unknown>): DecodedEvent {
  return { name: text(event.name) ?? '', attributes: attributesFromJson(event.attributes) }
}

/** Ids are hex strings in OTLP/JSON; Python exporters have sent byte arrays, and a Buffer becomes `{ type, data }` in JSON. */
function decodeId(id: unknown): string {
  if (typeof id === 'string') return id
  const bytes = Array.isArray(id) ? id : isRecord(id) && Array.isArray(id.data) ? id.data : []
  return Buffer.from(bytes.map(Number)).toString('hex')
}

/** The JSON mapping allows an enum's number and its name. */
function statusCode(code: unknown): number {
  if (code === 'STATUS_CODE_ERROR') return 2
  return typeof code === 'number' ? code : 0
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
