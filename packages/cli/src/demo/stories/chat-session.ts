import type { Random } from '../random.js'
import type { Step, Story, StoryTeller } from '../story.js'
import { someUser } from './people.js'

const TALKS = [
  [
    ['I want to learn TypeScript. Where do I start?', 'Start with the handbook, then port a small script of yours.'],
    ['How long does that take?', 'With two hours a day, about three weeks for the basics.'],
    ['And is it worth it for a team of three?', 'Yes: renaming and refactoring alone pay for it.'],
  ],
  [
    [
      'Write a haiku about the sea.',
      'Grey waves lift and fold / a gull forgets where it was / salt keeps what it wants',
    ],
    ['Make it about the mountains.', 'Snow on the far ridge / a bell below the tree line / evening comes on foot'],
  ],
  [
    ['What can I cook with lentils and carrots?', 'A soup: onion, carrots, lentils, cumin, 25 minutes.'],
    ['I have no cumin.', 'Take coriander seeds or a little curry powder.'],
    ['How much water for four people?', 'About 1.2 litres for 300 g of lentils.'],
    ['Can I freeze it?', 'Yes, for three months. Leave some room in the box.'],
  ],
] as const satisfies readonly [Talk, ...Talk[]]

type Talk = readonly (readonly [string, string])[]

/** A chat of several turns, each a trace of one session; the model may be overloaded, and the person may give up there. */
export const chatSession: StoryTeller = (random) => {
  const talk: Talk = random.pick(TALKS)
  const userId = someUser(random)
  const sessionId = `chat-${random.hex(8)}`
  const stories: Story[] = []
  const messages: { role: string; content: string }[] = []
  for (const [question, answer] of talk) {
    messages.push({ role: 'user', content: question })
    const isOverloaded = random.happens(0.05)
    stories.push({
      application: 'chat-assistant',
      environment: 'production',
      release: '5.0.1',
      tags: ['chat'],
      userId,
      sessionId,
      root: turn(random, [...messages], answer, isOverloaded),
      judgements: isOverloaded || !random.happens(0.25) ? [] : [rating(random)],
    })
    if (isOverloaded) break
    messages.push({ role: 'assistant', content: answer })
  }
  return stories
}

function turn(random: Random, messages: Step['input'] & object[], answer: string, isOverloaded: boolean): Step {
  const millis = random.whole(700, 4200)
  const inputTokens = Math.ceil(JSON.stringify(messages).length / 4)
  const failure = { level: 'ERROR', message: '529 overloaded_error: the model is overloaded' } as const
  const reply = { role: 'assistant', content: answer }
  const call = { model: 'gpt-4o', inputTokens, parameters: { temperature: 0.7 } } as const
  return {
    name: 'chat-turn',
    type: 'span',
    millis: random.whole(1, 6),
    input: { messages },
    ...(isOverloaded ? failure : { output: answer }),
    steps: [
      {
        name: 'moderate',
        type: 'guardrail',
        millis: random.whole(30, 110),
        input: messages.at(-1),
        output: { flagged: false },
      },
      {
        name: 'reply',
        type: 'generation',
        millis,
        input: messages,
        ...(isOverloaded
          ? { ...failure, call }
          : {
              output: reply,
              call: {
                ...call,
                outputTokens: Math.ceil(answer.length / 4),
                firstTokenMillis: Math.round(millis * 0.22),
              },
            }),
      },
    ],
  }
}

function rating(random: Random): Story['judgements'][number] {
  return {
    name: 'rating',
    value: random.whole(3, 5),
    dataType: 'NUMERIC',
    comment: random.pick(['', 'helpful', 'thanks!']),
  }
}
