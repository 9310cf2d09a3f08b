// Attribute names that Langfuse reads from OpenTelemetry spans; those that stand on every span of a trace are in `context-fields.ts`.
// Source: Langfuse's OTLP mapping, https://langfuse.com/integrations/native/opentelemetry#property-mapping, server 4.16.
// Constants of their own rather than one record: a minifier shortens these, and not the members of a record.

export const OBSERVATION_TYPE = 'langfuse.observation.type'
export const LEVEL = 'langfuse.observation.level'
export const STATUS_MESSAGE = 'langfuse.observation.status_message'
export const PROMPT_NAME = 'langfuse.observation.prompt.name'
export const PROMPT_VERSION = 'langfuse.observation.prompt.version'
