import type { Attributes } from '@opentelemetry/api'
import type { InstrumentationScope } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'
import { encodeAttributes } from './encode-value.js'
import { createEnvelope, type Envelope } from './envelope.js'
import { ProtobufWriter } from './protobuf-writer.js'
import { BYTES, tagOf, VARINT } from './wire-type.js'

// Field numbers of opentelemetry/proto/trace/v1/trace.proto: ResourceSpans and ScopeSpans agree on theirs.
const MESSAGE = tagOf(1, BYTES)
const SCHEMA_URL = tagOf(3, BYTES)
// …/resource/v1/resource.proto and …/common/v1/common.proto
const RESOURCE = { attributes: tagOf(1, BYTES), droppedAttributesCount: tagOf(2, VARINT) } as const
const SCOPE = {
  name: tagOf(1, BYTES),
  version: tagOf(2, BYTES),
  attributes: tagOf(3, BYTES),
  droppedAttributesCount: tagOf(4, VARINT),
} as const

/**
 * Encodes what stands around the spans of a resource.
 *
 * @param resource - The resource.
 * @throws Whatever a getter in it throws.
 */
export function encodeResource(resource: Resource): Envelope {
  return encode(512, resource.schemaUrl, (writer) => {
    encodeAttributes(writer, RESOURCE.attributes, resource.attributes)
    // No resource of the SDK knows how many it dropped.
    writer.writeUint32(RESOURCE.droppedAttributesCount, 0)
  })
}

/** What other SDKs and later versions of this one know of a scope. */
interface AttributedScope extends InstrumentationScope {
  readonly attributes?: Attributes
  readonly droppedAttributesCount?: number
}

/**
 * Encodes what stands around the spans of an instrumentation scope.
 *
 * @param scope - The scope.
 * @throws Whatever a getter in it throws.
 */
export function encodeScope(scope: AttributedScope): Envelope {
  return encode(64, scope.schemaUrl, (writer) => {
    writer.writeText(SCOPE.name, scope.name)
    if (scope.version) writer.writeText(SCOPE.version, scope.version)
    encodeAttributes(writer, SCOPE.attributes, scope.attributes)
    if (scope.droppedAttributesCount) {
      writer.writeUint32(SCOPE.droppedAttributesCount, scope.droppedAttributesCount)
    }
  })
}

function encode(
  expectedBytes: number,
  schemaUrl: string | undefined,
  encodeFields: (writer: ProtobufWriter) => void,
): Envelope {
  const writer = new ProtobufWriter(2 * expectedBytes)
  writer.open(MESSAGE, expectedBytes)
  encodeFields(writer)
  writer.close()
  const headBytes = writer.position
  if (schemaUrl) writer.writeText(SCHEMA_URL, schemaUrl)
  const bytes = Uint8Array.from(writer.written)
  return createEnvelope(bytes.subarray(0, headBytes), bytes.subarray(headBytes))
}
