import { type Context, createContextKey, type Span, trace } from '@opentelemetry/api'

/** The API keys contexts by the symbol of this name in the whole process, so copies of this package agree. */
const OWNED = createContextKey('axion.register.owned-call')

/** `SUPPRESS_TRACING_KEY` of `@opentelemetry/core`, which is too much to load for one constant. */
const SUPPRESSED = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING')

/**
 * The context for what a call that has its span does: clients that are called in it make no span of their own. Otherwise one call of a model
 * would be two generations, and cost twice.
 *
 * @param at - The context with the call's span.
 */
export function withOwner(at: Context): Context {
  return at.setValue(OWNED, true)
}

/**
 * The context in which no instrumentation makes spans, for libraries that have telemetry of their own.
 *
 * @param at - Where the call is made.
 */
export function withoutTelemetry(at: Context): Context {
  return at.setValue(SUPPRESSED, true)
}

/**
 * Whether whoever calls wants no spans: the delivery of spans, a library whose span is made by us.
 *
 * @param at - The context in which the call begins.
 */
export function isSuppressed(at: Context): boolean {
  return at.getValue(SUPPRESSED) === true
}

/**
 * Whether a call that begins has an owner already: a traced library further up, the application's own generation, somebody else's
 * instrumentation. Or whoever calls wants no spans.
 *
 * @param at - The context in which the call begins.
 */
export function hasOwner(at: Context): boolean {
  if (at.getValue(OWNED) === true || isSuppressed(at)) return true
  const span = trace.getSpan(at)
  return span?.isRecording() === true && isModelCall(span)
}

function isModelCall(span: Span): boolean {
  // The API's type hides what every SDK's span has.
  const { attributes } = span as { attributes?: Readonly<Record<string, unknown>> }
  if (typeof attributes !== 'object' || attributes === null) return false
  // The AI SDK's, up to version 6: `ai.streamText.doStream`.
  if (/^ai\.\w+\.do[A-Z]/.test(String(attributes['ai.operationId']))) return true
  const type = attributes['langfuse.observation.type'] ?? attributes['openinference.span.kind']
  if (typeof type === 'string') {
    // The type of an application's span can come from a word of its name: `embed documents` is no request, and may make many.
    const hasModel = 'langfuse.observation.model.name' in attributes || 'embedding.model_name' in attributes
    const isEmbedding = /^embedding$/i.test(type) && hasModel
    return isEmbedding || /^(generation|llm)$/i.test(type)
  }
  return /^(chat|text_completion|generate_content|embeddings)$/.test(String(attributes['gen_ai.operation.name']))
}
