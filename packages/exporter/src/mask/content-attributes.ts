// Where instrumentations put what went into a model, a tool or a retriever and what came out of it. Model names, parameters, usage,
// costs, ids, names and metadata are not among them. Each list is the vocabulary of one convention.

const NAMES: ReadonlySet<string> = new Set([
  // Langfuse: https://langfuse.com/integrations/native/opentelemetry#property-mapping
  ...['langfuse.observation.input', 'langfuse.observation.output', 'langfuse.trace.input', 'langfuse.trace.output'],
  // OpenTelemetry GenAI: https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai
  ...['gen_ai.input.messages', 'gen_ai.output.messages', 'gen_ai.system_instructions', 'gen_ai.tool.definitions'],
  ...[
    'gen_ai.tool.call.arguments',
    'gen_ai.tool.call.result',
    'gen_ai.tool.description',
    'gen_ai.retrieval.query.text',
  ],
  ...['gen_ai.retrieval.documents', 'gen_ai.evaluation.explanation'],
  // OpenInference: https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md
  ...['input.value', 'output.value', 'llm.function_call', 'reranker.query', 'embedding.text', 'embedding.vector'],
  ...['tool.parameters', 'tool.json_schema', 'tool.description', 'document.content', 'document.metadata'],
  ...['audio.url', 'audio.transcript', 'image.url'],
  // Traceloop: https://github.com/traceloop/openllmetry-js/blob/main/packages/ai-semantic-conventions
  ...['traceloop.entity.input', 'traceloop.entity.output', 'traceloop.prompt.template'],
  // Vercel AI SDK: https://ai-sdk.dev/docs/ai-sdk-core/telemetry
  ...['ai.response.text', 'ai.response.object', 'ai.response.toolCalls', 'ai.response.reasoning', 'ai.response.files'],
  ...['ai.result.text', 'ai.result.object', 'ai.result.toolCalls', 'ai.toolCall.args', 'ai.toolCall.result'],
  ...['ai.value', 'ai.values', 'ai.embedding', 'ai.embeddings', 'ai.schema', 'ai.documents', 'ai.ranking', 'ai.query'],
  // Logfire and Pydantic AI, LangChain's plain names, and what the dev-server and Langfuse take for a payload beside them.
  ...['prompt', 'all_messages_events', 'events', 'final_result', 'pydantic_ai.all_messages', 'input', 'output'],
  ...['tool_arguments', 'tool_response', 'request_data', 'response_data'],
  // MLflow, Genkit.
  ...['mlflow.spanInputs', 'mlflow.spanOutputs', 'mlflow.chat.messages', 'genkit:input', 'genkit:output'],
  // Google's Agent Development Kit.
  ...['gcp.vertex.agent.llm_request', 'gcp.vertex.agent.llm_response', 'gcp.vertex.agent.data'],
  ...['gcp.vertex.agent.tool_call_args', 'gcp.vertex.agent.tool_response'],
  // LiveKit.
  ...['lk.input_text', 'lk.user_transcript', 'lk.chat_ctx', 'lk.user_input', 'lk.instructions', 'lk.response.text'],
  ...['lk.response.function_calls', 'lk.function_tool.arguments', 'lk.function_tool.output', 'lk.function_tools'],
])

const PREFIXES: readonly string[] = [
  // `gen_ai.prompt.0.content` and `gen_ai.prompt` alike, and whatever an index makes of the others.
  ...['gen_ai.prompt', 'gen_ai.completion', 'ai.prompt'],
  ...['llm.input_messages', 'llm.output_messages', 'llm.prompts', 'llm.completions', 'llm.choices', 'llm.tools'],
  ...['llm.prompt_template.template', 'llm.prompt_template.variables', 'llm.request.functions'],
  ...['retrieval.documents', 'reranker.input_documents', 'reranker.output_documents', 'embedding.embeddings'],
  ...['input.audio', 'input.image', 'output.audio', 'output.image', 'traceloop.prompt.template_variables'],
  // Vector stores of Traceloop: what was asked for and the documents that were found, on events.
  ...['db.query.embeddings.', 'db.query.result.', 'db.vector.query.embeddings', 'db.vector.query.result.'],
]

/** What instrumentations of MCP write that is no payload: https://opentelemetry.io/docs/specs/semconv/gen-ai/mcp. */
const MCP_FACTS: ReadonlySet<string> = new Set([
  ...['mcp.method.name', 'mcp.protocol.version', 'mcp.request.id', 'mcp.session.id', 'mcp.resource.uri'],
  ...['mcp.tool.name', 'mcp.prompt.name', 'mcp.server.name', 'mcp.client.name'],
])

/** Names of prompts are no prompts: Langfuse links by them. */
const FACTS: ReadonlySet<string> = new Set(['gen_ai.prompt.name', 'gen_ai.prompt.version', 'gen_ai.prompt.id'])

/**
 * Whether an attribute carries an input or an output, under the convention of any instrumentation.
 *
 * @param name - The name of an attribute of a span or an event.
 */
export function isContentAttribute(name: string): boolean {
  if (NAMES.has(name)) return true
  if (name.startsWith('mcp.')) return !MCP_FACTS.has(name)
  return PREFIXES.some((prefix) => name.startsWith(prefix)) && !FACTS.has(name)
}

const CONTENT_EVENT =
  /^gen_ai\.(?:(?:system|user|assistant|tool)\.message|choice|content\.(?:prompt|completion)|client\.inference\.operation\.details)$/

/**
 * Whether an event is nothing but an input or an output: the GenAI conventions had one for each message.
 *
 * @param name - The name of an event.
 */
export function isContentEvent(name: string): boolean {
  return CONTENT_EVENT.test(name)
}
