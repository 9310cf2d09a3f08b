import { subscribe } from 'node:diagnostics_channel'
import { diag } from '@opentelemetry/api'

/**
 * Subscribes to one of Node's channels.
 *
 * @param channel - Its name.
 * @param listener - Gets each message. What it throws is swallowed: Node would make an uncaught exception of it.
 */
export function listen(channel: string, listener: (message: unknown) => void): void {
  subscribe(channel, (message) => {
    try {
      listener(message)
    } catch (error) {
      diag.error(`@axion/register: cannot record ${channel}`, error)
    }
  })
}
