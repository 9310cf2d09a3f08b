import { fieldsOf } from '../../calls/read-fields.js'
import type { Intercept } from '../../calls/wrap-method.js'
import { tracesIntoOurs } from './traces-into-ours.js'

/**
 * `messages.stream` of clients with telemetry of their own. It begins its span before it calls `create`, where ours begins: for the time of the
 * call, which is synchronous, the client is one that has found no tracer. What runs later, the application's listeners among it, sees no
 * difference.
 */
export const streamWithoutOwnSpan: Intercept = ({ run, self }) => {
  const { _client: client } = fieldsOf(self)
  if (!tracesIntoOurs(client)) return run()
  const { _tracer: tracer } = client
  // A frozen client keeps it.
  Reflect.set(client, '_tracer', undefined)
  try {
    return run()
  } finally {
    Reflect.set(client, '_tracer', tracer)
  }
}
