import type { Trace } from '../model/trace.js'
import { DatasetItem } from './dataset-item.js'
import { ANSWER_RULES, mainText, QUERY_RULES } from './main-text.js'
import { retrievedContent } from './retrieved-content.js'

/**
 * Makes an evaluation item of a trace.
 *
 * The query is the root's input and the answer its output, as `mainText` finds them; what else stood there goes to
 * `additionalInput` and `additionalOutput`. A trace without an output has none in its item either (`null`); an empty
 * text is one that was really given. If anything was not ordinary, `metadata.level` and `metadata.statusMessage` say so (and win over
 * keys of that name).
 *
 * @param trace - The trace, complete or a summary.
 * @returns The item. Its id is the trace's.
 */
export function fromTrace(trace: Trace): DatasetItem {
  const query = mainText(trace.input, QUERY_RULES)
  const answer = mainText(trace.output, ANSWER_RULES)
  return new DatasetItem(
    {
      id: trace.id,
      query: query.text,
      actualOutput: trace.output === null ? null : answer.text,
      retrievedContent: retrievedContent(trace),
      toolsCalled: trace
        .byType('TOOL')
        .map(({ id, name, input, output }) => ({ id, name: name || 'unnamed', input, output })),
      latencySeconds: trace.latencySeconds,
      traceId: trace.id,
      observationId: answeringObservation(trace),
      sessionId: trace.sessionId,
      metadata: { ...trace.metadata, ...verdictOf(trace) },
      additionalInput: query.rest,
      additionalOutput: answer.rest,
      tags: trace.tags,
      sourceTimestamp: trace.timestamp,
    },
    `trace ${trace.id}`,
  )
}

// The observation that scores of the answer belong to: the last generation that said something, else the root.
function answeringObservation(trace: Trace): string {
  const generations = trace.byType('GENERATION').filter((generation) => generation.output !== null)
  return (generations.at(-1) ?? trace.root).id
}

function verdictOf(trace: Trace): Record<string, unknown> {
  if (trace.level === 'DEFAULT' || trace.level === 'DEBUG') return {}
  return { level: trace.level, ...(trace.statusMessage === null ? {} : { statusMessage: trace.statusMessage }) }
}
