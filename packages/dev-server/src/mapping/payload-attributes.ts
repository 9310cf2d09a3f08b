const KEYS = new Set([
  ...['langfuse.trace.input', 'langfuse.trace.output', 'langfuse.observation.input', 'langfuse.observation.output'],
  ...[
    'ai.prompt.messages',
    'ai.prompt',
    'ai.toolCall.args',
    'ai.toolCall.result',
    'ai.response.text',
    'ai.result.text',
  ],
  ...['ai.response.object', 'ai.result.object', 'ai.response.toolCalls', 'ai.result.toolCalls'],
  ...['gcp.vertex.agent.llm_request', 'gcp.vertex.agent.llm_response'],
  ...['gcp.vertex.agent.tool_call_args', 'gcp.vertex.agent.tool_response'],
  ...['prompt', 'all_messages_events', 'events', 'final_result', 'pydantic_ai.all_messages', 'input', 'output'],
  ...[
    'lk.input_text',
    'lk.user_transcript',
    'lk.chat_ctx',
    'lk.user_input',
    'lk.function_tool.output',
    'lk.response.text',
  ],
  ...['mlflow.spanInputs', 'mlflow.spanOutputs', 'traceloop.entity.input', 'traceloop.entity.output'],
  ...['input.value', 'output.value', 'genkit:input', 'genkit:output'],
  ...['gen_ai.system_instructions', 'gen_ai.input.messages', 'gen_ai.output.messages'],
  ...['gen_ai.tool.call.arguments', 'gen_ai.tool.call.result'],
])

const PREFIX =
  /^(?:gen_ai\.(?:prompt|completion)|llm\.(?:input|output)_messages|(?:langfuse\.(?:trace|observation)|ai\.telemetry)\.metadata)/

/**
 * Whether an attribute carries input, output or metadata under any convention. Such attributes are not repeated among the
 * `attributes.*` of the metadata: they would double the size of every row.
 *
 * The list is Langfuse 4.16's, whatever convention the span follows.
 *
 * @param key The name of an attribute.
 * @returns True when the metadata must leave it out.
 */
export function isPayloadAttribute(key: string): boolean {
  return KEYS.has(key) || PREFIX.test(key)
}
