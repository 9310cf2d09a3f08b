import { beginCall, type CallRecord } from '../../calls/call-record.js'
import type { ModelOperation } from '../../calls/model-operation.js'
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
  // With a callback there is no promise to look at.
  if (!operation || rest.some((argument) => typeof argument === 'function')) return call.run()
  const record = beginCall(operation, { ...call, args: [fieldsOf(command).input] })
  if (!record) return call.run()
  const refuse = (error: unknown): never => {
    record.fail(error)
    throw error
  }
  try {
    const sent = record.run(() => call.run())
    return sent instanceof Promise ? sent.then((result) => settle(result, record, operation), refuse) : sent
  } catch (error) {
    return refuse(error)
  }
}

function settle(result: unknown, record: CallRecord, operation: ModelOperation): unknown {
  const { stream, body = stream } = fieldsOf(result)
  const { assemble } = operation
  if (!assemble || !isStream(body)) {
    record.finish(result)
    return result
  }
  const iterate = body[Symbol.asyncIterator]
  // On the stream itself, which stays the one that the client made.
  Object.defineProperty(body, Symbol.asyncIterator, {
    configurable: true,
    value: () => observeIterator(Reflect.apply(iterate, body, []), record, assemble(), () => false),
  })
  return result
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  // The body of a whole answer is bytes.
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && !(value instanceof Uint8Array)
}
