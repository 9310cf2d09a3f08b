import type { Trace } from '../model/trace.js'
import { conversationOf } from './conversation-of.js'
import { DatasetItem } from './dataset-item.js'
import { ANSWER_RULES, mainText, QUERY_RULES } from './main-text.js'
import { retrievedContent } from './retrieved-content.js'

/**
 * Makes an evaluation item of a trace.
 *
 * The query is the root's input and the answer its output, as `mainText` finds them; what else stood there goes to
 * `additionalInput` and `additionalOutput`, and a chat of several messages to `conversation`. A trace without an output has none in its item either (`null`); an empty
 * text is one that was really given. If anything was not ordinary, `metadata.level` and `metadata.statusMessage` say so (and win over
 * keys of that name).
 *
 * @param trace - The trace, complete or a summary.
 * @returns The item. Its id is the trace's.
 */
export function fromTrace(trace: Trace): DatasetItem {
  const query = mainText(trace.input, QUERY_RULES)
  const answer = mainText(trace.output, ANSWER_RULES)
  return DatasetItem.ofChecked({
    id: trace.id,
    query: query.text,
    actualOutput: trace.output === null ? null : answer.text,
    expectedOutput: null,
    retrievedContent: retrievedContent(trace),
    conversation: conversationOf(trace.input),
    toolsCalled: trace
      .byType('TOOL')
      .map(({ id, name, input, output }) => ({ name: name || 'unnamed', id, input, output })),
    expectedTools: [],
    latencySeconds: latencyOf(trace),
    traceId: trace.id,
    observationId: answeringObservation(trace),
    sessionId: trace.sessionId,
    metadata: { ...trace.metadata, ...verdictOf(trace) },
    additionalInput: query.rest,
    additionalOutput: answer.rest,
    judgment: null,
    critique: null,
    acceptanceCriteria: [],
    tags: [...trace.tags],
    sourceTimestamp: trace.timestamp.toISOString(),
  })
}

// Clocks of several machines may make a trace end before it began.
function latencyOf({ latencySeconds }: Trace): number | null {
  return latencySeconds !== null && latencySeconds >= 0 ? latencySeconds : null
}

// The observation that scores of the answer belong to: the last generation that said something, else the root.
function answeringObservation(trace: Trace): string {
  return (trace.byType('GENERATION').findLast((generation) => generation.hasOutput) ?? trace.root).id
}

function verdictOf(trace: Trace): Record<string, unknown> {
  if (trace.level === 'DEFAULT' || trace.level === 'DEBUG') return {}
  return { level: trace.level, ...(trace.statusMessage === null ? {} : { statusMessage: trace.statusMessage }) }
}
