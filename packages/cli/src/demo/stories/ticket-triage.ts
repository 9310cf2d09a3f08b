import type { Step, StoryTeller } from '../story.js'

const TICKETS = [
  { text: 'I was charged twice for order 4711.', category: 'billing', priority: 'high' },
  { text: 'The app crashes when I open my basket.', category: 'bug', priority: 'high' },
  { text: 'Could you add a dark theme?', category: 'feature', priority: 'low' },
  { text: 'Where is my parcel? It was due yesterday.', category: 'shipping', priority: 'medium' },
  { text: 'Please delete my account and my data.', category: 'privacy', priority: 'medium' },
] as const
const CATEGORIES = ['billing', 'bug', 'feature', 'shipping', 'privacy'] as const

/** A classifier with structured output; broken JSON is tried again, and a second model judges the result. */
export const ticketTriage: StoryTeller = (random) => {
  const ticket = random.pick(TICKETS)
  const isBroken = random.happens(0.12)
  const category = random.happens(0.9) ? ticket.category : random.pick(CATEGORIES)
  const output = { category, priority: ticket.priority }
  const isRight = category === ticket.category
  const classify = (): Omit<Step, 'output'> => ({
    name: 'classify',
    type: 'generation',
    millis: random.whole(280, 900),
    input: [
      { role: 'system', content: `Answer with JSON: category (${CATEGORIES.join(', ')}) and priority.` },
      { role: 'user', content: ticket.text },
    ],
    call: {
      model: 'gpt-4o-mini',
      inputTokens: random.whole(70, 90),
      outputTokens: random.whole(14, 20),
      parameters: { temperature: 0, response_format: 'json_object' },
    },
  })
  const attempts: Step[] = [
    ...(isBroken
      ? [{ ...classify(), output: '{"category": ', level: 'WARNING', message: 'invalid JSON: tried again' } as const]
      : []),
    { ...classify(), output },
  ]
  const root: Step = {
    name: 'triage-ticket',
    type: 'span',
    millis: random.whole(1, 5),
    input: { ticket: ticket.text },
    output,
    steps: [
      ...attempts,
      {
        name: 'judge',
        type: 'evaluator',
        millis: random.whole(300, 800),
        input: { ticket: ticket.text, ...output },
        output: { verdict: isRight ? 'correct' : 'wrong' },
        call: { model: 'gpt-4o', inputTokens: random.whole(120, 150), outputTokens: random.whole(8, 16) },
      },
    ],
  }
  return [
    {
      application: 'ticket-triage',
      environment: random.happens(0.7) ? 'production' : 'staging',
      release: '3.1.0',
      tags: ['classification', ticket.category],
      root,
      judgements: [{ name: 'verdict', value: isRight ? 'correct' : 'wrong', dataType: 'CATEGORICAL' }],
    },
  ]
}
