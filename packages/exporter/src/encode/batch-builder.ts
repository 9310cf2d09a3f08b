import type { Resource } from '@opentelemetry/resources'
import { encodeResource, encodeScope } from './encode-envelope.js'
import { encodeSpan } from './encode-span.js'
import type { EncodedBatch } from './encoded-batch.js'
import type { Envelope } from './envelope.js'
import type { OutgoingSpan } from './outgoing-span.js'
import { ProtobufWriter } from './protobuf-writer.js'
import { RequestLayout } from './request-layout.js'
import { BYTES, tagOf } from './wire-type.js'

/** `ScopeSpans.spans` of opentelemetry/proto/trace/v1/trace.proto. */
const SPANS = tagOf(2, BYTES)

const INITIAL_BYTES = 64 * 1024
/** What is kept between batches for the next to be encoded in: twice 512 spans of 2 kB. */
const KEPT_BYTES = 2 * 1024 * 1024

/** What became of a span that was to be added. */
export type AddOutcome =
  /** It is in the batch. */
  | 'added'
  /** It does not fit beside what is there: take the batch, then add it again. */
  | 'full'
  /** It holds something that cannot be encoded, and is left out. */
  | 'unencodable'

/** Encodes spans one after the other, and makes requests of them. One serves for many requests: it remembers what these have in common. */
export class BatchBuilder {
  readonly #maxBytes: number
  readonly #writer = new ProtobufWriter(INITIAL_BYTES)
  readonly #envelopes = new WeakMap<object, Envelope>()
  /** Of resources that are still being detected: what is known of them now, for this request. */
  #unsettled = new WeakMap<object, Envelope>()
  #layout = new RequestLayout()
  #isEncoding = false

  /**
   * @param maxBytes - The largest body of a request. A span that is larger alone gets a request of its own. By default there is no limit.
   */
  constructor(maxBytes: number = Number.POSITIVE_INFINITY) {
    this.#maxBytes = maxBytes
  }

  /** The size of the body so far, to the byte. */
  get byteLength(): number {
    return this.#layout.byteLength
  }

  /** Spans in it so far. */
  get spanCount(): number {
    return this.#layout.spanCount
  }

  /**
   * Encodes a span and puts it to the others of its resource and scope. Resources and scopes are the same when they are one object or have
   * one content. Never throws; a span comes in as a whole or not at all.
   *
   * @param span - The span.
   */
  add(span: OutgoingSpan): AddOutcome {
    // A getter in a span can end another one, which must not come to stand in the middle of the first.
    if (this.#isEncoding) return 'unencodable'
    this.#isEncoding = true
    const start = this.#writer.position
    try {
      const resource = this.#resourceEnvelope(span.resource)
      const scope = remembered(this.#envelopes, span.scope, encodeScope)
      encodeSpan(this.#writer, SPANS, span)
      const end = this.#writer.position
      if (this.spanCount > 0 && this.#layout.byteLengthWith(resource, scope, end - start) > this.#maxBytes) {
        this.#writer.rewind(start)
        return 'full'
      }
      this.#layout.add(resource, scope, start, end)
      return 'added'
    } catch {
      this.#writer.rewind(start)
      return 'unencodable'
    } finally {
      this.#isEncoding = false
    }
  }

  /** Hands out the request, and begins the next one. */
  take(): EncodedBatch {
    const batch = this.#layout.assemble(this.#writer.written)
    this.#layout = new RequestLayout()
    this.#unsettled = new WeakMap()
    // What is being encoded now, if this is called from inside of it, comes into the next one.
    if (!this.#isEncoding) this.#writer.clear(KEPT_BYTES)
    return batch
  }

  #resourceEnvelope(resource: Resource): Envelope {
    return remembered(resource.asyncAttributesPending ? this.#unsettled : this.#envelopes, resource, encodeResource)
  }
}

function remembered<T extends object>(cache: WeakMap<object, Envelope>, of: T, encode: (of: T) => Envelope): Envelope {
  const known = cache.get(of)
  if (known) return known
  const envelope = encode(of)
  cache.set(of, envelope)
  return envelope
}
