import { describe, expect, it } from 'vitest'
import type { ScoreConfig } from '../model/score-config.js'
import type { ScoreConfigStore } from './score-config-store.js'

function config(fields: Partial<ScoreConfig> = {}): ScoreConfig {
  const kind = { dataType: 'NUMERIC', minValue: null, maxValue: 0.5, categories: null } as const
  const times = { createdAtMillis: 1, updatedAtMillis: 1 }
  return { id: 'c1', name: 'helpful', description: null, ...kind, isArchived: false, ...times, ...fields }
}

/** What every store of score configs must do; each adapter runs it. */
export function describeScoreConfigStore(name: string, open: () => ScoreConfigStore): void {
  describe(`${name} keeps the contract of ScoreConfigStore`, () => {
    it('putScoreConfig() stores what findScoreConfig() gives back, and no two of one id', () => {
      const store = open()
      const categories = [{ label: "it's \u{1f600}", value: -1.5 }]
      const rich = config({
        id: 'c2',
        dataType: 'CATEGORICAL',
        maxValue: null,
        categories,
        description: '',
        isArchived: true,
      })
      for (const each of [config(), rich]) store.putScoreConfig(each)
      expect([store.findScoreConfig('c1'), store.findScoreConfig('c2')]).toEqual([config(), rich])
      expect(store.findScoreConfig("c1' OR 1")).toBeUndefined()
      expect(() => store.putScoreConfig(config({ name: 'other' }))).toThrow()
    })

    it('changeScoreConfig() replaces the one of its id, and makes no new one', () => {
      const store = open()
      const changed = config({ name: 'kind', isArchived: true, description: 'd', minValue: -1, updatedAtMillis: 9 })
      store.changeScoreConfig(changed)
      expect(store.findScoreConfigs({ limit: 9, offset: 0 })).toEqual({ rows: [], total: 0 })
      for (const id of ['c1', 'c2']) store.putScoreConfig(config({ id }))
      store.changeScoreConfig(changed)
      expect([store.findScoreConfig('c1'), store.findScoreConfig('c2')]).toEqual([changed, config({ id: 'c2' })])
    })

    it('findScoreConfigs() gives the newest first, by id where two are as new, and counts all', () => {
      const store = open()
      for (const id of ['b', 'a']) store.putScoreConfig(config({ id }))
      store.putScoreConfig(config({ id: 'c', createdAtMillis: 2 }))
      const ids = (limit: number, offset: number): unknown => {
        const { rows, total } = store.findScoreConfigs({ limit, offset })
        return [rows.map(({ id }) => id), total]
      }
      expect([ids(2, 0), ids(2, 2), ids(2, 4)]).toEqual([
        [['c', 'a'], 3],
        [['b'], 3],
        [[], 3],
      ])
    })
  })
}
