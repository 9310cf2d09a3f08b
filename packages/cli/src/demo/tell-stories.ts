import { createRandom, type Random } from './random.js'
import { chatSession } from './stories/chat-session.js'
import { documentIndexing } from './stories/document-indexing.js'
import { ragQuestion } from './stories/rag-question.js'
import { ticketTriage } from './stories/ticket-triage.js'
import { travelAgent } from './stories/travel-agent.js'
import type { Story, StoryTeller } from './story.js'
import { storySpans, type ToldStory } from './story-spans.js'

/** What is told. */
export interface StoryPlan {
  /** How many traces. */
  readonly traces: number
  /** The same seed tells the same stories; more traces only add to them. */
  readonly seed: string
  /** The last instant, in milliseconds since the epoch. */
  readonly untilMillis: number
  /** Over how many days before that. */
  readonly days: number
}

// How often a program runs, relative to the others.
const TELLERS: readonly [StoryTeller, ...StoryTeller[]] = [
  ragQuestion,
  ragQuestion,
  ragQuestion,
  travelAgent,
  travelAgent,
  ticketTriage,
  ticketTriage,
  chatSession,
  documentIndexing,
]
const MILLIS_PER_DAY = 86_400_000
// People think before they go on in a chat.
const PAUSE_MILLIS = { min: 8_000, max: 90_000 }
// No story takes longer, pauses included.
const LONGEST_MILLIS = 15 * 60_000

/**
 * Tells what several programs did over some days.
 *
 * @param plan - How much, when, and the seed.
 * @returns The traces, one after the other, in no order of time.
 */
export function* tellStories({ traces, seed, untilMillis, days }: StoryPlan): Generator<ToldStory> {
  let told = 0
  for (let telling = 0; told < traces; telling++) {
    const random = createRandom(`${seed}/${telling}`)
    const stories = random.pick(TELLERS)(random)
    let startMillis = untilMillis - LONGEST_MILLIS - Math.floor(random.fraction() * days * MILLIS_PER_DAY)
    for (const story of stories) {
      if (told === traces) return
      const one = storySpans(story, startMillis, random)
      yield one
      told += 1
      startMillis = nextStart(one, random, story)
    }
  }
}

function nextStart({ endMillis }: ToldStory, random: Random, { root }: Story): number {
  // Nobody reads on at once after an error.
  const patience = root.level === 'ERROR' ? 2 : 1
  return endMillis + patience * random.whole(PAUSE_MILLIS.min, PAUSE_MILLIS.max)
}
