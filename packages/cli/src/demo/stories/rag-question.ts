import type { Random } from '../random.js'
import type { Judgement, Step, Story, StoryTeller } from '../story.js'
import { FACTS, type Fact } from './knowledge.js'
import { someUser } from './people.js'

const PROMPT = 'Answer from the context alone. If it does not say, say so.'

/** A customer asks, documents are found, a model answers from them; now and then the index is down, or the answer made up. */
export const ragQuestion: StoryTeller = (random) => {
  const fact = random.pick(FACTS)
  const isDown = random.happens(0.06)
  const isInvented = !isDown && random.happens(0.12)
  const answer = isInvented ? fact.invention : fact.answer
  const root: Step = {
    name: 'support-question',
    type: 'chain',
    millis: random.whole(3, 12),
    input: { query: fact.question },
    ...(isDown
      ? { level: 'ERROR', message: 'retrieval failed: index support-docs is not available' }
      : { output: answer }),
    metadata: { channel: random.pick(['web', 'mail', 'app']) },
    steps: isDown ? [failedSearch(random, fact)] : [search(random, fact), answerStep(random, fact, answer)],
  }
  const release = random.pick(['2.3.0', '2.3.0', '2.4.0'])
  const story: Story = {
    application: 'support-rag',
    environment: random.happens(0.85) ? 'production' : 'staging',
    release,
    tags: ['rag', release === '2.4.0' ? 'prompt-v2' : 'prompt-v1'],
    userId: someUser(random),
    root,
    judgements: isDown ? [] : judgements(random, isInvented),
  }
  return [story]
}

function embed(random: Random, { question }: Fact): Step {
  const call = { model: 'text-embedding-3-small', inputTokens: Math.ceil(question.length / 4) } as const
  return { name: 'embed-query', type: 'embedding', millis: random.whole(18, 60), input: question, call }
}

function search(random: Random, fact: Fact): Step {
  const output = fact.documents.map((document, rank) => ({
    ...document,
    score: Number((0.91 - rank * 0.07).toFixed(2)),
  }))
  const metadata = { index: 'support-docs', top_k: fact.documents.length }
  const steps = [embed(random, fact)]
  return {
    name: 'search-docs',
    type: 'retriever',
    millis: random.whole(25, 140),
    input: fact.question,
    output,
    metadata,
    steps,
  }
}

function failedSearch(random: Random, fact: Fact): Step {
  const message = 'connect ETIMEDOUT 10.0.3.17:6333'
  const steps = [embed(random, fact)]
  return { name: 'search-docs', type: 'retriever', millis: 5000, input: fact.question, level: 'ERROR', message, steps }
}

function answerStep(random: Random, fact: Fact, answer: string): Step {
  const context = fact.documents.map(({ text }) => text).join('\n')
  const millis = random.whole(650, 2600)
  return {
    name: 'answer',
    type: 'generation',
    millis,
    input: [
      { role: 'system', content: PROMPT },
      { role: 'user', content: `Context:\n${context}\n\nQuestion: ${fact.question}` },
    ],
    output: { role: 'assistant', content: answer },
    call: {
      model: 'gpt-4o-mini',
      inputTokens: 40 + Math.ceil((context.length + fact.question.length) / 4),
      outputTokens: Math.ceil(answer.length / 4),
      parameters: { temperature: 0.2, max_tokens: 400 },
      firstTokenMillis: Math.round(millis * (0.2 + 0.2 * random.fraction())),
    },
  }
}

function judgements(random: Random, isInvented: boolean): readonly Judgement[] {
  const faithfulness = isInvented ? 0.1 + 0.2 * random.fraction() : 0.8 + 0.2 * random.fraction()
  const comment = isInvented ? 'The answer says what no document says.' : 'Every statement is in the documents.'
  const graded: Judgement = {
    name: 'faithfulness',
    value: Number(faithfulness.toFixed(2)),
    dataType: 'NUMERIC',
    comment,
    step: 'answer',
  }
  if (!random.happens(0.4)) return [graded]
  return [graded, { name: 'user-thumbs-up', value: isInvented || random.happens(0.1) ? 0 : 1, dataType: 'BOOLEAN' }]
}
