import { describe, expect, it } from 'vitest'
import { createModelFinder, createPriceFinder } from './model-prices.js'
import { priceUsage } from './price-usage.js'

const findModel = createModelFinder()

describe('createModelFinder()', () => {
  it.each([
    ['gpt-4o', 'b9854a5c92dc496b997d99d20'],
    ['openai/GPT-4o', 'b9854a5c92dc496b997d99d20'],
    ['gpt-4o-mini', 'clyrjp56f0000t0mzapoocd7u'],
    ['gpt-4o-2024-08-06', 'clzjr85f70000ymmzg7hqffra'],
    ['us.anthropic.claude-3-5-sonnet-20241022-v2:0', 'cm2krz1uf000208jjg5653iud'],
    ['gemini-2.5-pro', 'cmig1hb7i000104l72qrzgc6h'],
    ['my-gpt-4o', undefined],
    ['gpt-4o\n', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ])('createModelFinder() finds for %.60s the model %s', (name, id) => {
    expect([findModel(name)?.id, findModel(name)?.id]).toEqual([id, id])
  })
})

describe('createPriceFinder()', () => {
  it.each([
    ['clyrjp56f0000t0mzapoocd7u', { input: 1.5e-7, output: 6e-7, total: null }],
    ['clruwn3pc00010al7bl611c8o', { input: null, output: null, total: 2e-8 }],
    ['', undefined],
    ['unknown', undefined],
  ])('createPriceFinder() finds of %j', (id, prices) => {
    expect(createPriceFinder(() => undefined)(id)).toEqual(prices)
  })
})

describe('priceUsage()', () => {
  it.each([
    [
      'gpt-4o',
      { input: 3, output: 4, total: 7 },
      {},
      {},
      { input: 0.0000075, output: 0.00004, total: 0.0000475 },
      'Standard',
    ],
    ['gpt-4o', { input: 3 }, {}, { service_tier: 'priority' }, { input: 0.00001275, total: 0.00001275 }, 'Fast mode'],
    ['gpt-4o', { input: 3, images: 9 }, {}, {}, { input: 0.0000075, total: 0.0000075 }, 'Standard'],
    ['gpt-4o', { input: 3 }, { total: 1 }, {}, { total: 1 }, 'Standard'],
    ['gpt-4o', { input: 3 }, { input: 0.1, output: 0.2 }, {}, { input: 0.1, output: 0.2, total: 0.3 }, 'Standard'],
    ['gpt-4o', {}, { input: 1, cached: 2 }, {}, { input: 1, cached: 2 }, null],
    ['gpt-4o', {}, {}, {}, {}, null],
    ['gemini-2.5-pro', { input: 100_000 }, {}, {}, { input: 0.125, total: 0.125 }, 'Standard'],
    [
      'gemini-2.5-pro',
      { input: 150_000, input_cached_tokens: 60_000 },
      {},
      {},
      { input: 0.375, input_cached_tokens: 0.015, total: 0.39 },
      'Large Context',
    ],
    ['text-embedding-3-small', { total: 1000 }, {}, {}, { total: 0.00002 }, 'Standard'],
    ['unknown', { input: 3 }, {}, {}, {}, null],
  ])('priceUsage() of %s for %j, stated %j, with %j', (model, usage, stated, parameters, costDetails, tier) => {
    expect(priceUsage(findModel(model), usage, stated, { parameters, metadata: {} })).toMatchObject({
      costDetails,
      pricingTierName: tier,
    })
  })
})
