import type { ModelDefinition } from '../model/model-definition.js'

/** Where the models live that the project has defined itself. */
export interface ModelStore {
  /**
   * Writes a new model.
   *
   * @param model The model; it throws if there is one of this id or name.
   */
  putModel(model: ModelDefinition): void
  /**
   * Finds a model.
   *
   * @param id Its id.
   * @returns The model, or undefined.
   */
  findModel(id: string): ModelDefinition | undefined
  /**
   * Reads all models: a project has few.
   *
   * @returns The models, the oldest first.
   */
  findModels(): ModelDefinition[]
  /**
   * Deletes a model.
   *
   * @param id Its id.
   * @returns Whether it was there.
   */
  deleteModel(id: string): boolean
}
