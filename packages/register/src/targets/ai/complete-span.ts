import { type Span, trace } from '@opentelemetry/api'
import { onAbort } from '../../calls/on-abort.js'
import { fieldsOf, listOf, usageOf } from '../../calls/read-fields.js'
import type { Intercept } from '../../calls/wrap-method.js'

// What spans of the AI SDK 5 and 6 lack. They run models inside the span of the request, so it is the active one. Loaded with the first request.

/** `doGenerate` of a model: cached tokens and those of the reasoning, which the SDK writes down for streams only. */
export const generate: Intercept = (call) => {
  const span = requestSpan()
  return after(call.run(), (result) => {
    const { cachedInputTokens, reasoningTokens, inputTokens, outputTokens } = fieldsOf(fieldsOf(result).usage)
    const counted = usageOf({
      'ai.usage.cachedInputTokens': cachedInputTokens ?? fieldsOf(inputTokens).cacheRead,
      'ai.usage.reasoningTokens': reasoningTokens ?? fieldsOf(outputTokens).reasoning,
    })
    span?.setAttributes(counted ?? {})
  })
}

/** `doStream` of a model: the end, when the application aborts it. The SDK leaves its span open. */
export const stream: Intercept = (call) => {
  const span = requestSpan()
  const { abortSignal } = fieldsOf(call.args[0])
  return after(call.run(), () => {
    if (span) onAbort(abortSignal, { isOver: () => !span.isRecording(), abort: () => endAborted(span) })
  })
}

/** `doEmbed` of a model: what goes in and out, in Langfuse's names; it reads none of the SDK's. */
export const embed: Intercept = (call) => {
  const span = requestSpan()
  return after(call.run(), (result) => {
    const { embeddings, usage } = fieldsOf(result)
    // Present if inputs are to be recorded: a list of JSON texts.
    const values = span && attributesOf(span)['ai.values']
    const dimensions = listOf(listOf(embeddings)[0]).length
    span?.setAttributes({
      ...(Array.isArray(values) && { 'langfuse.observation.input': `[${values.join()}]` }),
      'langfuse.observation.output': JSON.stringify({ embeddings: listOf(embeddings).length, dimensions }),
      'langfuse.observation.usage_details': JSON.stringify(usageOf({ input: fieldsOf(usage).tokens }) ?? {}),
    })
  })
}

/** The SDK's span of the request that is about to be made; none if the call makes no spans. */
function requestSpan(): Span | undefined {
  const span = trace.getActiveSpan()
  return span && /^ai\.\w+\.do[A-Z]/.test(String(attributesOf(span)['ai.operationId'])) ? span : undefined
}

function attributesOf(span: Span): Readonly<Record<string, unknown>> {
  // The API's type hides what every SDK's span has.
  return fieldsOf((span as { attributes?: unknown }).attributes)
}

function endAborted(span: Span): void {
  span.setAttributes({
    'langfuse.observation.level': 'WARNING',
    'langfuse.observation.status_message': 'aborted by the application',
  })
  span.end()
}

/** Looks at a result before the SDK gets it. */
function after(result: unknown, look: (value: unknown) => void): unknown {
  if (!(result instanceof Promise)) return result
  return result.then((value: unknown) => {
    try {
      look(value)
    } catch {
      // The SDK's own attributes are there all the same.
    }
    return value
  })
}
