import type { Intercept } from '../../calls/wrap-method.js'

/**
 * `messages.stream` of clients with telemetry of their own. It begins its span before it calls `create`, where ours begins: for the time of the
 * call, which is synchronous, the client is one that has found no tracer. What runs later, the application's listeners among it, sees no
 * difference.
 */
export const streamWithoutOwnSpan: Intercept = ({ run, self }) => {
  const { _client: client } = self as { _client?: { _tracer?: unknown } }
  if (client?._tracer === undefined) return run()
  const { _tracer: tracer } = client
  client._tracer = undefined
  try {
    return run()
  } finally {
    client._tracer = tracer
  }
}
