import type { Attributes, Span, SpanOrigin } from '../otlp/span.js'
import type { TimedScore } from '../send/post-scores.js'
import type { Random } from './random.js'
import type { Judgement, ModelCall, Step, Story } from './story.js'

/** A story with times and ids. */
export interface ToldStory {
  readonly spans: readonly Span[]
  readonly scores: readonly TimedScore[]
  readonly endMillis: number
}

// What a program does between two steps.
const GAP_MILLIS = 2
// People and evaluators judge afterwards.
const JUDGED_AFTER_MILLIS = 4000

/**
 * Gives a story times and ids.
 *
 * @param story - The story.
 * @param startMillis - When it begins, in milliseconds since the epoch.
 * @param random - Where the ids come from.
 * @returns Its spans, parents first, and its scores.
 */
export function storySpans(story: Story, startMillis: number, random: Random): ToldStory {
  const traceId = random.hex(32)
  const origin: SpanOrigin = {
    resource: { 'service.name': story.application, 'service.version': story.release },
    scopeName: 'axion-demo',
  }
  const shared = traceAttributes(story)
  const spans: Span[] = []
  const spanOf = new Map<string, string>()
  const layOut = (step: Step, beginsMillis: number, parentId: string | undefined): number => {
    const id = random.hex(16)
    spanOf.set(step.name, id)
    const at = spans.length
    let endMillis = beginsMillis + (step.steps === undefined ? 0 : GAP_MILLIS)
    // The place of the parent is before its children, but its end is known after them.
    const inner: [Step, number][] = []
    for (const child of step.steps ?? []) {
      inner.push([child, endMillis])
      endMillis += durationOf(child) + GAP_MILLIS
    }
    endMillis += step.millis
    const attributes = { ...shared, ...stepAttributes(step, beginsMillis) }
    const parent = parentId === undefined ? {} : { parentId }
    spans[at] = { traceId, id, ...parent, name: step.name, startMillis: beginsMillis, endMillis, attributes, origin }
    for (const [child, childBegins] of inner) layOut(child, childBegins, id)
    return endMillis
  }
  const endMillis = layOut(story.root, startMillis, undefined)
  const toScore = (judgement: Judgement): TimedScore => {
    const observationId = judgement.step === undefined ? undefined : spanOf.get(judgement.step)
    const { step: _, ...facts } = judgement
    const target = { traceId, ...(observationId === undefined ? {} : { observationId }) }
    return {
      score: { id: `demo-${random.hex(24)}`, environment: story.environment, ...facts, ...target },
      timestampMillis: endMillis + JUDGED_AFTER_MILLIS,
    }
  }
  return { spans, scores: story.judgements.map(toScore), endMillis }
}

function durationOf(step: Step): number {
  const { steps } = step
  if (steps === undefined) return step.millis
  return steps.reduce((sum, child) => sum + durationOf(child) + GAP_MILLIS, GAP_MILLIS + step.millis)
}

/** What stands on every span, because Langfuse takes nothing over from one to another. */
function traceAttributes(story: Story): Attributes {
  return {
    'langfuse.trace.name': story.root.name,
    'langfuse.trace.tags': story.tags,
    'langfuse.environment': story.environment,
    'langfuse.release': story.release,
    ...(story.userId === undefined ? {} : { 'user.id': story.userId }),
    ...(story.sessionId === undefined ? {} : { 'session.id': story.sessionId }),
  }
}

function stepAttributes(step: Step, startMillis: number): Attributes {
  const metadata = Object.entries(step.metadata ?? {})
  return {
    'langfuse.observation.type': step.type,
    ...(step.input === undefined ? {} : { 'langfuse.observation.input': text(step.input) }),
    ...(step.output === undefined ? {} : { 'langfuse.observation.output': text(step.output) }),
    ...(step.level === undefined ? {} : { 'langfuse.observation.level': step.level }),
    ...(step.message === undefined ? {} : { 'langfuse.observation.status_message': step.message }),
    ...(step.call === undefined ? {} : callAttributes(step.call, startMillis)),
    ...Object.fromEntries(metadata.map(([key, value]) => [`langfuse.observation.metadata.${key}`, value])),
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** US dollars for a million tokens in and out; list prices of November 2025, to make the numbers look right. */
const PRICES: Readonly<Record<ModelCall['model'], readonly [number, number]>> = {
  'gpt-4o': [2.5, 10],
  'gpt-4o-mini': [0.15, 0.6],
  'claude-sonnet-4-5': [3, 15],
  'text-embedding-3-small': [0.02, 0],
}

function callAttributes(call: ModelCall, startMillis: number): Attributes {
  const { model, inputTokens, outputTokens = 0, firstTokenMillis } = call
  const [inputPrice, outputPrice] = PRICES[model]
  const [input, output] = [(inputTokens * inputPrice) / 1e6, (outputTokens * outputPrice) / 1e6]
  const usage = { input: inputTokens, output: outputTokens, total: inputTokens + outputTokens }
  return {
    'langfuse.observation.model.name': model,
    'langfuse.observation.usage_details': JSON.stringify(usage),
    'langfuse.observation.cost_details': JSON.stringify({ input, output, total: input + output }),
    ...(call.parameters === undefined
      ? {}
      : { 'langfuse.observation.model.parameters': JSON.stringify(call.parameters) }),
    ...(firstTokenMillis === undefined
      ? {}
      : { 'langfuse.observation.completion_start_time': new Date(startMillis + firstTokenMillis).toISOString() }),
  }
}
