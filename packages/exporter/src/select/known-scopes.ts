import { CORE_SCOPE_NAME } from '@axion/core'

/**
 * Instrumentation scopes of LLM libraries that `@langfuse/otel` 5.11 does not know; a name matches as a whole or up to a separator.
 *
 * Sources: the `instrumentationName` each published package passes to its tracer.
 */
const KNOWN_SCOPES: readonly string[] = [
  CORE_SCOPE_NAME,
  // OpenInference for JavaScript; its Python scopes begin with `openinference.`, which Langfuse's list has.
  '@arizeai/openinference',
  // OpenLLMetry for JavaScript (OpenAI, Anthropic, Bedrock, LangChain, LlamaIndex, vector stores) and its manual spans.
  '@traceloop',
  'traceloop',
  // OpenTelemetry's and Elastic's own instrumentations.
  '@opentelemetry/instrumentation-openai',
  '@elastic/opentelemetry-instrumentation-openai',
  // The AI SDK from version 7 on.
  'gen_ai',
  // OpenLLMetry for Python beyond Langfuse's list.
  'opentelemetry.instrumentation.cohere',
  'opentelemetry.instrumentation.crewai',
  'opentelemetry.instrumentation.groq',
  'opentelemetry.instrumentation.langchain',
  'opentelemetry.instrumentation.llamaindex',
  'opentelemetry.instrumentation.mistralai',
  'opentelemetry.instrumentation.ollama',
  'opentelemetry.instrumentation.openai_agents',
  'opentelemetry.instrumentation.replicate',
  'opentelemetry.instrumentation.together',
]

const SEPARATORS: readonly string[] = ['.', '/', '-']

/**
 * Whether an instrumentation scope belongs to this library or to a known LLM instrumentation.
 *
 * @param scopeName - The name of the tracer that made a span.
 */
export function isKnownScope(scopeName: string): boolean {
  return KNOWN_SCOPES.some(
    (known) =>
      scopeName === known || (scopeName.startsWith(known) && SEPARATORS.includes(scopeName.charAt(known.length))),
  )
}
