import type { Random } from '../random.js'
import type { Step, StoryTeller } from '../story.js'
import { someUser } from './people.js'

const TRIPS = [
  { from: 'Zurich', to: 'Lisbon', day: 'Friday', price: 212, weather: '24 °C, sunny' },
  { from: 'Berlin', to: 'Oslo', day: 'Monday', price: 148, weather: '3 °C, snow' },
  { from: 'Paris', to: 'Athens', day: 'Sunday', price: 189, weather: '19 °C, cloudy' },
  { from: 'Vienna', to: 'Dublin', day: 'Tuesday', price: 97, weather: '9 °C, rain' },
] as const

type Trip = (typeof TRIPS)[number]

/** An agent that plans with a model and calls tools; a tool may fail once and be tried again, or for good. */
export const travelAgent: StoryTeller = (random) => {
  const trip = random.pick(TRIPS)
  const fate = random.fraction()
  const isLost = fate < 0.1
  const isRetried = fate >= 0.1 && fate < 0.3
  const question = `Find me a flight from ${trip.from} to ${trip.to} next ${trip.day}, and tell me what to wear.`
  const flights = [
    ...(isLost || isRetried ? [flightSearch(random, trip, '503 Service Unavailable')] : []),
    ...(isLost ? [flightSearch(random, trip, '503 Service Unavailable')] : [flightSearch(random, trip)]),
  ]
  const answer = `The cheapest flight on ${trip.day} is €${trip.price}. In ${trip.to} it will be ${trip.weather}.`
  const root: Step = {
    name: 'plan-trip',
    type: 'agent',
    millis: random.whole(5, 30),
    input: question,
    ...(isLost
      ? { level: 'ERROR', message: 'flight-search failed after 2 attempts: 503 Service Unavailable' }
      : { output: answer }),
    steps: [
      decide(random, question, trip),
      ...flights,
      ...(isLost ? [] : [weather(random, trip), answerStep(random, question, answer)]),
    ],
  }
  const judgements = isLost
    ? []
    : [{ name: 'goal-reached', value: 1, dataType: 'BOOLEAN', comment: 'A flight was found.' } as const]
  const tags = ['agent', ...(isRetried ? ['retried'] : [])]
  return [
    {
      application: 'travel-agent',
      environment: 'production',
      release: '1.8.2',
      tags,
      userId: someUser(random),
      root,
      judgements,
    },
  ]
}

function decide(random: Random, question: string, { from, to, day }: Trip): Step {
  const call = (name: string, args: object): object => ({
    type: 'function',
    function: { name, arguments: JSON.stringify(args) },
  })
  return {
    name: 'decide',
    type: 'generation',
    millis: random.whole(500, 1600),
    input: [{ role: 'user', content: question }],
    output: {
      role: 'assistant',
      tool_calls: [call('flight-search', { from, to, day }), call('weather', { city: to })],
    },
    call: { model: 'claude-sonnet-4-5', inputTokens: random.whole(600, 720), outputTokens: random.whole(60, 95) },
    metadata: { step: 1 },
  }
}

function flightSearch(random: Random, { from, to, day, price }: Trip, failure?: string): Step {
  const input = { from, to, day }
  const facts = { name: 'flight-search', type: 'tool', input } as const
  if (failure !== undefined) return { ...facts, millis: random.whole(900, 3000), level: 'ERROR', message: failure }
  const output = [
    { airline: 'AX Air', departs: '09:20', price },
    { airline: 'Nimbus', departs: '17:45', price: price + random.whole(20, 90) },
  ]
  return { ...facts, millis: random.whole(300, 1200), output }
}

function weather(random: Random, trip: Trip): Step {
  return {
    name: 'weather',
    type: 'tool',
    millis: random.whole(80, 400),
    input: { city: trip.to },
    output: trip.weather,
  }
}

function answerStep(random: Random, question: string, answer: string): Step {
  const millis = random.whole(900, 2800)
  return {
    name: 'answer',
    type: 'generation',
    millis,
    input: [{ role: 'user', content: question }],
    output: { role: 'assistant', content: answer },
    call: {
      model: 'claude-sonnet-4-5',
      inputTokens: random.whole(900, 1200),
      outputTokens: Math.ceil(answer.length / 4),
      firstTokenMillis: Math.round(millis * 0.3),
    },
    metadata: { step: 2 },
  }
}
