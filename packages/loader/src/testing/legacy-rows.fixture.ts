import type { StoredTrace } from './legacy-answer.fixture.js'
import { at } from './rows.fixture.js'

/** A trace of Langfuse 3 with a root observation and a child, so many milliseconds after T0. */
export function legacyTrace(id: string, millis: number, fields: Record<string, unknown> = {}): StoredTrace {
  const observation = (name: string, parentObservationId: string | null): Record<string, unknown> => ({
    ...{ id: `${id}-${name}`, traceId: id, type: 'SPAN', name, parentObservationId },
    ...{ startTime: at(millis), endTime: at(millis + 1000), level: 'DEFAULT' },
  })
  return {
    id,
    timestamp: at(millis),
    name: 'rag-query',
    tags: [],
    metadata: {},
    input: { question: 'Why?' },
    output: 'Because.',
    observations: [observation('root', null), observation('child', `${id}-root`)],
    ...fields,
  }
}
