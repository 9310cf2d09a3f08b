import { attempt } from './attempt.js'
import { type CaptureArgs, captureArguments, type Redact, redacted } from './capture.js'
import { getCurrentTracer } from './current-tracer.js'
import type { ObservationType } from './observation-type.js'
import { runInSpan } from './run-in-span.js'
import type { Tracer } from './tracer.js'

/** Options of `trace` and `traced`. */
export interface TraceOptions {
  /** The span's name. @default the function's name */
  readonly name?: string | undefined
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

/**
 * Wraps a function so that every call is a span.
 *
 * @param fn - Any function: sync, async, generator, async generator.
 * @param options - Name, type, what to capture; or the name alone.
 * @returns A function that behaves as `fn` does, with its name, its `length` and its `this`.
 */
export function traced<F extends (...args: never[]) => unknown>(fn: F, options: TraceOptions | string = {}): F {
  const given = typeof options === 'string' ? { name: options } : options
  const { name, type, captureArgs, captureResult, redact, attributes, tracer }: TraceOptions = given
  const wrapper = function (this: unknown, ...args: never[]): unknown {
    const by = tracer ?? tracerOf(this) ?? getCurrentTracer()
    const span = by.startSpan(name || fn.name || 'anonymous', { type, attributes })
    if (captureArgs) span.setInput(() => redacted(captureArguments(fn, args, captureArgs), 'input', redact))
    // A span that keeps nothing must not collect what a generator yields either.
    const isCaptured = captureResult && span.isRecording
    const capture = (output: unknown) => span.setOutput(() => redacted(output, 'output', redact))
    return runInSpan(span, () => fn.apply(this, args), isCaptured ? capture : undefined)
  }
  Object.defineProperties(wrapper, ownPropertiesOf(fn))
  // What `fn` takes and gives is passed through unseen, so its type is the wrapper's.
  return wrapper as unknown as F
}

/** Name, `length`, and whatever else hangs on a function; but what the engine gives to each function of its kind. */
function ownPropertiesOf(fn: object): PropertyDescriptorMap {
  const {
    prototype: _,
    arguments: __,
    caller: ___,
    ...own
  } = Object.getOwnPropertyDescriptors(fn) as PropertyDescriptorMap
  return own
}

/** The `tracer` of the instance that a method is called on; a getter of the user's that throws is none. */
function tracerOf(self: unknown): Tracer | undefined {
  return attempt(() => {
    const tracer = (self as { tracer?: Tracer } | null | undefined)?.tracer
    // By shape, because it may be of another copy of this package. OpenTelemetry's own tracers have no `asyncSpan`.
    return typeof tracer?.asyncSpan === 'function' ? tracer : undefined
  })
}
