import { context } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { BatchSender, SendOutcome } from './batch-sender.js'
import type { Deadline } from './deadline.js'

/**
 * Sends a batch so that the request is not traced, whatever context it leaves in: that of whoever made room for it. Never rejects.
 *
 * @param sender - Sends it.
 * @param batch - The batch.
 * @param deadline - Ends the request.
 * @returns What became of it.
 */
export async function sendUntraced(sender: BatchSender, batch: EncodedBatch, deadline: Deadline): Promise<SendOutcome> {
  try {
    return await context.with(suppressTracing(context.active()), () => sender.send(batch, deadline))
  } catch (error) {
    return { status: 'failed', error }
  }
}
