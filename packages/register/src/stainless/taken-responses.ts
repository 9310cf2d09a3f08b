import type { Intercept } from '../calls/wrap-method.js'

/** Who wants to see the stream that will be made of a response, by the controller of its request: the one thing that both know. */
const waiting = new WeakMap<object, (stream: unknown) => void>()

/**
 * Waits for the stream of a request whose response was taken out of it before it was parsed. Threads of Anthropic's client do that, and have a request
 * of their own parse it.
 *
 * @param response - What the request resolved to inside: the response, and what belongs to it.
 * @param take - Gets the stream.
 */
export function awaitStream(response: unknown, take: (stream: unknown) => void): void {
  const { controller } = (response ?? {}) as { controller?: unknown }
  if (typeof controller === 'object' && controller !== null) waiting.set(controller, take)
}

/** `Stream.fromSSEResponse(response, controller, client)`. */
export const fromResponse: Intercept = ({ run, args }) => {
  const stream = run()
  const [, controller] = args
  if (typeof controller === 'object' && controller !== null) waiting.get(controller)?.(stream)
  return stream
}
