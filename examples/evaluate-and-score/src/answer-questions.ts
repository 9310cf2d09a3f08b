import { traced, withTraceContext } from '@axion/core'

/** What the service knows. */
const FACTS: Readonly<Record<string, string>> = {
  'How long does delivery take?': 'Delivery takes two days.',
  'What does delivery cost?': 'Delivery is free above thirty euros.',
  'Can I return shoes?': 'Shoes can be returned within a month.',
}

/** What people ask; nobody told the service about the last one. */
export const QUESTIONS: readonly string[] = [...Object.keys(FACTS), 'Do you sell hats?']

/** Answers one question, traced. */
const answer = traced(
  (question: string) => {
    const found = retrieve(question)
    return { answer: found[0]?.content ?? 'I am not sure, but certainly yes.' }
  },
  { name: 'shop-answer', captureArgs: true, captureResult: true },
)

const retrieve = traced(
  (query: string): readonly { content: string }[] => (FACTS[query] === undefined ? [] : [{ content: FACTS[query] }]),
  { name: 'retrieval', type: 'retriever', captureArgs: true, captureResult: true },
)

/**
 * Answers all of them.
 *
 * @param tag - Stands on every trace.
 */
export async function answerQuestions(tag: string): Promise<void> {
  await withTraceContext({ tags: [tag] }, async () => {
    for (const question of QUESTIONS) answer(question)
  })
}
