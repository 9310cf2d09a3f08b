const SPANS_A_REQUEST = 2000

/** The id of the trace. */
export const LARGE_TRACE_ID: string = 'f'.repeat(32)

/**
 * One trace with very many spans, as OTLP/JSON: agents with steps that have steps, three levels deep.
 *
 * @param count - How many.
 * @param startMillis - When it began.
 */
export function* largeTrace(count: number, startMillis: number): Iterable<string> {
  for (let first = 0; first < count; first += SPANS_A_REQUEST) {
    const spans = Array.from({ length: Math.min(SPANS_A_REQUEST, count - first) }, (_, index) =>
      span(first + index, startMillis),
    )
    yield JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name: 'benchmarks' }, spans }] }] })
  }
}

function span(number: number, startMillis: number): Record<string, unknown> {
  // Each hundredth is a child of the root, each tenth of it a child of that, and so on.
  const parent =
    number === 0
      ? undefined
      : number % 100 === 0
        ? 0
        : number % 10 === 0
          ? number - (number % 100)
          : number - (number % 10)
  const start = startMillis + number
  const end = number === 0 ? start + 200_000 : start + (number % 100 === 0 ? 100 : number % 10 === 0 ? 10 : 1)
  const isGeneration = number % 10 === 3
  const attributes: [string, string][] = [
    ['langfuse.observation.type', isGeneration ? 'generation' : 'span'],
    ['langfuse.observation.input', JSON.stringify({ step: number, question: 'What is the next step, and why?' })],
    ...(isGeneration
      ? ([
          ['langfuse.observation.model.name', 'gpt-4o-mini'],
          ['langfuse.observation.usage_details', '{"input":120,"output":30,"total":150}'],
        ] as [string, string][])
      : []),
  ]
  return {
    ...{ traceId: LARGE_TRACE_ID, spanId: id(number), name: `step-${number % 100}`, kind: 1 },
    ...(parent !== undefined && { parentSpanId: id(parent) }),
    ...{ startTimeUnixNano: `${start}000000`, endTimeUnixNano: `${end}000000` },
    attributes: attributes.map(([key, stringValue]) => ({ key, value: { stringValue } })),
  }
}

function id(number: number): string {
  return (number + 1).toString(16).padStart(16, '0')
}
