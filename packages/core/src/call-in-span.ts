import { type CaptureArgs, captureArguments, type Redact, redacted } from './capture.js'
import { isOff } from './noop-span.js'
import type { ObservationType } from './observation-type.js'
import type { Parameter } from './parameters-of.js'
import { runInSpan } from './run-in-span.js'
import type { Tracer } from './tracer.js'

/** Options of `trace` and `traced`. */
export interface TraceOptions {
  /** The span's name. @default the function's name */
  readonly name?: string
  /** Observation type. @default derived from model, name and the tracer's kind */
  readonly type?: ObservationType
  /** Makes the arguments the input, by parameter name; a list of names picks. @default false */
  readonly captureArgs?: CaptureArgs
  /** Makes the result the output: what a promise resolves to, what a generator yields. @default false */
  readonly captureResult?: boolean
  /** Changes what is captured before it reaches the span; one that throws hides the value. */
  readonly redact?: Redact
  /** Attributes; as `span.setAttributes`. */
  readonly attributes?: Readonly<Record<string, unknown>>
  /** The tracer. @default the instance's `tracer`, else the current one */
  readonly tracer?: Tracer
}

/** One call of a traced function. */
export interface Call<A extends unknown[], R> {
  readonly fn: (...args: A) => R
  /** Its parameters, read from its source when they are first needed. */
  readonly parameters: () => readonly Parameter[] | undefined
  readonly self: unknown
  readonly args: A
}

/**
 * Calls a function inside a span.
 *
 * @param tracer - Starts the span.
 * @param name - The span's name.
 * @param options - What to capture.
 * @param call - The function, its `this` and its arguments.
 * @returns What the function returns.
 */
export function callInSpan<A extends unknown[], R>(
  tracer: Tracer,
  name: string,
  options: TraceOptions,
  call: Call<A, R>,
): R {
  const { fn, parameters, self, args } = call
  const { captureArgs = false, captureResult = false, redact, type, attributes } = options
  const span = tracer.startSpan(name, {
    ...(type === undefined ? undefined : { type }),
    ...(attributes === undefined ? undefined : { attributes }),
  })
  if (isOff(span)) return fn.apply(self, args)
  if (captureArgs !== false)
    span.setInput(() => redacted(captureArguments(parameters(), args, captureArgs), 'input', redact))
  return runInSpan(
    span,
    () => fn.apply(self, args),
    // A span that keeps nothing must not collect what a generator yields either.
    captureResult && span.isRecording
      ? (output) => span.setOutput(() => redacted(output, 'output', redact))
      : undefined,
  )
}
