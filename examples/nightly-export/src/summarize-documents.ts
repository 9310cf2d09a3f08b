import { initTracer, withTraceContext } from '@axion/core'

/** Every fifth document is not there: its trace ends with an error. */
const isMissing = (number: number): boolean => number % 5 === 4

/**
 * A day of a service that summarizes documents, traced.
 *
 * @param count - How many documents.
 */
export async function summarizeDocuments(count: number): Promise<void> {
  const tracer = initTracer('llm')
  const summarize = (number: number): string =>
    tracer.span('summarize', { input: { query: documentOf(number) } }, (span) => {
      if (isMissing(number)) throw new Error(`Document ${number} is not there`)
      const summary = tracer.span('generation', { model: 'gpt-4o' }, (generation) => {
        const text = `Document ${number} speaks of deliveries.`
        generation.setUsage({ input: 2000, output: 10 }).setOutput(text)
        return text
      })
      span.setOutput({ answer: summary })
      return summary
    })
  await withTraceContext({ tags: ['nightly'] }, async () => {
    for (let number = 0; number < count; number++) {
      try {
        summarize(number)
      } catch {
        // The service goes on with the next one; the trace says what happened.
      }
    }
  })
}

/** Some ten kilobytes: so the file of the night is larger than what the loader writes at once. */
function documentOf(number: number): string {
  return `Document ${number}. ${'Deliveries take two days, and are free above thirty euros. '.repeat(170)}`
}
