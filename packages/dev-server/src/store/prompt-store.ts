import type { Prompt } from '../model/prompt.js'

/** Where prompts live. */
export interface PromptStore {
  /**
   * Writes versions of prompts, all or none; each replaces the one of its id.
   *
   * @param prompts The versions; no two of one name have the same number.
   */
  putPrompts(prompts: readonly Prompt[]): void
  /**
   * Reads all versions of a prompt, the newest first.
   *
   * @param name The name; all prompts when it is left out, by name.
   * @returns The versions.
   */
  findPrompts(name?: string): Prompt[]
  /**
   * Deletes versions, and writes others, all or none.
   *
   * @param ids Which to delete.
   * @param changed Which to write.
   */
  deletePrompts(ids: readonly string[], changed: readonly Prompt[]): void
}
