import { Dataset, type DatasetItemInput, LangfuseTraceLoader } from '@axion/loader'
import type { Connection } from './with-langfuse.js'

/**
 * Makes an item of every session: the conversation up to the last thing the user said, and what was answered to it.
 *
 * @param connection - Where the sessions are.
 * @returns The dataset.
 */
export async function conversationsOf(connection: Connection): Promise<Dataset> {
  const loader = new LangfuseTraceLoader(connection)
  const sessions = await loader.fetchSessions({ daysBack: 1, limit: 100 })
  await loader.close()
  const items = sessions.map((session): DatasetItemInput => {
    const conversation = session.conversation({ name: 'chat-turn', includeTools: true })
    const asked = conversation.findLastIndex(({ role }) => role === 'user')
    return {
      id: session.id,
      sessionId: session.id,
      query: conversation[asked]?.content ?? '',
      actualOutput: conversation[asked + 1]?.content ?? null,
      conversation: conversation.slice(0, asked),
      metadata: { userId: session.userId },
    }
  })
  return Dataset.fromRecords(items, { name: 'conversations' })
}
