// Vocabularies of LLM tracing and of OpenTelemetry. Their names are fixed: no data is in them, and backends read by them.
const VOCABULARIES: readonly string[] = [
  ...['langfuse.', 'gen_ai.', 'ai.', 'llm.', 'openinference.', 'traceloop.', 'genkit:', 'gcp.vertex.agent.', 'mlflow.'],
  ...['lk.', 'pydantic_ai.', 'logfire.', 'input.', 'output.', 'embedding.', 'retrieval.', 'reranker.', 'document.'],
  ...['message.', 'tool.', 'tool_call.', 'mcp.', 'exception.', 'error.', 'event.', 'user.', 'enduser.', 'session.'],
  ...['service.', 'telemetry.', 'process.', 'host.', 'os.', 'container.', 'k8s.', 'cloud.', 'faas.', 'deployment.'],
  ...[
    'http.',
    'url.',
    'server.',
    'client.',
    'network.',
    'net.',
    'peer.',
    'db.',
    'rpc.',
    'messaging.',
    'code.',
    'thread.',
  ],
]

/** Below these the user names things. */
const USER_NAMED: readonly string[] = [
  'langfuse.observation.metadata.',
  'langfuse.trace.metadata.',
  'langfuse.metadata.',
  'ai.telemetry.metadata.',
  'traceloop.association.properties.',
]

const PLAIN_NAME = /^[\w.:-]{1,128}$/

/** A name in two: what belongs to a vocabulary, and what someone made up. */
export interface SplitName {
  readonly known: string
  readonly made: string
}

/**
 * Tells the part of an attribute's name that is fixed from the part that may be data.
 *
 * @param name - The name of an attribute.
 * @returns Both parts; `langfuse.trace.metadata.` and `team` for `langfuse.trace.metadata.team`, all of it known for `gen_ai.request.model`.
 */
export function splitName(name: string): SplitName {
  const prefix = USER_NAMED.find((candidate) => name.startsWith(candidate))
  if (prefix !== undefined) return { known: prefix, made: name.slice(prefix.length) }
  const isKnown = PLAIN_NAME.test(name) && VOCABULARIES.some((vocabulary) => name.startsWith(vocabulary))
  return isKnown ? { known: name, made: '' } : { known: '', made: name }
}
