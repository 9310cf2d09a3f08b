import { describe, expect, it } from 'vitest'
import type { ModelDefinition } from '../model/model-definition.js'
import type { ModelStore } from './model-store.js'

function model(fields: Partial<ModelDefinition> = {}): ModelDefinition {
  const standard = { id: 'm1_tier_default', name: 'Standard', isDefault: true, priority: 0, conditions: [] }
  return {
    ...{ id: 'm1', modelName: 'house-model', matchPattern: '(?i)^house-model$', createdAtMillis: 1 },
    ...{ startDateMillis: null, unit: 'TOKENS', tokenizerId: null, tokenizerConfig: null },
    tiers: [{ ...standard, prices: { input: 0.000001 } }],
    ...fields,
  }
}

/** What every store of models must do; each adapter runs it. */
export function describeModelStore(name: string, open: () => ModelStore): void {
  describe(`${name} keeps the contract of ModelStore`, () => {
    it('putModel() stores what findModel() gives back, and no two of one id or name', () => {
      const store = open()
      const usage = { usageDetailPattern: '^in', operator: 'gte', value: 2, caseSensitive: true } as const
      const parameter = { source: 'metadata', key: 'k', operator: 'in', values: ['a', '"b"'] } as const
      const special = { id: 't', name: 'Large', isDefault: false, priority: 1, prices: { 'input"': 1.5 } }
      const rich = model({
        ...{ id: 'm2', modelName: 'l\u{1f600}\u2028', startDateMillis: 5, unit: 'IMAGES', tokenizerId: 'openai' },
        tokenizerConfig: { tokenizerModel: 'x', deep: [null, { y: 1 }] },
        tiers: [...model().tiers, { ...special, conditions: [usage, parameter] }],
      })
      for (const each of [model(), rich]) store.putModel(each)
      expect([store.findModel('m1'), store.findModel('m2')]).toEqual([model(), rich])
      expect(store.findModel("m1' OR 1")).toBeUndefined()
      expect(() => store.putModel(model({ modelName: 'other' }))).toThrow()
      expect(() => store.putModel(model({ id: 'other' }))).toThrow()
      expect(store.findModels()).toEqual([model(), rich])
    })

    it('deleteModel() deletes the one, says whether it was there, and frees its name', () => {
      const store = open()
      for (const id of ['m1', 'm2', 'm3']) store.putModel(model({ id, modelName: id }))
      expect([store.deleteModel('m2'), store.deleteModel('m2'), store.deleteModel('none')]).toEqual([
        true,
        false,
        false,
      ])
      store.putModel(model({ id: 'm4', modelName: 'm2' }))
      expect(store.findModels().map(({ id }) => id)).toEqual(['m1', 'm3', 'm4'])
    })
  })
}
