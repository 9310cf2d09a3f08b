import { withTraceContext } from '@axion/core'
import { CONVERSATIONS } from './conversations.js'
import { type SupportAssistant, UnansweredError } from './support-assistant.js'

/** What became of one question. */
export interface Asked {
  readonly question: string
  readonly answered: boolean
}

/**
 * Asks every question of every conversation, each in its session and for its user.
 *
 * @param assistant - Answers.
 * @param tags - Stand on every trace.
 * @returns One entry a question; an unanswered one is no error here, as it is none for the user who asked.
 */
export async function askAll(assistant: SupportAssistant, tags: readonly string[]): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const { sessionId, userId, questions } of CONVERSATIONS) {
    await withTraceContext({ sessionId: `${sessionId}-${tags.at(-1)}`, userId, tags }, async () => {
      for (const question of questions) asked.push({ question, answered: await isAnswered(assistant, question) })
    })
  }
  return asked
}

async function isAnswered(assistant: SupportAssistant, question: string): Promise<boolean> {
  try {
    await assistant.answer(question)
    return true
  } catch (error) {
    if (error instanceof UnansweredError) return false
    throw error
  }
}
