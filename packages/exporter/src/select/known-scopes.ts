import { CORE_SCOPE_NAME } from '@axion/core'

/**
 * Instrumentation scopes of LLM libraries: the list of `@langfuse/otel` 5.11 and those it does not know. A name matches as a whole or up to a
 * separator.
 *
 * Sources: `KNOWN_LLM_INSTRUMENTATION_SCOPE_PREFIXES` there; else the `instrumentationName` each published package passes to its tracer.
 */
const KNOWN_SCOPES: readonly string[] = [
  CORE_SCOPE_NAME,
  'langfuse-sdk',
  'agent_framework',
  'haystack',
  'langsmith',
  'litellm',
  'strands-agents',
  'vllm',
  // OpenInference, for Python and for JavaScript.
  'openinference',
  '@arizeai/openinference',
  // OpenLLMetry for JavaScript (OpenAI, Anthropic, Bedrock, LangChain, LlamaIndex, vector stores) and its manual spans.
  '@traceloop',
  'traceloop',
  // OpenTelemetry's and Elastic's own instrumentations for JavaScript.
  '@opentelemetry/instrumentation-openai',
  '@elastic/opentelemetry-instrumentation-openai',
  // The AI SDK from version 7 on.
  'gen_ai',
  // OpenTelemetry's instrumentations for Python and OpenLLMetry's, which share a prefix.
  'opentelemetry.instrumentation.anthropic',
  'opentelemetry.instrumentation.aws_bedrock',
  'opentelemetry.instrumentation.bedrock',
  'opentelemetry.instrumentation.cohere',
  'opentelemetry.instrumentation.crewai',
  'opentelemetry.instrumentation.gemini',
  'opentelemetry.instrumentation.google_genai',
  'opentelemetry.instrumentation.google_generativeai',
  'opentelemetry.instrumentation.groq',
  'opentelemetry.instrumentation.langchain',
  'opentelemetry.instrumentation.llamaindex',
  'opentelemetry.instrumentation.mistralai',
  'opentelemetry.instrumentation.ollama',
  'opentelemetry.instrumentation.openai',
  'opentelemetry.instrumentation.openai_agents',
  'opentelemetry.instrumentation.openai_v2',
  'opentelemetry.instrumentation.replicate',
  'opentelemetry.instrumentation.together',
  'opentelemetry.instrumentation.vertex_ai',
  'opentelemetry.instrumentation.vertexai',
]

/** The AI SDK up to version 6. As a whole only: too many names begin with it. */
const AI_SDK = 'ai'

const SEPARATORS: readonly string[] = ['.', '/', '-']

/**
 * Whether an instrumentation scope belongs to this library or to a known LLM instrumentation.
 *
 * @param scopeName - The name of the tracer that made a span.
 */
export function isKnownScope(scopeName: string): boolean {
  if (scopeName === CORE_SCOPE_NAME || scopeName === AI_SDK) return true
  return KNOWN_SCOPES.some(
    (known) =>
      scopeName.startsWith(known) && (scopeName === known || SEPARATORS.includes(scopeName.charAt(known.length))),
  )
}
