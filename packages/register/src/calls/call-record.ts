import { type Span, Tracer } from '@axion/core'
import { type Context, context, diag, type TimeInput } from '@opentelemetry/api'
import { hasOwner, withOwner, withoutTelemetry } from './call-owner.js'
import type { ModelOperation } from './model-operation.js'
import type { MethodCall } from './wrap-method.js'

/** The span of one call. Its methods never throw. */
export interface CallRecord {
  /** Runs what sends the request, with the span active. Throws what that throws. */
  run<T>(send: () => T): T
  /** Ends the span with a result. Only the first end counts. */
  finish(result: unknown): void
  /** Ends it with what the call threw. */
  fail(error: unknown): void
  /** Ends it with what a stream threw, and what had come before. */
  failWith(error: unknown, result: unknown): void
  /** Ends it with nothing: nobody has looked at the result. */
  end(): void
  /** Marks when the first token came. */
  firstToken(time?: TimeInput): void
  /** Says that the result is not whole. */
  warn(message: string): void
}

const tracer = new Tracer('llm', { name: 'axion.register' })

/**
 * Begins to record a call.
 *
 * @param operation - What is called.
 * @param call - The call.
 * @returns `undefined` if it has an owner already, or nobody records.
 */
export function beginCall(operation: ModelOperation, call: MethodCall): CallRecord | undefined {
  return attempt(operation, () => {
    if (hasOwner(context.active())) return undefined
    const span = tracer.startSpan(operation.name, { type: operation.type })
    if (!span.isRecording) return undefined
    attempt(operation, () => describe(span, operation, call.args))
    const ownsTelemetry = attempt(operation, () => operation.hasOwnTelemetry?.(call.self)) === true
    const inside = withOwner(span.context)
    return record(span, operation, ownsTelemetry ? withoutTelemetry(inside) : inside)
  })
}

function describe(span: Span, operation: ModelOperation, args: readonly unknown[]): void {
  const { model, parameters = {}, input } = operation.request(args)
  span.setInput(input)
  if (model !== undefined || Object.keys(parameters).length > 0) span.setModel(model, parameters)
}

function record(span: Span, operation: ModelOperation, inside: Context): CallRecord {
  const keep = (result: unknown): void => {
    attempt(operation, () => {
      const { output, model, usage, warning } = operation.response(result)
      span.setOutput(output)
      if (model !== undefined) span.setModel(model)
      span.setUsage(usage)
      if (warning !== undefined) span.setLevel('WARNING', warning)
    })
  }
  return {
    run: (send) => context.with(inside, send),
    finish: (result) => {
      keep(result)
      span.end()
    },
    fail: (error) => {
      span.recordError(error)
      span.end()
    },
    failWith: (error, result) => {
      keep(result)
      span.recordError(error)
      span.end()
    },
    end: () => span.end(),
    firstToken: (time) => void span.markFirstToken(time),
    warn: (message) => void span.setLevel('WARNING', message),
  }
}

function attempt<T>(operation: ModelOperation, run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    diag.error(`@axion/register: cannot record ${operation.name}`, error)
    return undefined
  }
}
