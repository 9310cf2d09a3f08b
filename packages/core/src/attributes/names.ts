// Attribute names that Langfuse reads from OpenTelemetry spans; those that stand on every span of a trace are in `context-fields.ts`.
// Source: Langfuse's OTLP mapping, https://langfuse.com/integrations/native/opentelemetry#property-mapping, server 4.16.
// Constants of their own rather than one record: a minifier shortens these, and not the members of a record.

export const OBSERVATION_TYPE = 'langfuse.observation.type'
export const INPUT = 'langfuse.observation.input'
export const OUTPUT = 'langfuse.observation.output'
/** The key follows. */
export const METADATA_PREFIX = 'langfuse.observation.metadata.'
export const LEVEL = 'langfuse.observation.level'
export const STATUS_MESSAGE = 'langfuse.observation.status_message'
export const MODEL = 'langfuse.observation.model.name'
export const MODEL_PARAMETERS = 'langfuse.observation.model.parameters'
export const USAGE = 'langfuse.observation.usage_details'
export const COST = 'langfuse.observation.cost_details'
/** A JSON string (quotes included) with an ISO time. */
export const COMPLETION_START_TIME = 'langfuse.observation.completion_start_time'
export const PROMPT_NAME = 'langfuse.observation.prompt.name'
export const PROMPT_VERSION = 'langfuse.observation.prompt.version'
