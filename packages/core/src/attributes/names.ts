// Attribute names that Langfuse reads from OpenTelemetry spans, as far as several files write them; the rest stand where they are set, in
// `facade-span.ts`, and those of every span of a trace in `trace-fields.ts`.
// Source: Langfuse's OTLP mapping, https://langfuse.com/integrations/native/opentelemetry#property-mapping, server 4.16.

export const OBSERVATION_TYPE = 'langfuse.observation.type'
export const PROMPT_NAME = 'langfuse.observation.prompt.name'
export const PROMPT_VERSION = 'langfuse.observation.prompt.version'
