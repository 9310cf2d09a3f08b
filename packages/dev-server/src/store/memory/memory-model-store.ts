import type { ModelDefinition } from '../../model/model-definition.js'
import type { ModelStore } from '../model-store.js'
import type { MemoryTables } from './memory-tables.js'
import { storedCopy, storedText } from './stored-copy.js'

/** Models in memory. */
export class MemoryModelStore implements ModelStore {
  private readonly tables: MemoryTables

  /** @param tables Where they are kept. */
  constructor(tables: MemoryTables) {
    this.tables = tables
  }

  putModel(model: ModelDefinition): void {
    const { models } = this.tables.rows
    const stored = storedCopy(model)
    if (models.has(stored.id) || this.findModels().some(({ modelName }) => modelName === stored.modelName)) {
      throw new Error('Cannot store a model: found another of the same id or name, expected none')
    }
    models.set(stored.id, stored)
  }

  findModel(id: string): ModelDefinition | undefined {
    return this.tables.rows.models.get(storedText(id))
  }

  findModels(): ModelDefinition[] {
    return [...this.tables.rows.models.values()]
  }

  deleteModel(id: string): boolean {
    return this.tables.rows.models.delete(storedText(id))
  }
}
