import { types } from 'node:util'

/**
 * Handles the promise that a function of the application gave where an answer at once was expected: a rejection that nobody looks at ends
 * the process. Other thenables are left alone, because some begin their work when they are asked.
 *
 * @param answer - What the function returned.
 * @param onRejected - Told that it was rejected; not with what, which may quote a span.
 * @returns Whether it is a promise.
 */
export function handleRejection(answer: unknown, onRejected: () => void = () => {}): answer is Promise<unknown> {
  if (!types.isPromise(answer)) return false
  // Not by its own `then`: that may be anything.
  Promise.prototype.then.call(answer, undefined, onRejected)
  return true
}
