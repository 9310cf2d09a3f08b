import type { Prompt } from '../../model/prompt.js'
import type { PromptStore } from '../prompt-store.js'
import type { MemoryTables } from './memory-tables.js'
import { ascending } from './row-order.js'
import { jsonCopy, storedText } from './stored-copy.js'

/** Prompts in memory. */
export class MemoryPromptStore implements PromptStore {
  private readonly tables: MemoryTables

  /** @param tables Where they are kept. */
  constructor(tables: MemoryTables) {
    this.tables = tables
  }

  putPrompts(prompts: readonly Prompt[]): void {
    this.deletePrompts([], prompts)
  }

  findPrompts(name?: string): Prompt[] {
    const wanted = name === undefined ? undefined : storedText(name)
    return [...this.tables.rows.prompts.values()]
      .filter((prompt) => wanted === undefined || storedText(prompt.name) === wanted)
      .sort(BY_NAME_NEWEST_FIRST)
  }

  deletePrompts(ids: readonly string[], changed: readonly Prompt[]): void {
    const { rows } = this.tables
    const next = new Map([...rows.prompts].filter(([id]) => !ids.includes(id)))
    for (const prompt of changed) {
      const taken = [...next.values()].find(({ name, version }) => name === prompt.name && version === prompt.version)
      if (taken !== undefined && taken.id !== prompt.id) {
        throw new Error(`Cannot store a prompt: found another of the same name and version, expected none`)
      }
      next.set(prompt.id, jsonCopy(prompt))
    }
    // Only now: all or none.
    rows.prompts = next
  }
}

const BY_NAME_NEWEST_FIRST = ascending<Prompt>(
  ({ name }) => storedText(name),
  ({ version }) => -version,
)
