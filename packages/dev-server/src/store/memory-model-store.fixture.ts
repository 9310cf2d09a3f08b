import type { ModelDefinition } from '../model/model-definition.js'
import type { ModelStore } from './model-store.js'

/** Models in memory. */
export class MemoryModelStore implements ModelStore {
  private readonly models = new Map<string, ModelDefinition>()

  putModel(model: ModelDefinition): void {
    const isTaken = [...this.models.values()].some(({ modelName }) => modelName === model.modelName)
    if (isTaken || this.models.has(model.id)) throw new Error(`there is a model ${model.modelName} or ${model.id}`)
    this.models.set(model.id, model)
  }

  findModel(id: string): ModelDefinition | undefined {
    return this.models.get(id)
  }

  findModels(): ModelDefinition[] {
    return [...this.models.values()]
  }

  deleteModel(id: string): boolean {
    return this.models.delete(id)
  }
}
