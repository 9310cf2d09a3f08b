import { INPUT, OUTPUT } from './workload.js'

/** How many observations each trace of the benchmarks has. */
export const OBSERVATIONS_PER_TRACE = 8

/** Traces a second: the window of a fetch is as long as its traces take. */
const MILLIS_PER_TRACE = 20

/**
 * The spans of some traces as an OpenTelemetry SDK would send them: a root and seven children, each with an input and an output.
 *
 * @param first - Number of the first trace.
 * @param count - How many traces.
 * @param startMillis - When trace 0 began.
 */
export function tracesAsOtlp(first: number, count: number, startMillis: number): object {
  const spans = Array.from({ length: count }, (_, index) => spansOf(first + index, startMillis)).flat()
  return { resourceSpans: [{ scopeSpans: [{ scope: { name: 'benchmarks' }, spans }] }] }
}

function spansOf(trace: number, startMillis: number): object[] {
  const traceId = (trace + 1).toString(16).padStart(32, '0')
  const spanId = (index: number): string => (trace * OBSERVATIONS_PER_TRACE + index + 1).toString(16).padStart(16, '0')
  return Array.from({ length: OBSERVATIONS_PER_TRACE }, (_, index) => {
    const start = startMillis + trace * MILLIS_PER_TRACE + index
    return {
      ...{ traceId, spanId: spanId(index), name: index === 0 ? 'rag-query' : `step-${index}`, kind: 1 },
      ...(index === 0 ? {} : { parentSpanId: spanId(0) }),
      ...{ startTimeUnixNano: `${start}000000`, endTimeUnixNano: `${start + 5}000000` },
      attributes: Object.entries(attributesOf(trace, index)).map(([key, value]) => ({
        key,
        value: { stringValue: value },
      })),
    }
  })
}

function attributesOf(trace: number, index: number): Record<string, string> {
  return {
    'langfuse.trace.name': 'rag-query',
    'user.id': `user-${trace % 100}`,
    'session.id': `session-${trace % 10}`,
    'langfuse.observation.input': JSON.stringify(INPUT),
    'langfuse.observation.output': JSON.stringify(OUTPUT),
    'langfuse.observation.metadata.step': String(index),
    ...(index === 1
      ? {
          'langfuse.observation.type': 'generation',
          'langfuse.observation.model.name': 'gpt-4o',
          'langfuse.observation.usage_details': '{"input":120,"output":30,"total":150}',
        }
      : {}),
  }
}
