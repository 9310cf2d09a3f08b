import { describe, expect, it } from 'vitest'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { SizeBound } from './size-bound.js'

const batch = (bytes: number, spanCount = 2): EncodedBatch => ({ body: new Uint8Array(bytes), spanCount })

describe('SizeBound', () => {
  it('refused() remembers the smallest batch, and no span that was alone', () => {
    const bound = new SizeBound()
    expect(bound.bytes).toBe(Number.POSITIVE_INFINITY)
    for (const refused of [batch(1000), batch(3000), batch(10, 1)]) bound.refused(refused)
    expect(bound.bytes).toBe(1000)
  })

  it('accepted() lets the bound grow back after a hundred acceptances without a refusal', () => {
    const bound = new SizeBound()
    bound.refused(batch(1000))
    for (let n = 0; n < 99; n++) bound.accepted()
    expect(bound.bytes).toBe(1000)
    bound.refused(batch(900))
    for (let n = 0; n < 99; n++) bound.accepted()
    expect(bound.bytes).toBe(900)
    bound.accepted()
    expect(bound.bytes).toBe(1800)
  })
})
