import { ExporterError } from '../exporter-error.js'
import { LONGEST_TIMER_MILLIS } from '../longest-timer-millis.js'
import { registeredDrainables } from './drainables.js'
import { flushAll } from './flush-all.js'

/** How long a handler's answer may be held back. */
export interface FlushAfterOptions {
  /** In milliseconds, at most 2³¹ − 1; less when the function has less time left. @default 5000 */
  readonly deadlineMillis?: number
}

const DEFAULT_DEADLINE_MILLIS = 5_000

/** What AWS Lambda keeps of the function's time, in milliseconds: an answer that comes too late is an error. */
const RESERVED_MILLIS = 250

/**
 * Wraps the handler of a function that is frozen once it has answered, as on AWS Lambda, which has no `waitUntil`: the answer waits until the
 * spans are sent, within a deadline. With response streaming, the answer is with the client before the wait begins.
 *
 * The handler stays what it was: `this`, arguments, name, number of parameters, own properties, what it returns, throws, or passes to its
 * callback. One that answers synchronously is not held back; its spans are sent in the background, as far as the platform lets them.
 *
 * @param handler - Takes an event and a context; or, streaming, a response stream in between; or, up to Node 22, a callback at the end.
 * @param options - How long its answer may be held back.
 * @returns The handler, with the wait.
 * @throws {ExporterError} `invalid_options` when the handler is no function or the deadline no time.
 */
export function flushAfter<Handler extends (...args: never[]) => unknown>(
  handler: Handler,
  { deadlineMillis = DEFAULT_DEADLINE_MILLIS }: FlushAfterOptions = {},
): Handler {
  checkHandler(handler)
  checkDeadline(deadlineMillis)
  // A proxy, because `awslambda.streamifyResponse` marks its handlers with properties, and the runtime looks at their `length`.
  return new Proxy(handler, {
    apply(target, self, args: unknown[]) {
      const flush = (): Promise<void> => flushWithin(Math.min(deadlineMillis, remainingMillis(args)))
      let isCalledBack = false
      const inner = args.map((argument, at) => {
        if (at !== CALLBACK || typeof argument !== 'function') return argument
        return (...results: unknown[]): void => {
          isCalledBack = true
          void flush().then(() => argument(...results))
        }
      })
      let result: unknown
      try {
        result = Reflect.apply(target, self, inner)
      } catch (error) {
        void flush()
        throw error
      }
      if (isThenable(result)) return Promise.resolve(result).finally(flush)
      if (!isCalledBack) void flush()
      return result
    },
  })
}

function checkHandler(handler: unknown): void {
  if (typeof handler === 'function') return
  const message = `Cannot flush after a handler: expected a function, found ${typeof handler}`
  throw new ExporterError('invalid_options', 'handler', message)
}

function checkDeadline(deadlineMillis: unknown): void {
  if (typeof deadlineMillis === 'number' && deadlineMillis > 0 && deadlineMillis <= LONGEST_TIMER_MILLIS) return
  const found = typeof deadlineMillis === 'number' ? deadlineMillis : typeof deadlineMillis
  const message = `Cannot flush after a handler: expected deadlineMillis from above 0 to ${LONGEST_TIMER_MILLIS}, found ${found}`
  throw new ExporterError('invalid_options', 'deadlineMillis', message)
}

/** Where a handler gets its callback. */
const CALLBACK = 2

async function flushWithin(deadlineMillis: number): Promise<void> {
  if (deadlineMillis > 0) await flushAll(registeredDrainables(), deadlineMillis)
}

// The context stands second, or third after a response stream. In tests of handlers it can be anything.
function remainingMillis(args: readonly unknown[]): number {
  try {
    const millis = args.find(isLambdaContext)?.getRemainingTimeInMillis()
    if (Number.isFinite(millis)) return Number(millis) - RESERVED_MILLIS
  } catch {
    // Not a context of Lambda.
  }
  return Number.POSITIVE_INFINITY
}

function isLambdaContext(value: unknown): value is { getRemainingTimeInMillis(): number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'getRemainingTimeInMillis' in value &&
    typeof value.getRemainingTimeInMillis === 'function'
  )
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
