import { fieldsOf, listOf, parametersOf, textOf } from '../../calls/read-fields.js'

const NO_PARAMETERS = [
  ...['model', 'model_name', 'modelName', 'modelId', 'messages', 'input', 'tools', 'functions', '_type'],
  ...['stream', 'stream_options', 'streamUsage', 'callbacks', 'signal', 'options', 'headers'],
]

/** What LangChain tells about a model beside its input. */
export interface ModelSettings {
  readonly model: string | undefined
  readonly parameters: Readonly<Record<string, unknown>>
  /** Those that the model may call. */
  readonly tools: unknown
}

/**
 * Reads the model and its parameters out of what the start of a run carries.
 *
 * @param extra - With `invocation_params`: what the integration sends to the provider, in its names.
 * @param metadata - With `ls_model_name`, which every integration sets.
 */
export function modelSettings(extra: unknown, metadata: unknown): ModelSettings {
  const params = fieldsOf(fieldsOf(extra).invocation_params)
  const { model, model_name = model, modelName = model_name, modelId = modelName, tools, functions } = params
  return {
    model: textOf(modelId) ?? textOf(fieldsOf(metadata).ls_model_name),
    parameters: parametersOf(params, NO_PARAMETERS),
    tools: listOf(tools).length > 0 ? tools : functions,
  }
}
