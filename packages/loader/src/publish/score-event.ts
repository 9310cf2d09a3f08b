import { createHash } from 'node:crypto'
import type { PublishableScore } from './published-result.js'

/** What a score is about. */
export interface ScoreTarget {
  readonly traceId: string
  readonly observationId: string | null
}

/** A score in the form of a `score-create` event of `POST /api/public/ingestion`. */
export interface ScoreEvent {
  readonly id: string
  readonly type: 'score-create'
  readonly timestamp: string
  readonly body: Readonly<Record<string, unknown>> & { readonly id: string }
}

/**
 * Puts a score into the form that Langfuse takes. Its id is made of what it is about and of its name, so that the same judgement written twice
 * is one score, and a later one takes its place.
 *
 * @param score - The score; one without a value has no form.
 * @param itemId - The item that was judged: several items may come from one trace.
 * @param target - What it is about.
 * @param metadata - What to say besides.
 * @param timestamp - When it was given; of two events about one score the later stands.
 * @returns The event; `undefined` if the score's metadata has no form in JSON.
 */
export function scoreEvent(
  score: PublishableScore,
  itemId: string,
  target: ScoreTarget,
  metadata: Readonly<Record<string, unknown>>,
  timestamp: Date,
): ScoreEvent | undefined {
  const body = {
    id: digest([target.traceId, target.observationId, itemId, score.name]),
    traceId: target.traceId,
    ...(target.observationId === null ? {} : { observationId: target.observationId }),
    name: score.name,
    ...typedValue(score.score),
    ...(score.reason === null ? {} : { comment: score.reason }),
    metadata: { ...score.metadata, ...metadata },
  }
  const time = timestamp.toISOString()
  try {
    return { id: digest([body, time]), type: 'score-create', timestamp: time, body }
  } catch {
    return undefined
  }
}

function typedValue(score: PublishableScore['score']): Readonly<Record<string, unknown>> {
  switch (typeof score) {
    case 'boolean':
      // `true` itself is refused.
      return { value: score ? 1 : 0, dataType: 'BOOLEAN' }
    case 'number':
      return { value: score, dataType: 'NUMERIC' }
    default:
      return { value: score, dataType: 'CATEGORICAL' }
  }
}

function digest(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)
}
