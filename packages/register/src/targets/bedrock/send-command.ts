import { isPromise } from 'node:util/types'
import { type Context, context } from '@opentelemetry/api'
import { beginCall, type CallRecord } from '../../calls/call-record.js'
import type { ModelOperation, StreamAssembly } from '../../calls/model-operation.js'
import { observeIterator } from '../../calls/observe-iterator.js'
import { classNameOf, fieldsOf } from '../../calls/read-fields.js'
import type { Intercept } from '../../calls/wrap-method.js'
import { converseOperation } from './converse-operation.js'
import { invokeModelOperation } from './invoke-model-operation.js'

// Loaded with the first call.

/** Commands by the names of their classes. */
const OPERATIONS: Readonly<Record<string, ModelOperation>> = {
  ConverseCommand: converseOperation,
  ConverseStreamCommand: converseOperation,
  InvokeModelCommand: invokeModelOperation,
  InvokeModelWithResponseStreamCommand: invokeModelOperation,
}

/** `BedrockRuntimeClient.send`. */
export const send: Intercept = (call) => {
  const [command, ...rest] = call.args
  const operation = OPERATIONS[classNameOf(command)]
  if (!operation) return call.run()
  const caller = context.active()
  const record = beginCall(operation, { ...call, args: [fieldsOf(command).input] })
  if (!record) return call.run()
  const refuse = (error: unknown): never => {
    record.fail(error)
    throw error
  }
  // `send(command, callback)` and `send(command, options, callback)` give no promise.
  const at = rest.findIndex((argument) => typeof argument === 'function')
  const args = at < 0 ? call.args : [command, ...rest.with(at, told(rest[at], record, operation, caller))]
  try {
    const sent = record.run(() => call.run(args))
    return isPromise(sent) ? sent.then((result) => settle(result, record, operation), refuse) : sent
  } catch (error) {
    return refuse(error)
  }
}

/** A callback that looks at what another one is told. That one works where the call was made: what it asks for has no owner. */
function told(callback: unknown, record: CallRecord, operation: ModelOperation, caller: Context): unknown {
  return function (this: unknown, ...args: unknown[]): unknown {
    const [error, result] = args
    if (error === null || error === undefined) settle(result, record, operation)
    else record.fail(error)
    // Found by its type.
    return context.with(caller, () => Reflect.apply(callback as (...args: unknown[]) => unknown, this, args))
  }
}

function settle(result: unknown, record: CallRecord, operation: ModelOperation): unknown {
  try {
    const { stream, body = stream } = fieldsOf(result)
    const { assemble } = operation
    if (assemble && isStream(body)) observe(body, record, assemble())
    else record.finish(result)
  } catch {
    // A stream that cannot be changed.
    record.end()
  }
  return result
}

function observe(stream: AsyncIterable<unknown>, record: CallRecord, assembly: StreamAssembly): void {
  const iterate = stream[Symbol.asyncIterator]
  // On the stream itself, which stays the one that the client made.
  Object.defineProperty(stream, Symbol.asyncIterator, {
    configurable: true,
    value: () => observeIterator(Reflect.apply(iterate, stream, []), record, assembly, () => false),
  })
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  // The body of a whole answer is bytes.
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && !(value instanceof Uint8Array)
}
