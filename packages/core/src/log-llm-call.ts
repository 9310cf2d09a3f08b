import type { Cost, SpanFactory, Usage } from './span.js'

/** A call of a language model that is over. */
export interface LlmCall {
  /** @default 'llm-call' */
  readonly name?: string
  readonly model: string
  /** What the model was given: text or messages. */
  readonly prompt: unknown
  /** What it answered. */
  readonly response: unknown
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly usage?: Usage
  /** US dollars. */
  readonly cost?: Cost
  /** How long the call took, in seconds. @default 0 */
  readonly latency?: number
}

/**
 * Records a model call that is over as a generation that ends now.
 *
 * @param factory - The tracer, or the span to nest it under.
 * @param call - What is known of it.
 * @param now - Milliseconds since 1970. Default: the clock.
 */
export function logLlmCall(factory: SpanFactory, call: LlmCall, now: number = Date.now()): void {
  const { name = 'llm-call', model, prompt, response, parameters, usage, cost, latency = 0 } = call
  const startTime = now - (Math.max(0, latency) * 1000 || 0)
  factory
    .startSpan(name, { model, input: prompt, startTime })
    .setOutput(response)
    .setModel(model, parameters)
    .setUsage(usage)
    .setCost(cost)
    .end(now)
}
