import type { EncodedBatch } from './encoded-batch.js'
import type { Envelope } from './envelope.js'
import { ProtobufWriter } from './protobuf-writer.js'
import { BYTES, fieldBytes, tagOf } from './wire-type.js'

// Field numbers of opentelemetry/proto/collector/trace/v1/trace_service.proto and …/trace/v1/trace.proto.
const RESOURCE_SPANS = tagOf(1, BYTES)
const SCOPE_SPANS = tagOf(2, BYTES)

/** A message in the making: what stands around the spans, and its length so far. */
interface Group {
  readonly envelope: Envelope
  bytes: number
}

/** Spans of one scope, as the ranges of bytes in which they stand: starts and ends in turns. */
interface ScopeGroup extends Group {
  readonly ranges: number[]
}

interface ResourceGroup extends Group {
  readonly scopes: Map<string, ScopeGroup>
}

/**
 * Arranges encoded spans to a request: by resource and scope, in the order in which these come. It knows the size of the request to the
 * byte at any time, and moves no bytes before it is complete.
 */
export class RequestLayout {
  readonly #resources = new Map<string, ResourceGroup>()
  #byteLength = 0
  #spanCount = 0

  /** The size of the request. */
  get byteLength(): number {
    return this.#byteLength
  }

  /** How many spans are in it. */
  get spanCount(): number {
    return this.#spanCount
  }

  /**
   * The size of the request with one span more.
   *
   * @param resource - What stands around the spans of its resource.
   * @param scope - What stands around the spans of its scope.
   * @param spanBytes - The size of the span, with tag and length.
   */
  byteLengthWith(resource: Envelope, scope: Envelope, spanBytes: number): number {
    const group = this.#resources.get(resource.key)
    return this.#byteLength + growth(resource, group, growth(scope, group?.scopes.get(scope.key), spanBytes))
  }

  /**
   * Takes in one span.
   *
   * @param resource - What stands around the spans of its resource.
   * @param scope - What stands around the spans of its scope.
   * @param start - Where it begins, with tag and length, in the bytes that {@link assemble} will get.
   * @param end - Where it ends there.
   */
  add(resource: Envelope, scope: Envelope, start: number, end: number): void {
    let group = this.#resources.get(resource.key)
    let scopeGroup = group?.scopes.get(scope.key)
    const added = growth(scope, scopeGroup, end - start)
    this.#byteLength += growth(resource, group, added)
    this.#spanCount++
    if (!group) {
      group = { envelope: resource, bytes: envelopeBytes(resource), scopes: new Map() }
      this.#resources.set(resource.key, group)
    }
    if (!scopeGroup) {
      scopeGroup = { envelope: scope, bytes: envelopeBytes(scope), ranges: [] }
      group.scopes.set(scope.key, scopeGroup)
    }
    group.bytes += added
    scopeGroup.bytes += end - start
    // Most spans follow upon one of their own scope: then both are copied at once.
    if (scopeGroup.ranges.at(-1) === start) scopeGroup.ranges.pop()
    else scopeGroup.ranges.push(start)
    scopeGroup.ranges.push(end)
  }

  /**
   * Puts the request together.
   *
   * @param source - The bytes in which the spans stand.
   * @returns The request, in memory of its own and of just its size: what waits in a queue must not keep more than itself.
   */
  assemble(source: Uint8Array): EncodedBatch {
    const writer = new ProtobufWriter(this.#byteLength)
    for (const { envelope, bytes, scopes } of this.#resources.values()) {
      writer.writeHeader(RESOURCE_SPANS, bytes)
      writer.append(envelope.head)
      for (const scope of scopes.values()) {
        writer.writeHeader(SCOPE_SPANS, scope.bytes)
        writer.append(scope.envelope.head)
        for (let at = 0; at < scope.ranges.length; at += 2) {
          writer.append(source.subarray(scope.ranges[at], scope.ranges[at + 1]))
        }
        writer.append(scope.envelope.tail)
      }
      writer.append(envelope.tail)
    }
    return { body: writer.written, spanCount: this.#spanCount }
  }
}

// How much longer a message makes the one around it when something is added to it, or when it begins with that. Both tags take one byte.
function growth(envelope: Envelope, group: Group | undefined, added: number): number {
  if (!group) return fieldBytes(SCOPE_SPANS, envelopeBytes(envelope) + added)
  return fieldBytes(SCOPE_SPANS, group.bytes + added) - fieldBytes(SCOPE_SPANS, group.bytes)
}

function envelopeBytes({ head, tail }: Envelope): number {
  return head.length + tail.length
}
