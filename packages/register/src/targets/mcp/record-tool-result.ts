import type { Span } from '@axion/core'
import { fieldsOf, listOf, textOf } from '../../calls/read-fields.js'

/**
 * Writes down what a tool gave. A tool that fails says so in its result, for the model to read.
 *
 * @param span - The call's.
 * @param result - `CallToolResult`.
 */
export function recordToolResult(span: Span, result: unknown): void {
  const { content, structuredContent, isError } = fieldsOf(result)
  const [first, ...others] = listOf(content)
  const text = others.length === 0 ? textOf(fieldsOf(first).text) : undefined
  span.setOutput(structuredContent ?? text ?? content)
  if (isError === true) span.setLevel('ERROR', text?.slice(0, 500) ?? 'the tool failed')
}
