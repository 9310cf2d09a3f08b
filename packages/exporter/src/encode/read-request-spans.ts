import { createEnvelope, type Envelope } from './envelope.js'
import { FieldCursor } from './field-cursor.js'
import { BYTES, tagOf } from './wire-type.js'

// Field numbers of opentelemetry/proto/collector/trace/v1/trace_service.proto and …/trace/v1/trace.proto.
const RESOURCE_SPANS = tagOf(1, BYTES)
const SCOPE_SPANS = tagOf(2, BYTES)
const SPANS = tagOf(2, BYTES)

/** Where a span stands in an encoded request. */
export interface RequestSpan {
  /** What stands around the spans of its resource. */
  readonly resource: Envelope
  /** What stands around the spans of its scope. */
  readonly scope: Envelope
  /** Where it begins, with tag and length. */
  readonly start: number
  /** Where it ends. */
  readonly end: number
}

/** What was found in a request. */
export type RequestSpans =
  | { readonly kind: 'spans'; readonly spans: readonly RequestSpan[] }
  /** It is no `ExportTraceServiceRequest`, or not all of one. */
  | { readonly kind: 'malformed' }

/**
 * Finds the spans in an encoded request without decoding them: what they hold is not looked at.
 *
 * @param body - An `ExportTraceServiceRequest`, or any other bytes: they may come from a disk.
 */
export function readRequestSpans(body: Uint8Array): RequestSpans {
  const spans: RequestSpan[] = []
  const request = readMessage(body, { messageStart: 0, end: body.length }, RESOURCE_SPANS)
  // Fields of a request that are no spans would be lost with it: there are none today.
  if (!request || request.envelope.head.length + request.envelope.tail.length > 0) return { kind: 'malformed' }
  for (const resourceSpans of request.members) {
    const resource = readMessage(body, resourceSpans, SCOPE_SPANS)
    if (!resource) return { kind: 'malformed' }
    for (const scopeSpans of resource.members) {
      const scope = readMessage(body, scopeSpans, SPANS)
      if (!scope) return { kind: 'malformed' }
      for (const { start, end } of scope.members) {
        spans.push({ resource: resource.envelope, scope: scope.envelope, start, end })
      }
    }
  }
  return { kind: 'spans', spans }
}

interface Member {
  readonly start: number
  readonly messageStart: number
  readonly end: number
}

// Parts the members of a message from the other fields, whatever these are: later versions of OTLP may have more.
function readMessage(
  body: Uint8Array,
  { messageStart, end }: Pick<Member, 'messageStart' | 'end'>,
  memberTag: number,
): { readonly envelope: Envelope; readonly members: readonly Member[] } | undefined {
  const fields = new FieldCursor(body, messageStart, end)
  const members: Member[] = []
  const head: Uint8Array[] = []
  const tail: Uint8Array[] = []
  while (fields.next()) {
    if (fields.tag === memberTag) {
      members.push({ start: fields.start, messageStart: fields.valueStart, end: fields.end })
    } else {
      const side = members.length === 0 ? head : tail
      side.push(body.subarray(fields.start, fields.end))
    }
  }
  if (fields.isMalformed) return undefined
  return { envelope: createEnvelope(Buffer.concat(head), Buffer.concat(tail)), members }
}
