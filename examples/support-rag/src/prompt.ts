import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import type { Passage } from './corpus.js'

/** What the model is told to say when the passages do not hold the answer. */
export const NOT_FOUND = 'I cannot find this in the documentation.'

/**
 * The messages for one question.
 *
 * @param question - What the user asked.
 * @param passages - What was found for it.
 */
export function promptFor(question: string, passages: readonly Passage[]): ChatCompletionMessageParam[] {
  const context = passages
    .map(({ id, title, text }) => `<passage id="${id}">\n${title}\n${text}\n</passage>`)
    .join('\n')
  return [
    {
      role: 'system',
      content: `You are the support assistant of a software project. Answer from the passages alone, in at most three sentences. If they do not hold the answer, say exactly: ${NOT_FOUND}\n\n${context}`,
    },
    { role: 'user', content: question },
  ]
}
