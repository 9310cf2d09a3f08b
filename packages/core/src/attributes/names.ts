/**
 * Attribute names that Langfuse reads from OpenTelemetry spans.
 *
 * Source: Langfuse's OTLP mapping, https://langfuse.com/integrations/native/opentelemetry#property-mapping, server 4.16.
 */
export const LANGFUSE = {
  observationType: 'langfuse.observation.type',
  input: 'langfuse.observation.input',
  output: 'langfuse.observation.output',
  /** Prefix; the key follows after a dot. A value under the bare name must be a JSON object. */
  observationMetadata: 'langfuse.observation.metadata',
  level: 'langfuse.observation.level',
  statusMessage: 'langfuse.observation.status_message',
  model: 'langfuse.observation.model.name',
  modelParameters: 'langfuse.observation.model.parameters',
  usageDetails: 'langfuse.observation.usage_details',
  costDetails: 'langfuse.observation.cost_details',
  /** A JSON string (quotes included) with an ISO time. */
  completionStartTime: 'langfuse.observation.completion_start_time',
  promptName: 'langfuse.observation.prompt.name',
  promptVersion: 'langfuse.observation.prompt.version',
  traceName: 'langfuse.trace.name',
  tags: 'langfuse.trace.tags',
  /** Prefix; the key follows after a dot. */
  traceMetadata: 'langfuse.trace.metadata',
  environment: 'langfuse.environment',
  release: 'langfuse.release',
  version: 'langfuse.version',
  /** OpenTelemetry's own names, which Langfuse reads as user and session. */
  userId: 'user.id',
  sessionId: 'session.id',
} as const
