import { describe, expect, it } from 'vitest'
import type { Prompt } from '../model/prompt.js'
import type { PromptStore } from './prompt-store.js'

function prompt(fields: Partial<Prompt> = {}): Prompt {
  const times = { createdAtMillis: 1, updatedAtMillis: 2 }
  const content = { type: 'text', prompt: 'p\0{{x}}', config: { a: [null, 1] }, commitMessage: null } as const
  return { id: 'i1', name: 'a', version: 1, labels: ['latest'], tags: ['t'], ...content, ...times, ...fields }
}

/** What every store of prompts must do; each adapter runs it. */
export function describePromptStore(name: string, open: () => PromptStore): void {
  describe(`${name} keeps the contract of PromptStore`, () => {
    it('putPrompts() stores what findPrompts() gives back, the newest version of a name first', () => {
      const store = open()
      const chat = prompt({ id: 'i2', version: 2, type: 'chat', prompt: [{ role: 'user', content: 'hi' }] })
      const tenth = prompt({ id: 'i10', version: 10 })
      const other = prompt({ id: 'i3', name: "b'; --" })
      store.putPrompts([other, tenth, prompt(), chat])
      expect(store.findPrompts('a')).toEqual([tenth, chat, prompt()])
      expect(store.findPrompts()).toEqual([tenth, chat, prompt(), other])
      expect([store.findPrompts("b'; --"), store.findPrompts('none')]).toEqual([[other], []])
    })

    it('putPrompts() replaces by id, and writes all or none', () => {
      const store = open()
      store.putPrompts([prompt()])
      store.putPrompts([prompt({ labels: [] })])
      expect(store.findPrompts()).toEqual([prompt({ labels: [] })])
      const twice = [prompt({ id: 'i2', version: 2 }), prompt({ id: 'i3', version: 2 })]
      expect(() => store.putPrompts(twice)).toThrow()
      expect(store.findPrompts()).toEqual([prompt({ labels: [] })])
    })

    it('deletePrompts() deletes versions and writes others, all or none', () => {
      const store = open()
      store.putPrompts([prompt(), prompt({ id: 'i2', version: 2 })])
      expect(() => store.deletePrompts(['i2'], [prompt({ id: 'i4' })])).toThrow()
      expect(store.findPrompts()).toHaveLength(2)
      store.deletePrompts(['i2', 'unknown'], [prompt({ tags: [] })])
      expect(store.findPrompts()).toEqual([prompt({ tags: [] })])
    })

    it('findPrompts() finds a name as it is stored, in its case, and orders names by their bytes', () => {
      const store = open()
      const names = ['\uE000', '😀', 'B', 'a', 'n\0']
      store.putPrompts(names.map((name, index) => prompt({ id: `i${index}`, name })))
      expect(store.findPrompts().map(({ id }) => id)).toEqual(['i2', 'i3', 'i4', 'i0', 'i1'])
      expect(store.findPrompts('n\0').map(({ id }) => id)).toEqual(['i4'])
      expect(store.findPrompts('b')).toEqual([])
    })

    it('putPrompts() stores what is there at the time, whatever becomes of it', () => {
      const store = open()
      const labels = ['latest']
      store.putPrompts([prompt({ labels })])
      labels.push('later')
      expect(store.findPrompts()).toEqual([prompt()])
    })
  })
}
