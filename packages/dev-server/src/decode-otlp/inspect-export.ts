import { isRecord } from '../is-record.js'

/** How many scope names a rejection mentions at most. */
const MAX_SCOPE_NAMES = 5

/**
 * Says what is wrong with an OTLP/JSON export, if anything.
 *
 * One bad span condemns the whole request, as in Langfuse: a broken sender is broken throughout, and half a batch is worse
 * than a clear refusal. The usual culprits are a logs exporter pointed at the traces endpoint, whose records have no ids, and
 * hand-written exporters that send attributes as an object.
 *
 * @param resourceSpans The `resourceSpans` of the request.
 * @returns The sentence to refuse it with, or undefined when it can be decoded.
 */
export function inspectExport(resourceSpans: unknown): string | undefined {
  const found = new Findings()
  if (!Array.isArray(resourceSpans)) found.addCollection('resourceSpans:not_an_array')
  else for (const resourceSpan of resourceSpans) inspectResource(resourceSpan, found)
  return found.describe()
}

class Findings {
  private readonly reasons = new Set<string>()
  private readonly scopeNames = new Set<string>()
  private badCollections = 0
  private badSpans = 0
  private spans = 0

  addCollection(reason: string, scopeName?: unknown): void {
    this.badCollections += 1
    this.note(reason, scopeName)
  }

  addSpan(reasons: readonly string[], scopeName: unknown): void {
    this.spans += 1
    if (reasons.length === 0) return
    this.badSpans += 1
    for (const reason of reasons) this.note(reason, scopeName)
  }

  describe(): string | undefined {
    if (this.reasons.size === 0) return undefined
    const problems: string[] = []
    if (this.badSpans > 0) problems.push(`${this.badSpans} of ${this.spans} spans cannot be read`)
    if (this.badCollections > 0) problems.push(`${this.badCollections} fields are present but not arrays`)
    const scopes = [...this.scopeNames].join(', ') || 'unknown'
    return (
      `Invalid OTLP trace export: ${problems.join('; ')} (${[...this.reasons].join(', ')}). ` +
      'Every span needs a traceId and a spanId, each a string or a byte array; scopeSpans, spans, attributes and events are arrays, ' +
      `and attributes is a list of {key, value}. Nothing of this export was stored. Instrumentation scopes: ${scopes}. ` +
      'This endpoint takes traces only: point exporters of logs elsewhere.'
    )
  }

  private note(reason: string, scopeName: unknown): void {
    this.reasons.add(reason)
    if (typeof scopeName === 'string' && scopeName !== '' && this.scopeNames.size < MAX_SCOPE_NAMES) {
      this.scopeNames.add(scopeName)
    }
  }
}

function inspectResource(resourceSpan: unknown, found: Findings): void {
  if (!isRecord(resourceSpan)) return
  if (isRecord(resourceSpan.resource) && isNoList(resourceSpan.resource.attributes)) {
    found.addCollection('resource.attributes:not_an_array')
  }
  if (isNoList(resourceSpan.scopeSpans)) found.addCollection('scopeSpans:not_an_array')
  if (!Array.isArray(resourceSpan.scopeSpans)) return
  for (const scopeSpan of resourceSpan.scopeSpans) if (isRecord(scopeSpan)) inspectScope(scopeSpan, found)
}

function inspectScope(scopeSpan: Record<string, unknown>, found: Findings): void {
  const scope = isRecord(scopeSpan.scope) ? scopeSpan.scope : {}
  if (isNoList(scope.attributes)) found.addCollection('scope.attributes:not_an_array', scope.name)
  if (isNoList(scopeSpan.spans)) found.addCollection('spans:not_an_array', scope.name)
  if (!Array.isArray(scopeSpan.spans)) return
  for (const span of scopeSpan.spans) found.addSpan(inspectSpan(isRecord(span) ? span : {}), scope.name)
}

function inspectSpan(span: Record<string, unknown>): string[] {
  const reasons: string[] = []
  for (const field of ['traceId', 'spanId'] as const) {
    if (span[field] === undefined || span[field] === null) reasons.push(`${field}:absent`)
    else if (!isId(span[field])) reasons.push(`${field}:not_an_id`)
  }
  // A parent is optional, and Langfuse looks at it only when it is truthy.
  if (span.parentSpanId && !isId(span.parentSpanId)) reasons.push('parentSpanId:not_an_id')
  if (isNoList(span.attributes)) reasons.push('attributes:not_an_array')
  if (isNoList(span.events)) reasons.push('events:not_an_array')
  else if (Array.isArray(span.events) && span.events.some((event) => isRecord(event) && isNoList(event.attributes))) {
    reasons.push('event.attributes:not_an_array')
  }
  return reasons
}

function isId(value: unknown): boolean {
  if (typeof value === 'string') return true
  const bytes = isRecord(value) && value.type === 'Buffer' ? value.data : value
  // The length bound keeps `[0, 0, … ]` of a million entries from becoming an id.
  return Array.isArray(bytes) && bytes.length <= 64 && bytes.every((byte) => Number.isInteger(byte))
}

/** Present, and yet not a list. Absent and empty are both fine. */
function isNoList(value: unknown): boolean {
  return value !== undefined && value !== null && !Array.isArray(value)
}
