import { initTracer, type Tracer, withTraceContext } from '@axion/core'

/** What one user said in one session. */
export interface Dialogue {
  readonly sessionId: string
  readonly userId: string
  readonly says: readonly string[]
}

export const DIALOGUES: readonly Dialogue[] = [
  {
    sessionId: 'order-17',
    userId: 'ada',
    says: ['Where is my order 17?', 'And order 18?', 'Thank you!'],
  },
  { sessionId: 'greeting', userId: 'grace', says: ['Hello!'] },
]

/**
 * Chats: every message of a user is a trace, and so is the housekeeping after it, which is no part of the conversation.
 *
 * @param dialogues - Who says what.
 */
export async function chat(dialogues: readonly Dialogue[]): Promise<void> {
  const tracer = initTracer('llm')
  for (const { sessionId, userId, says } of dialogues) {
    await withTraceContext({ sessionId, userId }, async () => {
      for (const message of says) {
        await reply(tracer, message)
        tracer.span('save-history', { input: { sessionId } }, () => undefined)
        // Turns are told apart by when they began, to the millisecond.
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    })
  }
}

function reply(tracer: Tracer, message: string): Promise<string> {
  return tracer.span('chat-turn', { input: { message } }, async (span) => {
    const order = /order (\d+)/.exec(message)?.[1]
    const text = order === undefined ? `You said: ${message}` : `Order ${order} ${lookUp(tracer, order)}.`
    span.setOutput({ answer: text })
    return text
  })
}

function lookUp(tracer: Tracer, order: string): string {
  return tracer.span('find-order', { type: 'tool', input: { order } }, (span) => {
    const place = order === '17' ? 'is on its way' : 'has arrived'
    span.setOutput({ place })
    return place
  })
}
