import OpenAI from 'openai'
import { startExtractiveModel } from './extractive-model/start-extractive-model.js'

/** The model that answers. */
export interface Model {
  readonly openai: OpenAI
  readonly name: string
  close(): Promise<void>
}

/**
 * The model that the environment names (`OPENAI_API_KEY`, `OPENAI_BASE_URL`, `OPENAI_MODEL`), else a local endpoint of our own.
 *
 * @param environment - `process.env`.
 */
export async function ensureModel(environment: NodeJS.ProcessEnv): Promise<Model> {
  if (environment.OPENAI_API_KEY) {
    const openai = new OpenAI({ apiKey: environment.OPENAI_API_KEY, baseURL: environment.OPENAI_BASE_URL })
    return { openai, name: environment.OPENAI_MODEL ?? 'gpt-4o-mini', close: async () => {} }
  }
  const model = await startExtractiveModel()
  const openai = new OpenAI({ apiKey: 'unused', baseURL: model.baseUrl })
  return { openai, name: 'extractive-1', close: () => model.close() }
}
