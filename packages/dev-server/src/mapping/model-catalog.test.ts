import { describe, expect, it } from 'vitest'
import type { ModelDefinition, PricingCondition } from '../model/model-definition.js'
import { createModelCatalog } from './model-catalog.js'
import { createPriceFinder } from './model-prices.js'
import { priceUsage } from './price-usage.js'

function model(id: string, matchPattern: string, fields: Partial<ModelDefinition> = {}): ModelDefinition {
  const standard = { id: `${id}_tier_default`, name: 'Standard', isDefault: true, priority: 0, conditions: [] }
  return {
    ...{ id, modelName: id, matchPattern, createdAtMillis: 1, startDateMillis: null, unit: 'TOKENS' },
    ...{ tokenizerId: null, tokenizerConfig: null, tiers: [{ ...standard, prices: { input: 1, output: 2 } }] },
    ...fields,
  }
}

describe('createModelCatalog()', () => {
  it('createModelCatalog() finds models of the project before the others, once it knows of them', () => {
    const own: ModelDefinition[] = []
    const { findModel, refresh } = createModelCatalog(() => own)
    const known = findModel('gpt-4o')?.id
    expect(known).toBe('b9854a5c92dc496b997d99d20')
    own.push(model('ours', '(?i)^gpt-4o$'))
    expect(findModel('gpt-4o')?.id).toBe(known)
    refresh()
    expect([findModel('GPT-4o')?.id, findModel('gpt-4o-mini')?.id]).toEqual(['ours', 'clyrjp56f0000t0mzapoocd7u'])
    own.pop()
    refresh()
    expect(findModel('gpt-4o')?.id).toBe(known)
  })

  it('createModelCatalog() takes of several the one that began last, and those without a date at last', () => {
    const started = (id: string, startDateMillis: number | null) => model(id, '^x', { startDateMillis })
    const models = [started('undated', null), started('old', -5), started('new', 9), started('same', 9)]
    const { findModel } = createModelCatalog(() => models)
    expect(findModel('xy')?.id).toBe('new')
    models.splice(1)
    expect(createModelCatalog(() => models).findModel('xy')?.id).toBe('undated')
  })

  it('createModelCatalog() goes on without a pattern that takes forever, or cannot be read', () => {
    const { findModel } = createModelCatalog(() => [model('slow', '^(a+)+$'), model('none', '('), model('next', '^a')])
    expect(findModel(`${'a'.repeat(60)}!`)?.id).toBe('next')
    expect(findModel('b')).toBeUndefined()
  })

  const usage = { input: 10, input_cached: 5, output: 1 }
  const attributes = { parameters: { tier: 'fast', seed: 7 }, metadata: { region: 'eu', ['__proto__']: '' } }
  const counts = (operator: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq', value: number, caseSensitive = false) =>
    ({ usageDetailPattern: '^INPUT', operator, value, caseSensitive }) as const
  const asks = (source: 'metadata' | 'model_parameters', key: string, ...values: string[]) =>
    ({ source, key, operator: 'in', values }) as const

  it.each<[readonly PricingCondition[], string]>([
    [[counts('gt', 14)], 'Special'],
    [[counts('gt', 15)], 'Standard'],
    [[counts('gte', 15)], 'Special'],
    [[counts('lt', 15)], 'Standard'],
    [[counts('lte', 15)], 'Special'],
    [[counts('eq', 15)], 'Special'],
    [[counts('neq', 15)], 'Standard'],
    [[counts('gt', 0, true)], 'Standard'],
    [[asks('model_parameters', 'tier', 'slow', 'fast')], 'Special'],
    [[asks('model_parameters', 'seed', '7')], 'Special'],
    [[asks('metadata', 'region', 'us')], 'Standard'],
    [[asks('metadata', 'region', 'eu'), counts('gt', 14)], 'Special'],
    [[asks('metadata', 'region', 'eu'), counts('gt', 99)], 'Standard'],
    [[asks('metadata', 'constructor', '')], 'Standard'],
  ])('createModelCatalog() prices by the tier whose conditions hold: %j', (conditions, tier) => {
    const special = {
      id: 's',
      name: 'Special',
      isDefault: false,
      priority: 1,
      conditions,
      prices: { input: 3, output: 4 },
    }
    const own = model('m', '^m$')
    const { findModel } = createModelCatalog(() => [{ ...own, tiers: [...own.tiers, special] }])
    const priced = priceUsage(findModel('m'), usage, {}, attributes)
    expect(priced.pricingTierName).toBe(tier)
    expect(priced.costDetails).toEqual(
      tier === 'Special' ? { input: 30, output: 4, total: 34 } : { input: 10, output: 2, total: 12 },
    )
  })
})

describe('createPriceFinder()', () => {
  it('createPriceFinder() finds the prices of models of the project, asking once for each', () => {
    const asked: string[] = []
    const find = createPriceFinder((id) => {
      asked.push(id)
      return id === 'ours' ? model('ours', 'x') : undefined
    })
    expect(['ours', 'none', 'ours', 'none', ''].map(find)).toEqual([
      { input: 1, output: 2, total: null },
      undefined,
      { input: 1, output: 2, total: null },
      undefined,
      undefined,
    ])
    expect(asked).toEqual(['ours', 'none'])
  })
})
