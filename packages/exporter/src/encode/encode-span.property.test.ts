import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { arbitrarySpans } from './arbitrary-span.fixture.js'
import { BatchBuilder } from './batch-builder.js'
import { encodedByOpenTelemetry } from './outgoing-span.fixture.js'

/** Fixed, so that a failure is the same for everyone; it stands in the message of a failure. */
const SEED = 20261123

let spans = 0
afterAll(() => {
  console.log(`encodeSpan(): ${spans} arbitrary spans, each as OpenTelemetry encodes it`)
  expect(spans).toBeGreaterThanOrEqual(5000)
})

describe('encodeSpan()', () => {
  it('encodeSpan() writes arbitrary spans as ProtobufTraceSerializer does, byte for byte', () => {
    const builder = new BatchBuilder()
    fc.assert(
      fc.property(arbitrarySpans, (batch) => {
        for (const span of batch) expect(builder.add(span)).toBe('added')
        spans += batch.length
        expect(Buffer.compare(builder.take().body, encodedByOpenTelemetry(batch))).toBe(0)
      }),
      { seed: SEED, numRuns: 3000 },
    )
  })
})
